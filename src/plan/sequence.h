// Statements of Python that share state, as one step.
#pragma once

#include "plan/plan.h"
#include "plan/scope.h"

namespace mimus {

// Puts the statements of a plan without lists whose scripts may see each other's changes into one SequencePlan, which
// calls the interpreter once a batch. False where that cannot be: then each record must be evaluated wholly before the
// next one. `stateful`: how many expressions of the plan there are that change or read what is shared.
[[nodiscard]] bool join_stateful(GeneratePlan& plan, std::size_t stateful, const SharedScope& shared);

}  // namespace mimus
