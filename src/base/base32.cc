#include "base/base32.h"

#include <cstdint>

namespace mimus {
namespace {

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

}  // namespace

void append_base32(std::string& out, std::string_view bytes) {
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    bits = (bits << 8U | static_cast<unsigned char>(c)) & 0xFFFU;
    for (count += 8; count >= 5; count -= 5) out += kAlphabet[bits >> (count - 5) & 31U];
  }
  if (count > 0) out += kAlphabet[bits << (5 - count) & 31U];
}

std::optional<std::string> bytes_of_base32(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 5U | static_cast<std::uint32_t>(digit)) & 0xFFFU;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFFU);
  }
  // What is left are fewer bits than a letter has, and none of them set: one form for each text.
  const bool is_whole = count < 5 && (bits & ((1U << count) - 1)) == 0;
  return is_whole ? std::optional(out) : std::nullopt;
}

}  // namespace mimus
