// Values as bytes, for files that this process writes and reads itself: a tag, then little-endian numbers, texts and
// counts of 32 bits, and the values inside. Pure.
#pragma once

#include <string>
#include <string_view>

#include "data/value.h"

namespace mimus {

void append_value(std::string& out, const Value& value);
// The value at the start of bytes that append_value has made; `bytes` becomes what follows.
[[nodiscard]] Value take_value(std::string_view& bytes);

}  // namespace mimus
