// Addresses of the network, and blocks of them. Pure values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::server {

// An IPv6 address; an IPv4 one is held as ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2), so both compare alike.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] bool is_v4() const;
  [[nodiscard]] bool is_loopback() const;  // 127.0.0.0/8, ::1
  [[nodiscard]] std::string text() const;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

// "10.0.0.1", "::1", "[::1]", "::ffff:10.0.0.1"; no zone. address.syntax.
[[nodiscard]] Result<IpAddress> parse_address(std::string_view text);

// An address and how many of its 128 bits count.
struct Network {
  IpAddress base;
  unsigned bits = 128;

  [[nodiscard]] bool contains(const IpAddress& address) const;
};

// "10.0.0.0/8", "fd00::/8"; without a length, one address. address.syntax.
[[nodiscard]] Result<Network> parse_network(std::string_view text);

}  // namespace mimus::server
