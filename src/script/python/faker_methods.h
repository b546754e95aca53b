// What answers Faker's methods in Python.
#pragma once

#include "script/call.h"

namespace mimus::python {

// For all sessions of the process; before the first one starts. nullptr, as at first: there are no methods.
void set_faker_methods(script::FakerMethods methods);

}  // namespace mimus::python
