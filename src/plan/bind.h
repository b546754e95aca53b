// From the model to the plan. Each outermost generate is bound when the run reaches it: sources, stores and variables
// are known only then.
#pragma once

#include <expected>

#include "plan/plan.h"
#include "plan/scope.h"

namespace mimus {

// All mistakes of the generate, each with its place.
[[nodiscard]] std::expected<GeneratePlan, Diagnostics> bind_generate(const Generate& generate, const SetupScope& scope);

// The value of a variable of the setup. The failure has its place.
[[nodiscard]] Result<Value> evaluate_setup_variable(const Variable& variable, const SetupScope& scope);

}  // namespace mimus
