// What the language has and the plan cannot carry out yet: a finding at each place.
#pragma once

#include "base/diagnostic.h"
#include "descriptor/model.h"

namespace mimus {

[[nodiscard]] Diagnostics find_unavailable(const Generate& generate);
[[nodiscard]] Diagnostics find_unavailable(const Variable& variable);
[[nodiscard]] Diagnostic unavailable_element(std::string_view name, const Location& at);

}  // namespace mimus
