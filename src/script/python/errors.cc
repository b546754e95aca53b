#include "python/errors.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "python/types.h"

namespace mimus::python {
namespace {

std::string_view code_of(std::string_view exception) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 12> kCodes{{{"SyntaxError", "script.syntax"},
                                         {"NameError", "script.name"},
                                         {"TypeError", "script.type"},
                                         {"ValueError", "script.value"},
                                         {"AttributeError", "script.attribute"},
                                         {"KeyError", "script.key"},
                                         {"IndexError", "script.index"},
                                         {"ZeroDivisionError", "script.zero_division"},
                                         {"OverflowError", "script.overflow"},
                                         {"MemoryError", "script.memory"},
                                         {"StopIteration", "script.end"},
                                         {"_TimeLimit", "script.time"}}};
  const auto found = std::ranges::find(kCodes, exception, &Pair::first);
  return found == kCodes.end() ? std::string_view("script.exception") : found->second;
}

std::string text_item(PyObject* tuple, Py_ssize_t at) { return utf8_of(PyTuple_GET_ITEM(tuple, at)); }

}  // namespace

Diagnostic take_error() {
  PyObject* type = nullptr;
  PyObject* value = nullptr;
  PyObject* trace = nullptr;
  api().PyErr_Fetch(&type, &value, &trace);
  api().PyErr_NormalizeException(&type, &value, &trace);
  if (value != nullptr && trace != nullptr) api().PyException_SetTraceback(value, trace);
  const Ref owned_type(type);
  const Ref owned_value(value);
  const Ref owned_trace(trace);
  Diagnostic out{.code = "script.exception", .message = "the interpreter has failed without a reason"};
  if (!owned_value) return out;
  // (class, message, place in an executed file): made by Python's side.
  const Ref describe(api().PyObject_GetAttrString(types().engine, "describe"));
  const Ref told(describe ? api().PyObject_CallOneArg(describe.get(), owned_value.get()) : nullptr);
  if (!told) {
    api().PyErr_Clear();
    out.message = Py_TYPE(owned_value.get())->tp_name;
    if (out.message == "MemoryError") out.code = "script.memory";
    return out;
  }
  const std::string name = text_item(told.get(), 0);
  out.code = code_of(name);
  out.message = text_item(told.get(), 1);
  if (out.code == "script.exception") out.message = out.message.empty() ? name : name + ": " + out.message;
  if (out.message.empty()) out.message = name;
  if (const std::string place = text_item(told.get(), 2); !place.empty()) out.message += " (" + place + ")";
  return out;
}

}  // namespace mimus::python
