// Arguments of generators and converters that are expressions: they know what the setup knows, and are evaluated once.
#pragma once

#include <string>

#include "base/result.h"
#include "descriptor/model.h"
#include "plan/scope.h"

namespace mimus {

// The call with values in the place of its expressions. Failures have their place. `at`: of the call's text.
[[nodiscard]] Result<Call> evaluate_arguments(const Call& call, const Location& at, const std::string& label,
                                              const SetupScope& scope);

}  // namespace mimus
