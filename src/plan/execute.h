// <execute> of a Python file.
#pragma once

#include "base/result.h"
#include "data/value.h"
#include "plan/scope.h"

namespace mimus {

// Runs the file; its new and changed names. Fails with execute.missing, with script.* codes and the place in the file.
[[nodiscard]] Result<ValueMap> execute_python(const Execute& execute, const SetupScope& scope);

}  // namespace mimus
