#include "python/faker.h"

#include <atomic>
#include <string>

#include "python/convert.h"
#include "python/faker_methods.h"
#include "python/object.h"
#include "script/errors.h"

namespace mimus::python {
namespace {

std::atomic<script::FakerMethods> faker_methods = nullptr;

PyObject* raise(const Diagnostic& finding) {
  const std::string name(script::exception_name(finding.code));
  const Ref builtins(api().PyImport_ImportModule("builtins"));
  const Ref error(builtins ? api().PyObject_GetAttrString(builtins.get(), name.empty() ? "ValueError" : name.c_str())
                           : nullptr);
  std::string message = finding.message;
  if (!finding.hint.empty()) message += "; " + finding.hint;
  if (error) api().PyErr_SetString(error.get(), message.c_str());
  return nullptr;
}

Result<script::CallArguments> arguments_of(PyObject* positional, PyObject* named) {
  script::CallArguments out;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(positional); ++i) {
    MIMUS_ASSIGN(Value value, from_python(PyTuple_GET_ITEM(positional, i)));
    out.positional.push_back(std::move(value));
  }
  Py_ssize_t at = 0;
  PyObject* key = nullptr;
  PyObject* object = nullptr;
  while (api().PyDict_Next(named, &at, &key, &object) != 0) {
    MIMUS_ASSIGN(Value value, from_python(object));
    out.named.emplace_back(utf8_of(key), std::move(value));
  }
  return out;
}

}  // namespace

void set_faker_methods(script::FakerMethods methods) { faker_methods = methods; }

PyObject* call_faker_method(PyObject* const* arguments, Py_ssize_t count, Timestamp now, script::Draws& draws) {
  const script::FakerMethods methods = faker_methods;
  if (count != 5 || methods == nullptr) {
    return raise({.code = "script.attribute", .message = "there are no methods of Faker here"});
  }
  const auto given = arguments_of(arguments[3], arguments[4]);
  if (!given) return raise(given.error());
  const std::string locale = utf8_of(arguments[0]);
  const std::string seed = utf8_of(arguments[1]);
  const std::string method = utf8_of(arguments[2]);
  const auto value = methods({.method = method, .arguments = *given, .locale = locale, .seed = seed}, now, draws);
  if (!value) return raise(value.error());
  return to_python(*value).release();
}

}  // namespace mimus::python
