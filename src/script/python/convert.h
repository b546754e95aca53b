// Values to Python's objects and back. All under the lock.
#pragma once

#include <optional>

#include "base/result.h"
#include "data/column.h"
#include "python/object.h"

namespace mimus::python {

// None, a truth, numbers, texts … become what Python has for them; lists and maps are copied. nullptr, with Python's
// error set, when the memory does not suffice.
[[nodiscard]] Ref to_python(const Value& value);

// As a name holds it: a map is reached by dots.
[[nodiscard]] Ref to_python_name(const Value& value);

// What the engine has a type for, with lists, tuples, sets and dicts of texts all the way down; anything else is held
// as an object. `keep`: lists, sets and dicts are held too, so that what changes them later is seen. Fails with
// script.value for texts that are no Unicode.
[[nodiscard]] Result<Value> from_python(PyObject* object, bool keep = false);

// The values of a column at some of its rows, as a new list; `dotted`: each as a name holds it.
[[nodiscard]] Ref to_python_list(const Column& column, std::size_t first, std::size_t count, bool dotted);

// The values of a list as a column of one simple type; false when they are not all of one, and `out` is of no use.
[[nodiscard]] bool to_simple_column(PyObject* list, Column& out);

}  // namespace mimus::python
