#include "target/sql_values.h"

#include <algorithm>

#include "base/text.h"
#include "target/notation.h"

namespace mimus {
namespace {

SqlValue integer(std::int64_t value) { return {.kind = SqlValue::Kind::Integer, .integer = value}; }
SqlValue real(double value) { return {.kind = SqlValue::Kind::Real, .real = value}; }

// Keeps the text.
SqlValue text(std::string value, std::string& memory) {
  memory = std::move(value);
  return {.kind = SqlValue::Kind::Text, .bytes = memory};
}

// With the texts of what JSON has no form for.
Value with_texts(const Value& value) {
  if (const ValueMap* map = value.as_map()) {
    ValueMap out;
    for (const auto& [name, entry] : *map) out.emplace_back(name, with_texts(entry));
    return Value::map(std::move(out));
  }
  const ValueList* items = value.as_list() != nullptr    ? value.as_list()
                           : value.as_tuple() != nullptr ? value.as_tuple()
                                                         : value.as_set();
  if (items != nullptr) {
    ValueList out;
    for (const Value& item : *items) out.push_back(with_texts(item));
    return Value::list(std::move(out));
  }
  std::string form;
  return JsonNotation::append(form, value) ? value : Value(text_of(value));
}

SqlValue json(const Value& value, std::string& memory) {
  std::string out;
  if (!JsonNotation::append(out, value)) {
    out.clear();
    (void)JsonNotation::append(out, with_texts(value));
  }
  return text(std::move(out), memory);
}

std::optional<SqlValue> truth(const Value& value) {
  if (const bool* flag = value.as_bool()) return integer(*flag ? 1 : 0);
  if (const std::int64_t* whole = value.as_int(); whole != nullptr && (*whole == 0 || *whole == 1))
    return integer(*whole);
  if (const double* number = value.as_float(); number != nullptr && (*number == 0 || *number == 1)) {
    return integer(*number == 1 ? 1 : 0);
  }
  const std::string* word = value.as_text();
  if (word == nullptr) return std::nullopt;
  const std::string folded = fold_case(trim(*word));
  if (folded == "true" || folded == "1") return integer(1);
  if (folded == "false" || folded == "0") return integer(0);
  return std::nullopt;
}

// As a point in time: of a date its midnight.
std::optional<Timestamp> time_of(const Value& value) {
  if (const Timestamp* time = value.as_time()) return *time;
  if (const Date* date = value.as_date()) return Timestamp{date->days * kMicrosPerDay};
  const std::string* word = value.as_text();
  return word == nullptr ? std::nullopt : parse_sql_time(*word);
}

std::optional<SqlValue> clock(const Value& value, std::string& memory) {
  if (const ClockTime* time = value.as_clock_time()) return text(sql_clock(*time), memory);
  const std::string* word = value.as_text();
  const auto time = word == nullptr ? std::nullopt : parse_sql_clock(*word);
  return time ? std::optional(text(sql_clock(*time), memory)) : std::nullopt;
}

// A column that takes everything.
std::optional<SqlValue> plain_value(const Value& value, ColumnKind kind, std::string& memory) {
  if (const bool* flag = value.as_bool()) return integer(*flag ? 1 : 0);
  if (const std::int64_t* whole = value.as_int()) return integer(*whole);
  if (const double* number = value.as_float()) {
    // SQLite itself would keep 15 digits.
    return kind == ColumnKind::Text ? text(float_text(*number), memory) : real(*number);
  }
  if (const std::string* word = value.as_text()) return SqlValue{.kind = SqlValue::Kind::Text, .bytes = *word};
  if (const Bytes* bytes = value.as_bytes()) return SqlValue{.kind = SqlValue::Kind::Bytes, .bytes = bytes->bytes};
  if (const BigInteger* big = value.as_big()) {
    // A column of numbers would round it.
    return kind == ColumnKind::Text ? std::optional(text(big->digits, memory)) : std::nullopt;
  }
  if (value.as_list() != nullptr || value.as_map() != nullptr || value.as_tuple() != nullptr ||
      value.as_set() != nullptr) {
    return json(value, memory);
  }
  return text(text_of(value), memory);
}

}  // namespace

std::optional<SqlValue> sql_value(const Value& value, ColumnKind kind, std::string& memory) {
  if (kind == ColumnKind::Json) return json(value, memory);
  if (value.is_null()) return SqlValue{};
  switch (kind) {
    case ColumnKind::Boolean:
      return truth(value);
    case ColumnKind::DateTime:
      if (const auto time = time_of(value)) return text(sql_time(*time), memory);
      return std::nullopt;
    case ColumnKind::Date:
      if (const auto time = time_of(value)) return text(sql_date(day_of(*time)), memory);
      return std::nullopt;
    case ColumnKind::Time:
      return clock(value, memory);
    default:
      return plain_value(value, kind, memory);
  }
}

std::string_view taken_by(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::Boolean:
      return "True, False, 0 or 1";
    case ColumnKind::DateTime:
      return "a date and time, or a text such as 2026-01-31 12:00:00";
    case ColumnKind::Date:
      return "a date, or a text such as 2026-01-31";
    case ColumnKind::Time:
      return "a time of day, or a text such as 12:00:00";
    default:
      return "whole numbers of 64 bits";
  }
}

}  // namespace mimus
