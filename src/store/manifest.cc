#include "store/manifest.h"

namespace mimus::store {
namespace {

constexpr std::size_t kHashDigits = 64;

constexpr bool is_hash_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

Status append_hashes(const Bytes& manifest, std::vector<std::string>& out) {
  std::string buffer(64U << 10U, '\0');
  std::string digits;  // of the run that goes on
  std::uint64_t offset = 0;
  while (true) {
    MIMUS_ASSIGN(const std::size_t got, manifest.read_at(offset, buffer));
    if (got == 0) return {};
    offset += got;
    for (std::size_t i = 0; i < got; ++i) {
      if (!is_hash_digit(buffer[i])) {
        digits.clear();
        continue;
      }
      if (digits.size() == kHashDigits) digits.erase(0, 1);
      digits += buffer[i];
      if (digits.size() == kHashDigits) out.push_back(digits);
    }
  }
}

}  // namespace mimus::store
