// The types that conversions ask for, looked up once; only after the interpreter has started.
#pragma once

#include "python/object.h"

namespace mimus::python {

struct Types {
  PyObject* none = nullptr;
  PyObject* bool_type = nullptr;
  PyObject* int_type = nullptr;
  PyObject* float_type = nullptr;
  PyObject* str_type = nullptr;
  PyObject* bytes_type = nullptr;
  PyObject* list_type = nullptr;
  PyObject* tuple_type = nullptr;
  PyObject* set_type = nullptr;
  PyObject* frozenset_type = nullptr;
  PyObject* dict_type = nullptr;
  PyObject* uuid_type = nullptr;
  PyObject* dotable = nullptr;  // the class of maps that are reached by dots
  PyObject* engine = nullptr;   // the prelude's module
  PyDateTime_CAPI* dates = nullptr;
};

[[nodiscard]] const Types& types();
// Under the lock. Fails with python.missing.
[[nodiscard]] Status find_types(PyObject* prelude);

[[nodiscard]] inline bool is_exactly(PyObject* object, PyObject* type) {
  return reinterpret_cast<PyObject*>(Py_TYPE(object)) == type;
}
[[nodiscard]] inline bool is_kind_of(PyObject* object, const void* type) {
  auto* wanted = static_cast<PyTypeObject*>(const_cast<void*>(type));
  return Py_TYPE(object) == wanted || api().PyType_IsSubtype(Py_TYPE(object), wanted) != 0;
}

}  // namespace mimus::python
