// Base32 (RFC 4648, section 6), in small letters and without padding: text that survives any format and a change of
// case. Pure and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mimus {

void append_base32(std::string& out, std::string_view bytes);
// nullopt for what append_base32() does not write.
[[nodiscard]] std::optional<std::string> bytes_of_base32(std::string_view text);

}  // namespace mimus
