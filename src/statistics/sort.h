// Sorting numbers by their digits (radix sort): by the first 22 bits in which the values differ, in two passes; what is
// equal in all of them is sorted anew by the rest, and most often there is little of it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
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

// A pass over one digit: values to `other`, by those bits of their keys.
inline constexpr unsigned kDigitBits = 11;
using DigitCounts = std::array<std::uint32_t, std::size_t{1} << kDigitBits>;
[[nodiscard]] inline std::size_t digit_of(std::uint64_t key, unsigned shift) {
  return (key >> shift) & ((std::uint64_t{1} << kDigitBits) - 1);
}
template <class T, class Key>
void sort_by_digit(std::span<const T> values, Key key, unsigned shift, DigitCounts& counts, std::span<T> other) {
  std::uint32_t before = 0;
  for (std::uint32_t& count : counts) {
    before += count;
    count = before - count;
  }
  for (const T& value : values) other[counts[digit_of(sort_key(key(value)), shift)]++] = value;
}

// Equal keys in any order; `key` gives what sort_key() takes. `other` is scratch of the same size.
template <class T, class Key>
void sort_by_key(std::span<T> values, Key key, std::span<T> other) {
  const auto is_before = [&](const T& one, const T& two) { return sort_key(key(one)) < sort_key(key(two)); };
  constexpr std::size_t kFew = 256;  // for which setting up the counts would cost more
  if (values.size() < kFew) return std::sort(values.begin(), values.end(), is_before);
  std::uint64_t varying = 0;
  const std::uint64_t first = sort_key(key(values[0]));
  for (const T& value : values) varying |= sort_key(key(value)) ^ first;
  const auto width = static_cast<unsigned>(std::bit_width(varying));
  const unsigned shift = width > 2 * kDigitBits ? width - 2 * kDigitBits : 0;
  DigitCounts low{}, high{};
  for (const T& value : values) {
    const std::uint64_t own = sort_key(key(value));
    ++low[digit_of(own, shift)];
    ++high[digit_of(own, shift + kDigitBits)];
  }
  sort_by_digit<T>(values, key, shift, low, other);
  sort_by_digit<T>(other, key, shift + kDigitBits, high, values);
  if (shift == 0) return;
  for (std::size_t k = 0; k < values.size();) {
    const std::uint64_t start = sort_key(key(values[k])) >> shift;
    std::size_t end = k + 1;
    bool is_sorted = true;
    while (end < values.size() && sort_key(key(values[end])) >> shift == start) {
      is_sorted = is_sorted && !is_before(values[end], values[end - 1]);
      ++end;
    }
    if (!is_sorted) sort_by_key(values.subspan(k, end - k), key, other.subspan(k, end - k));
    k = end;
  }
}
template <class T, class Key>
void sort_by_key(std::vector<T>& values, Key key, std::vector<T>& other) {
  if (other.size() < values.size()) other.resize(values.size());
  sort_by_key(std::span(values), key, std::span(other).first(values.size()));
}

}  // namespace mimus::statistics
