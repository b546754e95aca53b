// What can be said before anything runs: entities that there are none of, elements that the plan cannot carry out.
#pragma once

#include "base/diagnostic.h"
#include "descriptor/model.h"

namespace mimus {

[[nodiscard]] Diagnostics find_entity_mistakes(const Generate& generate);
[[nodiscard]] Diagnostics find_entity_mistakes(const Variable& variable);
[[nodiscard]] Diagnostic unavailable_element(std::string_view name, const Location& at);

}  // namespace mimus
