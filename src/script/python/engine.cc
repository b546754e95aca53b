#include "python/engine.h"

#include <pthread.h>

#include <algorithm>

#include "python/convert.h"
#include "python/errors.h"
#include "python/types.h"
#include "script/parse.h"

namespace mimus::python {
namespace {

// A function, a class or a module is no value: most often its parentheses are missing.
bool is_function(PyObject* object) {
  const std::string_view type = Py_TYPE(object)->tp_name;
  return PyType_Check(object) || type == "function" || type == "builtin_function_or_method" || type == "method" ||
         type == "module" || type == "method_descriptor";
}

Diagnostic no_value(PyObject* object) {
  const std::string_view kind = PyType_Check(object) ? "class" : Py_TYPE(object)->tp_name;
  return {.code = "script.type",
          .message = "the expression gives a " + std::string(kind) + ", not a value",
          .hint = "a call needs '()'"};
}

// The threads that evaluate something, by Python's names for them. Under the lock.
std::vector<unsigned long> busy;

}  // namespace

Busy::Busy() { busy.push_back(pthread_self()); }
Busy::~Busy() { busy.erase(std::ranges::find(busy, pthread_self())); }

void interrupt_busy() {
  const Ref limit(api().PyObject_GetAttrString(types().engine, "_TimeLimit"));
  for (const unsigned long thread : busy) api().PyThreadState_SetAsyncExc(thread, limit.get());
}

Ref call(const char* function, std::span<const Ref> arguments) {
  const Ref callee(api().PyObject_GetAttrString(types().engine, function));
  if (!callee) return {};
  std::vector<PyObject*> given;
  for (const Ref& argument : arguments) {
    if (!argument) return {};
    given.push_back(argument.get());
  }
  return Ref(api().PyObject_Vectorcall(callee.get(), given.data(), given.size(), nullptr));
}

Ref text_object(std::string_view text) { return to_python(Value(std::string(text))); }

Result<Ref> dict_of(const ValueMap& entries) {
  Ref out(api().PyDict_New());
  for (const auto& [name, value] : entries) {
    const Ref made = to_python_name(value);
    if (!made || api().PyDict_SetItemString(out.get(), name.c_str(), made.get()) != 0) return fail(take_error());
  }
  return out;
}

void rename_colons(std::vector<std::string>& names) {
  for (std::string& name : names) name = script::python_name(name);
}

void rename_colons(ValueMap& constants) {
  for (auto& [name, value] : constants) name = script::python_name(name);
}

std::uint64_t present_in(std::span<const Argument> arguments, std::size_t row) {
  std::uint64_t present = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (row < arguments[i]->size && arguments[i]->is_present(row)) present |= std::uint64_t{1} << i;
  }
  return present;
}

// The values of a list, from the row `first` on.
std::optional<RowFailure> take_values(PyObject* list, std::size_t first, bool keep, std::vector<Value>& out) {
  const auto count = static_cast<std::size_t>(PyList_GET_SIZE(list));
  for (std::size_t k = 0; k < count; ++k) {
    PyObject* const object = PyList_GET_ITEM(list, static_cast<Py_ssize_t>(k));
    if (is_function(object)) return RowFailure{first + k, no_value(object)};
    auto value = from_python(object, keep);
    if (!value) return RowFailure{first + k, std::move(value).error()};
    out[first + k] = std::move(*value);
  }
  return std::nullopt;
}

}  // namespace mimus::python
