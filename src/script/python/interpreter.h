// CPython in the process: loaded, isolated from its surroundings, with the engine's modules in it.
#pragma once

#include <string>

#include "base/result.h"

namespace mimus::python {

// Once a process, whatever the later calls' zones: the interpreter cannot be ended and started anew. `timezone`: of
// times without one. Any thread; not under the lock. Fails with python.missing.
[[nodiscard]] Status start_interpreter_once(const std::string& timezone);

}  // namespace mimus::python
