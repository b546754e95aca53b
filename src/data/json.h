// JSON text to values. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include "base/result.h"
#include "data/value.h"

namespace mimus {

inline constexpr std::size_t kMaxJsonDepth = 500;

// Integers keep all their digits; of two entries of one name the last counts; NaN, Infinity and -Infinity are floats.
// The text must be UTF-8. Fails with json.syntax or json.depth; the message begins with "<shown_name>:<line>:<column>:
// ".
[[nodiscard]] Result<Value> parse_json(std::string_view text, std::string_view shown_name);

// The same; a failure has its place apart.
struct JsonMistake {
  std::size_t offset = 0;
  Diagnostic finding;
  bool has_more = false;  // the text is a whole value, and more
};
[[nodiscard]] std::expected<Value, JsonMistake> parse_json_value(std::string_view text);

// The value of a number's digits: an integer, of any size, or a float.
[[nodiscard]] Value json_number(std::string_view digits);

}  // namespace mimus
