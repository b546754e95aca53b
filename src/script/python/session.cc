#include "python/session.h"

#include <unistd.h>

#include <array>

#include "python/convert.h"
#include "python/draws.h"
#include "python/engine.h"
#include "python/errors.h"
#include "python/interpreter.h"

namespace mimus::python {

std::vector<std::string> library_folders() {
  std::vector<std::string> out;
  for (const char* folder :
       {"/usr/lib/python" MIMUS_PYTHON_VERSION, "/usr/lib/python3/dist-packages",
        "/usr/local/lib/python" MIMUS_PYTHON_VERSION "/dist-packages", "/usr/lib/" MIMUS_LIBRARY_FOLDER}) {
    if (::access(folder, R_OK) == 0) out.emplace_back(folder);
  }
  return out;
}

Result<std::shared_ptr<Session>> Session::start(const Settings& settings) {
  MIMUS_TRY(start_interpreter_once(settings.timezone));
  set_clock(settings.now);
  set_default_draws(settings.stream);
  const Lock lock;
  set_printer(settings.print);
  ValueMap variables;
  for (const auto& [name, value] : settings.variables) variables.emplace_back(name, Value(value));
  const std::array<Ref, 1> arguments{to_python(Value::map(std::move(variables)))};
  if (!call("begin", arguments)) return fail(take_error());
  return std::make_shared<Session>();
}

void Session::silence() {
  const Lock lock;
  set_printer([](std::string_view) {});
}

void Session::interrupt() {
  const Lock lock;
  interrupt_busy();
}

Result<ValueMap> Session::execute(const std::string& text, const std::string& file, const ValueMap& names,
                                  const Stream& stream) {
  const Lock lock;
  const Busy evaluating;
  script::Draws draws{stream, {}, 0};
  const DrawScope scope(draws);
  MIMUS_ASSIGN(Ref known, dict_of(names));
  const std::array<Ref, 3> arguments{text_object(text), text_object(file), std::move(known)};
  const Ref made = call("execute", arguments);
  if (!made) return fail(take_error());
  ValueMap out;
  Py_ssize_t at = 0;
  PyObject* key = nullptr;
  PyObject* object = nullptr;
  while (api().PyDict_Next(made.get(), &at, &key, &object) != 0) {
    MIMUS_ASSIGN(Value value, from_python(object, true));
    out.emplace_back(utf8_of(key), std::move(value));
  }
  return out;
}

Result<std::vector<std::string>> Session::defined_names(const std::string& text, const std::string& file) {
  const Lock lock;
  const std::array<Ref, 2> arguments{text_object(text), text_object(file)};
  const Ref names = call("defined_names", arguments);
  if (!names) return fail(take_error());
  std::vector<std::string> out;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(names.get()); ++i) out.push_back(utf8_of(PyList_GET_ITEM(names.get(), i)));
  return out;
}

Result<bool> Session::is_kept(const Value& component) {
  const Lock lock;
  const std::array<Ref, 1> arguments{to_python(component)};
  const Ref kept = call("is_kept", arguments);
  if (!kept) return fail(take_error());
  return api().PyObject_IsTrue(kept.get()) == 1;
}

Result<Value> Session::hold(const Value& value) {
  const Lock lock;
  const Ref made = to_python(value);
  if (!made) return fail(take_error());
  return from_python(made.get(), true);
}

}  // namespace mimus::python
