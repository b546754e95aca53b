// What Python's types have and expressions here do not: such an expression is left to Python. Pure, thread-safe.
#pragma once

#include <string_view>

#include "base/result.h"

namespace mimus::script {

// Of a type (script/operators.h, type_name_of): script.not_covered when Python knows the name, else script.attribute.
[[nodiscard]] std::unexpected<Diagnostic> unknown_attribute(std::string_view type, std::string_view name);

}  // namespace mimus::script
