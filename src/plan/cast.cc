#include "plan/cast.h"

#include <charconv>
#include <cmath>

#include "base/number.h"
#include "base/text.h"

namespace mimus {
namespace {

std::string shown(const Value& value) {
  std::string out;
  append_repr(out, value);
  return out.size() <= 80 ? out : out.substr(0, 77) + "...";
}

std::unexpected<Diagnostic> refuse(const Value& value, std::string_view type, std::string_view label) {
  return fail("value.type", std::string(label) + ": " + shown(value) + " is no " + std::string(type));
}

// An integer literal as Python's int() takes it: blanks around, '_' between digits.
std::optional<Value> parse_whole(std::string_view text) {
  text = trim(text);
  std::string digits;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (!is_digit && (text[i] != '_' || i == 0 || i + 1 == text.size() || text[i - 1] == '_')) return std::nullopt;
    if (is_digit && !(digits.empty() && text[i] == '0')) digits += text[i];
  }
  if (text.empty()) return std::nullopt;
  if (digits.empty()) digits = "0";
  if (negative && digits != "0") digits.insert(0, "-");
  if (const auto number = parse_int(digits)) return Value(*number);
  return Value(BigInteger{std::move(digits)});
}

// A finite float, truncated, in decimal digits.
Value whole_of(double real) {
  if (std::abs(real) < 9e18) return Value(static_cast<std::int64_t>(real));
  char text[400];
  const auto end = std::to_chars(text, text + sizeof text, std::trunc(real), std::chars_format::fixed, 0).ptr;
  return Value(BigInteger{std::string(text, end)});
}

Result<Value> to_int(const Value& value, std::string_view label) {
  if (value.as_int() != nullptr || value.as_big() != nullptr) return value;
  if (const bool* truth = value.as_bool()) return Value(std::int64_t{*truth ? 1 : 0});
  if (const double* real = value.as_float(); real != nullptr && std::isfinite(*real)) return whole_of(*real);
  if (const auto* text = value.as_text()) {
    if (auto number = parse_whole(*text)) return *number;
  }
  return refuse(value, "whole number", label);
}

Result<Value> to_float(const Value& value, std::string_view label) {
  if (value.as_float() != nullptr) return value;
  if (const bool* truth = value.as_bool()) return Value(*truth ? 1.0 : 0.0);
  if (const auto* integer = value.as_int()) return Value(static_cast<double>(*integer));
  if (const auto* big = value.as_big()) {
    if (const auto number = parse_float(big->digits)) return Value(*number);
  }
  if (const auto* text = value.as_text()) {
    if (const auto number = parse_float(trim(*text))) return Value(*number);
  }
  return refuse(value, "number", label);
}

Value to_bool(const Value& value) {
  if (value.as_bool() != nullptr) return value;
  if (const auto* text = value.as_text()) {
    if (text->empty()) return Value();
    return Value(*text != "false" && *text != "False" && *text != "0");
  }
  if (const auto* integer = value.as_int()) return Value(*integer != 0);
  if (const double* real = value.as_float()) return Value(*real != 0);
  return Value(true);
}

bool has_type(const Column& column, SimpleType type) {
  switch (type) {
    case SimpleType::String:
      return column.type == Type::String;
    case SimpleType::Int:
      return column.type == Type::Int64;
    case SimpleType::Float:
      return column.type == Type::Float64;
    case SimpleType::Bool:
      return column.type == Type::Bool;
  }
  return false;
}

// Numbers and times in the flat form as texts, without a value of its own for each.
bool print_column(Column& column) {
  const bool scaled = column.type == Type::Float64 && column.scale >= 0;
  if (column.form != Form::Flat || (column.type != Type::Int64 && column.type != Type::DateTime && !scaled))
    return false;
  std::vector<char> arena(column.size * kMaxTimeText);
  std::vector<std::string_view> texts(column.size);
  char* p = arena.data();
  for (std::size_t k = 0; k < column.size; ++k) {
    char* end = scaled                       ? write_scaled(p, column.ints[k], column.scale)
                : column.type == Type::Int64 ? write_int(p, column.ints[k])
                                             : write_time(p, {column.ints[k]}, ' ');
    texts[k] = {p, static_cast<std::size_t>(end - p)};
    p = end;
  }
  column.type = Type::String;
  column.clean = true;
  column.scale = -1;
  column.arena = std::move(arena);
  column.texts = std::move(texts);
  return true;
}

}  // namespace

Result<Value> cast_value(const Value& value, SimpleType type, std::string_view label) {
  if (value.is_null()) return value;
  switch (type) {
    case SimpleType::String:
      return Value(text_of(value));
    case SimpleType::Int:
      return to_int(value, label);
    case SimpleType::Float:
      return to_float(value, label);
    case SimpleType::Bool:
      return to_bool(value);
  }
  return value;
}

std::optional<RowFailure> cast_column(Column& column, SimpleType type, std::string_view label) {
  if (has_type(column, type) || column.type == Type::Null) return std::nullopt;
  if (type == SimpleType::String && print_column(column)) return std::nullopt;
  std::optional<RowFailure> failure;
  std::vector<Value> values(column.size);
  for (std::size_t k = 0; k < column.size && !failure; ++k) {
    auto value = cast_value(value_at(column, k), type, label);
    if (value) {
      values[k] = std::move(*value);
    } else {
      failure = RowFailure{k, std::move(value).error()};
    }
  }
  std::vector<std::uint8_t> present;
  for (std::size_t k = 0; k < column.size; ++k) {
    if (column.is_present(k)) continue;
    if (present.empty()) present.assign(column.size, 1);
    present[k] = 0;
  }
  const auto converted = column_of(values);
  column = *converted;
  column.owner = converted;  // its texts lie there
  column.present = std::move(present);
  return failure;
}

}  // namespace mimus
