#include "server/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace mimus::server {
namespace {

constexpr std::array<std::uint8_t, 12> kV4Prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::size_t kLongest = 64;

std::unexpected<Diagnostic> wrong(std::string_view text, std::string_view what) {
  return fail("address.syntax", "'" + escape_controls(text.substr(0, kLongest)) + "' is no " + std::string(what),
              "10.0.0.1, 10.0.0.0/8, ::1, fd00::/8");
}

}  // namespace

bool IpAddress::is_v4() const { return std::equal(kV4Prefix.begin(), kV4Prefix.end(), bytes.begin()); }

bool IpAddress::is_loopback() const {
  if (is_v4()) return bytes[12] == 127;
  return bytes.back() == 1 && std::all_of(bytes.begin(), bytes.end() - 1, [](std::uint8_t byte) { return byte == 0; });
}

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (is_v4()) {
    inet_ntop(AF_INET, bytes.data() + kV4Prefix.size(), out.data(), out.size());
  } else {
    inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
  }
  return out.data();
}

Result<IpAddress> parse_address(std::string_view text) {
  std::string plain(text.substr(0, kLongest));
  if (plain.starts_with('[') && plain.ends_with(']')) plain = plain.substr(1, plain.size() - 2);
  IpAddress address;
  if (text.size() > kLongest || plain.find('\0') != std::string::npos) return wrong(text, "address");
  if (inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) == 1) return address;
  std::ranges::copy(kV4Prefix, address.bytes.begin());
  if (inet_pton(AF_INET, plain.c_str(), address.bytes.data() + kV4Prefix.size()) == 1) return address;
  return wrong(text, "address");
}

bool Network::contains(const IpAddress& address) const {
  const std::size_t whole = bits / 8;
  if (!std::equal(base.bytes.begin(), base.bytes.begin() + whole, address.bytes.begin())) return false;
  if (bits % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFF00U >> (bits % 8));
  return (base.bytes[whole] & mask) == (address.bytes[whole] & mask);
}

Result<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto base = parse_address(text.substr(0, slash));
  if (!base) return wrong(text, "address or network");
  Network network{.base = *base};
  if (slash == std::string_view::npos) return network;
  const unsigned widest = base->is_v4() ? 32 : 128;
  const auto bits = parse_uint(text.substr(slash + 1));
  if (!bits || *bits > widest) return wrong(text, "network");
  network.bits = static_cast<unsigned>(*bits) + (128 - widest);
  return network;
}

}  // namespace mimus::server
