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

}  // namespace mimus
