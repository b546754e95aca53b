// What the rules of a generate's <sourceConstraints> leave of its source.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "plan/plan.h"

namespace mimus {

// The numbers of the source's rows that are kept, ascending; `filter` has a record for each row. Fails with what its
// expressions fail with.
[[nodiscard]] Result<std::vector<std::uint64_t>> keep_rows(const GeneratePlan& filter);

}  // namespace mimus
