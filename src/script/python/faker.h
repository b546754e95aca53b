// The module faker of Python's side (library/faker.py): its methods are the engine's.
#pragma once

#include "python/api.h"
#include "script/call.h"

namespace mimus::python {

// The function fake() of the module _mimus: (locale, seed, method, positional, named). `draws`: of the statement under
// way; `now`: the run's clock. Under the lock; nullptr with Python's error set.
[[nodiscard]] PyObject* call_faker_method(PyObject* const* arguments, Py_ssize_t count, Timestamp now,
                                          script::Draws& draws);

}  // namespace mimus::python
