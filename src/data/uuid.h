// Identifiers of names: the same name in the same name space has the same one (RFC 9562, versions 3 and 5).
//
// Pure, thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

#include "data/value.h"

namespace mimus {

// The name spaces of RFC 9562, which differ in one byte.
[[nodiscard]] constexpr Uuid well_known_space(std::uint8_t number) {
  return {{0x6b, 0xa7, 0xb8, number, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};
}
inline constexpr Uuid kDnsSpace = well_known_space(0x10);
inline constexpr Uuid kUrlSpace = well_known_space(0x11);
inline constexpr Uuid kOidSpace = well_known_space(0x12);
inline constexpr Uuid kX500Space = well_known_space(0x14);

// By MD5.
[[nodiscard]] Uuid uuid3(const Uuid& space, std::string_view name);
// By SHA-1.
[[nodiscard]] Uuid uuid5(const Uuid& space, std::string_view name);

void set_version(Uuid& uuid, unsigned version);

}  // namespace mimus
