// Text of others, cut to so many bytes at the border of a character. Private to this room.
#pragma once

#include <string>
#include <string_view>

namespace mimus::people {

[[nodiscard]] inline std::string cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  const auto is_continuation = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U; };
  while (bytes > 0 && is_continuation(bytes)) --bytes;
  return std::string(text.substr(0, bytes));
}

}  // namespace mimus::people
