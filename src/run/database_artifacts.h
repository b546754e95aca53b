// The databases that a run has changed in copies, as artifacts of the run.
#pragma once

#include <vector>

#include "plan/database_scope.h"
#include "run/context.h"

namespace mimus {

// Closes the databases; the copies that were changed appear in the output folder as db/<name>.sqlite. Without copies
// nothing appears. Fails with output.write, task.limit.
[[nodiscard]] Status publish_databases(DatabaseScope& databases, RunContext& context, std::vector<Artifact>& artifacts);

}  // namespace mimus
