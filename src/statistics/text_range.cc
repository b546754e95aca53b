#include "statistics/text_range.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace mimus::statistics {
namespace {

constexpr std::size_t kPrefix = sizeof(std::uint64_t);

// Texts that are compared with the ends as they were before them.
constexpr std::size_t kBlock = 256;

template <class T>
T big_endian(const char* bytes) {
  T out;
  std::memcpy(&out, bytes, sizeof out);
  if constexpr (std::endian::native == std::endian::big) return out;
  return sizeof out == kPrefix ? static_cast<T>(__builtin_bswap64(out)) : static_cast<T>(__builtin_bswap32(out));
}

// The first eight bytes as a number that is ordered as they are.
std::uint64_t prefix_of(std::string_view text) {
  const char* bytes = text.data();
  const std::size_t size = text.size();
  if (size >= kPrefix) return big_endian<std::uint64_t>(bytes);
  if (size >= sizeof(std::uint32_t)) {
    // Two halves, which share some bytes.
    return (std::uint64_t{big_endian<std::uint32_t>(bytes)} << 32U) |
           (std::uint64_t{big_endian<std::uint32_t>(bytes + size - sizeof(std::uint32_t))} << (64 - 8 * size));
  }
  if (size == 0) return 0;
  // The first, middle and last byte, of which two or all may be one.
  const auto at = [&](std::size_t k) { return std::uint64_t{static_cast<unsigned char>(bytes[k])} << (56 - 8 * k); };
  return at(0) | at(size / 2) | at(size - 1);
}

std::uint64_t next_of(std::string_view text) { return text.size() <= kPrefix ? 0 : prefix_of(text.substr(kPrefix)); }

}  // namespace

std::string cut_text(std::string_view text) {
  if (text.size() <= kMostTextBytes) return std::string(text);
  std::size_t end = kMostTextBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

void TextRange::End::set(std::string_view value) {
  text = cut_text(value);
  prefix = prefix_of(text);
  next = next_of(text);
}

void TextRange::add(std::string_view text) {
  if (!has_any_) {
    least_.set(text);
    most_ = least_;
    has_any_ = true;
  } else if (text < least_.text) {
    least_.set(text);
  } else if (text > most_.text) {
    most_.set(text);
  }
}

TextRange::Between TextRange::between(const Range<std::uint64_t>& sizes) const {
  // Of texts of one size, which their prefix has all of, an end that has it too may come again.
  const auto is_again = [&](const End& end) {
    return sizes.least == sizes.most && sizes.least == end.text.size() && sizes.least <= kPrefix;
  };
  const bool is_least = is_again(least_);
  const bool is_most = is_again(most_);
  const std::uint64_t first = least_.prefix + (is_least ? 0 : 1);
  if (least_.prefix == most_.prefix) return {first, is_least ? 1U : 0U};
  return {first, most_.prefix - first + (is_most ? 1 : 0)};
}

// A text whose prefix is that of an end, or beyond it. One branch for those that are an end, which is guessed well:
// where texts are few, each may be one of the two.
void TextRange::add_near(std::string_view text, std::uint64_t prefix) {
  if ((unsigned{least_.is_all_of(text, prefix)} | unsigned{most_.is_all_of(text, prefix)}) != 0) return;
  if (prefix == least_.prefix && least_.next < next_of(text) && prefix < most_.prefix) return;
  if (prefix == most_.prefix && most_.next > next_of(text) && prefix > least_.prefix) return;
  add(text);
}

void TextRange::add_block(std::span<const std::string_view> texts, const Range<std::uint64_t>& sizes) {
  std::array<std::uint64_t, kBlock> prefixes;
  if (sizes.least >= kPrefix) {
    for (std::size_t k = 0; k < texts.size(); ++k) prefixes[k] = big_endian<std::uint64_t>(&texts[k].front());
  } else {
    for (std::size_t k = 0; k < texts.size(); ++k) prefixes[k] = prefix_of(texts[k]);
  }
  std::array<std::uint8_t, kBlock + kPrefix> marks;
  const Between inside = between(sizes);
  const auto used = std::span<const std::uint64_t>(prefixes).first(texts.size());
  mark_outside(used, inside.first, inside.count, marks);
  std::memset(&marks[texts.size()], 0, kPrefix);
  for (std::size_t first = 0; first < texts.size(); first += kPrefix) {
    std::uint64_t any = 0;
    std::memcpy(&any, &marks[first], sizeof any);
    if (any == 0) continue;
    for (std::size_t k = first; k < first + kPrefix; ++k) {
      if (marks[k] != 0) add_near(texts[k], prefixes[k]);
    }
  }
}

void TextRange::add(std::span<const std::string_view> texts, const Range<std::uint64_t>& sizes) {
  if (texts.empty()) return;
  if (!has_any_) add(texts[0]);
  for (std::size_t first = 0; first < texts.size(); first += kBlock) {
    add_block(texts.subspan(first, std::min(kBlock, texts.size() - first)), sizes);
  }
}

void TextRange::merge(const TextRange& other) {
  if (!other.has_any_) return;
  if (!has_any_ || other.least_.text < least_.text) least_ = other.least_;
  if (!has_any_ || other.most_.text > most_.text) most_ = other.most_;
  has_any_ = true;
}

}  // namespace mimus::statistics
