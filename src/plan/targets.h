// The targets of a generate, by their names in a descriptor: files, the console, the log, memstores.
#pragma once

#include <vector>

#include "plan/plan.h"
#include "plan/scope.h"

namespace mimus {

// In the order of the attribute; of several memstores only the first one. `table`: that databases get the records in.
// Adds what is wrong to `findings`.
[[nodiscard]] std::vector<TargetPlan> bind_targets(const Generate& generate, const std::string& table,
                                                   const SetupScope& scope, Diagnostics& findings);

// The finding for a name that a descriptor gives to a file, and that cannot be one.
[[nodiscard]] Diagnostic not_a_file_name(const std::string& name);

}  // namespace mimus
