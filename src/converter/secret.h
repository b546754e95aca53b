// Keys of converters, and what is made with them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus {

// A key given as hexadecimal digits after "hex:", or as a text of any length, from which a key is made (SHA-256).
// Fails with converter.argument.
[[nodiscard]] Result<std::string> key_of(std::string_view text);

// HMAC-SHA-256 (FIPS 198-1), by OpenSSL.
using Mac = std::array<std::uint8_t, 32>;
[[nodiscard]] Mac mac_of(std::string_view key, std::string_view text);
// Its first 64 bits.
[[nodiscard]] std::uint64_t short_mac(std::string_view key, std::string_view text);

// Numbers that only the holder of the key can tell from the text: HMAC-SHA-256 in counter mode, 16 bits a number.
// Borrows both.
class KeyedDraws {
 public:
  KeyedDraws(std::string_view key, std::string_view text) : key_(key), text_(text) {}
  // 0 … n-1; n at most 256 (a bias of n / 2^16).
  [[nodiscard]] std::uint32_t below(std::uint32_t n);

 private:
  std::string_view key_, text_;
  Mac block_{};
  std::size_t next_ = block_.size();
  std::uint32_t blocks_ = 0;
};

}  // namespace mimus
