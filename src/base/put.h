// put: bytes of a text through a pointer, without a call for the short ones that cells are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mimus {

// Copies `size` bytes, one to two `Word`s, as the first and the last `Word` of them, which may overlap.
template <class Word>
inline void copy_ends(char* out, const char* from, std::size_t size) {
  Word first;
  Word last;
  std::memcpy(&first, from, sizeof(Word));
  std::memcpy(&last, from + size - sizeof(Word), sizeof(Word));
  std::memcpy(out, &first, sizeof(Word));
  std::memcpy(out + size - sizeof(Word), &last, sizeof(Word));
}

// Writes the text at `out`, which must have room for it and not overlap; returns its end.
inline char* put(char* out, std::string_view text) {
  struct Words2 {
    std::uint64_t words[2];
  };
  const std::size_t size = text.size();
  const char* from = text.data();
  if (size > 32) {
    std::memcpy(out, from, size);
  } else if (size >= 16) {
    copy_ends<Words2>(out, from, size);
  } else if (size >= 8) {
    copy_ends<std::uint64_t>(out, from, size);
  } else if (size >= 4) {
    copy_ends<std::uint32_t>(out, from, size);
  } else if (size >= 2) {
    copy_ends<std::uint16_t>(out, from, size);
  } else if (size == 1) {
    *out = *from;
  }
  return out + size;
}

}  // namespace mimus
