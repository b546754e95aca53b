#include "server/base64.h"

#include <array>

namespace mimus::server {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto kValues = [] {
  std::array<int, 256> values{};
  values.fill(-1);
  for (std::size_t k = 0; k < kAlphabet.size(); ++k) {
    values[static_cast<unsigned char>(kAlphabet[k])] = static_cast<int>(k);
  }
  return values;
}();

void append_group(std::string& out, std::string_view bytes) {
  std::uint32_t bits = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    bits = (bits << 8U) | (k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0U);
  }
  for (std::size_t k = 0; k < 4; ++k) out += k <= bytes.size() ? kAlphabet[(bits >> (18 - 6 * k)) & 63U] : '=';
}

}  // namespace

bool Base64Decoder::take(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == '\r' || c == '\n') continue;
    if (c == '=') {
      // One or two at the end of a group of two or three; nothing after them.
      if (count_ + ++padding_ > 4 || count_ < 2) return false;
      continue;
    }
    const int value = kValues[static_cast<unsigned char>(c)];
    if (value < 0 || padding_ > 0) return false;
    bits_ = (bits_ << 6U) | static_cast<std::uint32_t>(value);
    count_ = (count_ + 1) % 4;
    // The byte that this character completes.
    if (count_ == 2) out += static_cast<char>((bits_ >> 4U) & 0xFFU);
    if (count_ == 3) out += static_cast<char>((bits_ >> 2U) & 0xFFU);
    if (count_ == 0) out += static_cast<char>(bits_ & 0xFFU);
  }
  return true;
}

void Base64Encoder::take(std::string_view bytes, std::string& out) {
  while (!rest_.empty() && rest_.size() < 3 && !bytes.empty()) {
    rest_ += bytes.front();
    bytes.remove_prefix(1);
  }
  if (rest_.size() == 3) {
    append_group(out, rest_);
    rest_.clear();
  }
  for (; bytes.size() >= 3; bytes.remove_prefix(3)) append_group(out, bytes.substr(0, 3));
  rest_ += bytes;
}

void Base64Encoder::finish(std::string& out) {
  if (!rest_.empty()) append_group(out, rest_);
  rest_.clear();
}

}  // namespace mimus::server
