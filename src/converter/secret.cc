#include "converter/secret.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace mimus {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

Result<std::string> key_of(std::string_view text) {
  if (text.empty()) return fail("converter.argument", "key must not be empty");
  std::string out;
  if (!text.starts_with("hex:")) {
    out.resize(32);
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(out.data()), &size, EVP_sha256(), nullptr);
    return out;
  }
  const std::string_view digits = text.substr(4);
  for (std::size_t k = 0; k + 1 < digits.size(); k += 2) {
    const int high = digit_of(digits[k]);
    const int low = digit_of(digits[k + 1]);
    if (high < 0 || low < 0) break;
    out += static_cast<char>(high * 16 + low);
  }
  if (out.size() * 2 != digits.size() || (out.size() != 16 && out.size() != 24 && out.size() != 32)) {
    return fail("converter.argument", "a key after 'hex:' has 32, 48 or 64 hexadecimal digits");
  }
  return out;
}

Mac mac_of(std::string_view key, std::string_view text) {
  Mac out{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), out.data(), &size);
  return out;
}

std::uint64_t short_mac(std::string_view key, std::string_view text) {
  std::uint64_t out = 0;
  const Mac mac = mac_of(key, text);
  for (int k = 0; k < 8; ++k) out = out << 8U | mac[static_cast<std::size_t>(k)];
  return out;
}

std::uint32_t KeyedDraws::below(std::uint32_t n) {
  if (next_ == block_.size()) {
    block_ = mac_of(key_, std::to_string(blocks_++) + ":" + std::string(text_));
    next_ = 0;
  }
  const std::uint32_t draw = std::uint32_t{block_[next_]} << 8U | block_[next_ + 1];
  next_ += 2;
  return draw * n >> 16U;
}

}  // namespace mimus
