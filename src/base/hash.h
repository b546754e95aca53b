// Hashes, random bytes from the operating system, identifiers. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace mimus {

// SHA-256 (FIPS 180-4, by OpenSSL), fed piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);
  // The digest; nothing may be added after it.
  [[nodiscard]] std::array<std::uint8_t, 32> digest();
  [[nodiscard]] std::string hex_digest();  // 64 lower-case digits

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

// Compares in time that depends on the lengths only. For secrets.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

[[nodiscard]] std::string hex(std::span<const std::uint8_t> bytes);

// Fills `out` from the operating system's generator (getrandom); never used for generated data.
void random_bytes(std::span<std::uint8_t> out);

// RFC 9562 version 7: 48 bits of milliseconds, then random; lower case with hyphens. Ids of one process ascend.
[[nodiscard]] std::string uuid7();
// True for the canonical 36-character text of any UUID.
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace mimus
