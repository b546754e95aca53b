// CPython's C interface, found when the interpreter is loaded: the program starts without it and runs where it is not
// installed. Functions are called through a table (api().PyLong_FromLong(…)); macros and inline functions of Python.h
// that need no data of the library may be used as they are.
//
// Source: Python/C API Reference Manual, version 3.11.
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <datetime.h>

#include "base/result.h"

#define MIMUS_PYTHON_API(X)       \
  X(PyConfig_InitIsolatedConfig)  \
  X(PyConfig_SetBytesString)      \
  X(PyConfig_Clear)               \
  X(Py_InitializeFromConfig)      \
  X(PyStatus_Exception)           \
  X(PyEval_SaveThread)            \
  X(PyGILState_Ensure)            \
  X(PyGILState_Release)           \
  X(PyThreadState_SetAsyncExc)    \
  X(_Py_Dealloc)                  \
  X(PyImport_ImportModule)        \
  X(PyImport_AddModule)           \
  X(PyImport_GetModuleDict)       \
  X(PyModule_GetDict)             \
  X(PyModule_NewObject)           \
  X(PyModule_AddFunctions)        \
  X(PyType_FromSpec)              \
  X(PyType_Modified)              \
  X(PyType_IsSubtype)             \
  X(PyObject_GetAttrString)       \
  X(PyObject_CallNoArgs)          \
  X(PyObject_CallOneArg)          \
  X(PyObject_Vectorcall)          \
  X(PyObject_Str)                 \
  X(PyObject_Repr)                \
  X(PyObject_IsTrue)              \
  X(Py_CompileStringExFlags)      \
  X(PyEval_EvalCode)              \
  X(PyLong_FromLongLong)          \
  X(PyLong_FromUnsignedLongLong)  \
  X(PyLong_FromString)            \
  X(PyLong_AsLongLongAndOverflow) \
  X(PyFloat_FromDouble)           \
  X(PyBool_FromLong)              \
  X(PyUnicode_FromStringAndSize)  \
  X(PyUnicode_AsUTF8AndSize)      \
  X(PyBytes_FromStringAndSize)    \
  X(PyTuple_New)                  \
  X(PyList_New)                   \
  X(PySet_New)                    \
  X(PySet_Add)                    \
  X(PyDict_New)                   \
  X(PyDict_SetItem)               \
  X(PyDict_SetItemString)         \
  X(PyDict_Next)                  \
  X(PySequence_List)              \
  X(PyCapsule_New)                \
  X(PyCapsule_GetPointer)         \
  X(PyList_Append)                \
  X(PyCapsule_Import)             \
  X(PyCMethod_New)                \
  X(PyErr_Fetch)                  \
  X(PyErr_NormalizeException)     \
  X(PyErr_Occurred)               \
  X(PyErr_SetString)              \
  X(PyErr_Clear)                  \
  X(PyException_SetTraceback)     \
  X(Py_BuildValue)

namespace mimus::python {

struct Api {
  // The members are called as CPython's functions are.
  // NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
#define MIMUS_PYTHON_MEMBER(name) decltype(&::name) name = nullptr;
  MIMUS_PYTHON_API(MIMUS_PYTHON_MEMBER)
#undef MIMUS_PYTHON_MEMBER
  // NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
};

// The table; only after load_api().
[[nodiscard]] const Api& api();

// Loads the library into the process, once. Fails with python.missing where it is not installed. One thread.
[[nodiscard]] Status load_api();

}  // namespace mimus::python
