#include "project/token_text.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/hash.h"
#include "base/secrets.h"
#include "project/tokens.h"

namespace mimus::project {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr unsigned kBase = 62;
constexpr std::size_t kSecretDigits = 43;   // 62^43 > 2^256
constexpr std::size_t kChecksumDigits = 6;  // 62^6 > 2^32
constexpr std::size_t kBodySize = kTokenPrefix.size() + kSecretDigits;

// A number of 256 bits, most significant byte first, in base 62: schoolbook division by 62, digit by digit.
std::string secret_digits(std::array<std::uint8_t, 32> number) {
  std::string digits(kSecretDigits, '0');
  for (std::size_t i = kSecretDigits; i-- > 0;) {
    unsigned remainder = 0;
    for (std::uint8_t& byte : number) {
      const unsigned value = remainder << 8U | byte;
      byte = static_cast<std::uint8_t>(value / kBase);
      remainder = value % kBase;
    }
    digits[i] = kDigits[remainder];
  }
  return digits;
}

std::string checksum_digits(std::string_view body) {
  std::uint64_t sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  std::string digits(kChecksumDigits, '0');
  for (std::size_t i = kChecksumDigits; i-- > 0; sum /= kBase) digits[i] = kDigits[sum % kBase];
  return digits;
}

}  // namespace

std::string make_token_text() {
  std::array<std::uint8_t, 32> number{};
  random_bytes(number);
  std::string text = std::string(kTokenPrefix) + secret_digits(number);
  text += checksum_digits(text);
  return text;
}

bool is_token_text(std::string_view text) {
  if (text.size() != kBodySize + kChecksumDigits || !text.starts_with(kTokenPrefix)) return false;
  const auto is_digit = [](char c) { return kDigits.find(c) != std::string_view::npos; };
  if (!std::ranges::all_of(text.substr(kTokenPrefix.size()), is_digit)) return false;
  return text.substr(kBodySize) == checksum_digits(text.substr(0, kBodySize));
}

}  // namespace mimus::project
