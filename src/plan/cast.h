// Conversion of values by `type`, as the language has it: text of anything, whole numbers truncated toward zero,
// booleans by their own rule.
//
// Pure, thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "data/column.h"
#include "data/failure.h"
#include "descriptor/model.h"

namespace mimus {

// Null stays null. Fails with value.type; the message names the value and `label`.
[[nodiscard]] Result<Value> cast_value(const Value& value, SimpleType type, std::string_view label);

// A whole column, in place. The first row that cannot be converted is the failure; rows from there on are undefined.
[[nodiscard]] std::optional<RowFailure> cast_column(Column& column, SimpleType type, std::string_view label);

}  // namespace mimus
