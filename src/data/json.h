// JSON text to values. Pure, thread-safe.
#pragma once

#include <string_view>

#include "base/result.h"
#include "data/value.h"

namespace mimus {

inline constexpr std::size_t kMaxJsonDepth = 500;

// Integers keep all their digits; of two entries of one name the last counts. The text must be UTF-8. Fails with
// json.syntax or json.depth; the message begins with "<shown_name>:<line>:<column>: ".
[[nodiscard]] Result<Value> parse_json(std::string_view text, std::string_view shown_name);

}  // namespace mimus
