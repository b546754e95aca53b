// Base64 (RFC 4648, section 4), piece by piece. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mimus::server {

// Line ends within are skipped (base64 wraps its lines); anything else outside of the alphabet is an error.
class Base64Decoder {
 public:
  // Appends the decoded bytes; false when the text is no base64.
  [[nodiscard]] bool take(std::string_view text, std::string& out);
  // Whether the text may end here. The padding may be missing.
  [[nodiscard]] bool finish() const { return padding_ == 0 ? count_ != 1 : count_ + padding_ == 4; }

 private:
  std::uint32_t bits_ = 0;
  unsigned count_ = 0;    // characters of the group under way
  unsigned padding_ = 0;  // '=' seen
};

// Encodes piece by piece: whole groups of three bytes at once, the rest with the next piece.
class Base64Encoder {
 public:
  void take(std::string_view bytes, std::string& out);
  void finish(std::string& out);

 private:
  std::string rest_;  // fewer than three bytes
};

}  // namespace mimus::server
