// Sorting numbers by their bytes, the least significant first (radix sort). No pass is made over bytes that all values
// share: values of columns often lie in a few thousand numbers.
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

// Stable; `key` gives what sort_key() takes. `other` is scratch.
template <class T, class Key>
void sort_by_key(std::vector<T>& values, Key key, std::vector<T>& other) {
  if (values.empty()) return;
  std::uint64_t varying = 0;
  const std::uint64_t first = sort_key(key(values[0]));
  for (const T& value : values) varying |= sort_key(key(value)) ^ first;
  other.resize(values.size());
  for (unsigned shift = 0; shift < 64; shift += 8) {
    if (((varying >> shift) & 0xffU) == 0) continue;
    std::array<std::uint32_t, 256> counts{};
    for (const T& value : values) ++counts[(sort_key(key(value)) >> shift) & 0xffU];
    std::uint32_t before = 0;
    for (std::uint32_t& count : counts) {
      before += count;
      count = before - count;
    }
    for (const T& value : values) other[counts[(sort_key(key(value)) >> shift) & 0xffU]++] = value;
    values.swap(other);
  }
}

}  // namespace mimus::statistics
