// Python's exceptions as findings.
#pragma once

#include "base/result.h"
#include "python/object.h"

namespace mimus::python {

// The exception that is set, which is cleared: its class as a code (script.type …), its message, and where in an
// executed file it was raised. Under the lock.
[[nodiscard]] Diagnostic take_error();

}  // namespace mimus::python
