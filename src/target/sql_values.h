// Values of records as a column of a table takes them.
#pragma once

#include <optional>
#include <string>

#include "data/value.h"
#include "database/column_kind.h"
#include "database/sql_value.h"

namespace mimus {

// The value for a column; nullopt when the column does not take such values. `memory` holds what the result's bytes are
// views of; a text of `value` may be among them.
//
// Lists and maps become JSON; dates and times texts, as the kind has them; what has no form of its own in a database
// the text that str() gives. Columns of dates and times take texts of them too, those of truths 0, 1, true and false.
[[nodiscard]] std::optional<SqlValue> sql_value(const Value& value, ColumnKind kind, std::string& memory);

// What the column takes, for people.
[[nodiscard]] std::string_view taken_by(ColumnKind kind);

}  // namespace mimus
