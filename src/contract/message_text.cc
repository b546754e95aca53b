#include "contract/message_text.h"

namespace mimus::contract {

std::string shortened(std::string text) {
  constexpr std::size_t kMostBytes = 200;
  if (text.size() <= kMostBytes) return text;
  std::size_t end = kMostBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text += "…";
}

std::string listed(const std::vector<std::string>& words, std::size_t most) {
  std::string out;
  for (std::size_t k = 0; k < words.size() && k < most; ++k) out += (k == 0 ? "" : ", ") + words[k];
  return words.size() > most ? out + ", …" : out;
}

}  // namespace mimus::contract
