// Sorting numbers by their bytes, the least significant first (radix sort), where all values share no passes are made:
// samples of columns often lie in a few thousand values.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace mimus::statistics {

// A number of 64 bits that is ordered as the value is.
[[nodiscard]] inline std::uint64_t sort_key(std::uint64_t value) { return value; }
[[nodiscard]] inline std::uint64_t sort_key(std::int64_t value) {
  return static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63U);
}
// No NaN. Negative numbers are ordered the other way round by their bits.
[[nodiscard]] inline std::uint64_t sort_key(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t{1} << 63U);
}

// Stable; `key` gives what sort_key() takes.
template <class T, class Key>
void sort_by_key(std::vector<T>& values, Key key) {
  constexpr unsigned kPasses = 8;
  std::array<std::array<std::uint32_t, 256>, kPasses> counts{};
  for (const T& value : values) {
    std::uint64_t bits = sort_key(key(value));
    for (unsigned pass = 0; pass < kPasses; ++pass, bits >>= 8U) ++counts[pass][bits & 0xffU];
  }
  std::vector<T> other(values.size());
  for (unsigned pass = 0; pass < kPasses; ++pass) {
    std::array<std::uint32_t, 256>& count = counts[pass];
    std::uint32_t before = 0;
    bool is_shared = false;
    for (std::uint32_t& own : count) {
      is_shared = is_shared || own == values.size();
      before += own;
      own = before - own;
    }
    if (is_shared) continue;
    for (const T& value : values) other[count[(sort_key(key(value)) >> (8 * pass)) & 0xffU]++] = value;
    values.swap(other);
  }
}

}  // namespace mimus::statistics
