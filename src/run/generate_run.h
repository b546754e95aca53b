// Running one outermost generate: its rows cut into morsels, threads that take them in order, and their pieces put
// together in order again.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "plan/plan.h"
#include "run/context.h"
#include "run/evaluate.h"

namespace mimus {

// Runs the plan to its end: files published, stores filled, capture added. On failure nothing of this generate is left.
// Gives how many records each product has. `is_cut`: by a preview, its count was greater. `includer` is called for the
// rows of includes, in their order; it may run other generates.
[[nodiscard]] Result<std::vector<std::uint64_t>> run_generate(const GeneratePlan& plan, bool is_cut,
                                                              RunContext& context, const Evaluation::Includer& includer,
                                                              std::vector<Artifact>& artifacts);

}  // namespace mimus
