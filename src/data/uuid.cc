#include "data/uuid.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace mimus {
namespace {

// The first half of a hash of both.
Uuid named(const EVP_MD* algorithm, unsigned version, const Uuid& space, std::string_view name) {
  std::string all(space.bytes.begin(), space.bytes.end());
  all += name;
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  EVP_Digest(all.data(), all.size(), digest.data(), nullptr, algorithm, nullptr);
  Uuid out;
  std::copy_n(digest.begin(), out.bytes.size(), out.bytes.begin());
  set_version(out, version);
  return out;
}

}  // namespace

Uuid uuid3(const Uuid& space, std::string_view name) { return named(EVP_md5(), 3, space, name); }
Uuid uuid5(const Uuid& space, std::string_view name) { return named(EVP_sha1(), 5, space, name); }

void set_version(Uuid& uuid, unsigned version) {
  uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0FU) | version << 4U);
  uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3FU) | 0x80U);
}

}  // namespace mimus
