// ColumnKind: what a column of a table means beyond what the database stores: SQLite keeps a date as a text and a truth
// as a number. Told by the column's declared type, as SQLAlchemy's reflection tells it.
//
// Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "data/value.h"

namespace mimus {

enum class ColumnKind : std::uint8_t {
  Plain,     // as it is stored
  Text,      // of text affinity: as it is stored
  Boolean,   // 0 or 1
  DateTime,  // "2026-01-01 00:00:00.000000"
  Date,      // "2026-01-01"
  Time,      // "00:00:00.000000"
  Decimal,   // a number, also when it is stored as a whole one
  Json,      // a text of JSON
};

// "TIMESTAMP", "varchar(20)", "DECIMAL(10, 2)", "" …
[[nodiscard]] ColumnKind kind_of_declared(std::string_view declared);

// The value that a stored one means; nullopt when it has no such meaning.
[[nodiscard]] std::optional<Value> meaning_of(Value stored, ColumnKind kind);

// A text of a date and a time, or of a date alone (its midnight), as ISO 8601 and databases write them, without a zone;
// a time of day likewise.
[[nodiscard]] std::optional<Timestamp> parse_sql_time(std::string_view text);
[[nodiscard]] std::optional<ClockTime> parse_sql_clock(std::string_view text);

// "2026-01-01 00:00:00.000000", "2026-01-01", "00:00:00.000000": as columns of these kinds hold them.
[[nodiscard]] std::string sql_time(Timestamp time);
[[nodiscard]] std::string sql_date(std::int64_t days);
[[nodiscard]] std::string sql_clock(ClockTime time);

}  // namespace mimus
