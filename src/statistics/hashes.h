// Hashes of many numbers at once, and their range: the loops that every value of every column passes through.
//
// Eight values an instruction where the processor has AVX-512DQ, which multiplies 64-bit numbers; else one after the
// other, with the same result. A hash tells values apart, for DistinctSketch; values of different kinds differ. Pure,
// thread-safe.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace mimus::statistics {

// A permutation of 64 bits in which each bit of the result depends on all of the value's (the finalizer of
// MurmurHash3).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 33U)) * 0xff51afd7ed558ccdU;
  value = (value ^ (value >> 33U)) * 0xc4ceb9fe1a85ec53U;
  return value ^ (value >> 33U);
}

// What is mixed into a value for its kind.
inline constexpr std::uint64_t kIntSalt = 0;
inline constexpr std::uint64_t kFloatSalt = 0x9e3779b97f4a7c15U;
inline constexpr std::uint64_t kTimeSalt = 0xd1b54a32d192ed03U;

[[nodiscard]] constexpr std::uint64_t hash_number(std::int64_t value, std::uint64_t salt) {
  return mix(static_cast<std::uint64_t>(value) ^ salt);
}
[[nodiscard]] constexpr std::uint64_t hash_float(double value) {
  return mix(std::bit_cast<std::uint64_t>(value) ^ kFloatSalt);
}

template <class T>
struct Range {
  T least = std::numeric_limits<T>::max();
  T most = std::numeric_limits<T>::lowest();
  void add(T value) {
    least = value < least ? value : least;
    most = value > most ? value : most;
  }
  void merge(const Range& other) {
    least = other.least < least ? other.least : least;
    most = other.most > most ? other.most : most;
  }
  [[nodiscard]] bool is_empty() const { return most < least; }
};

// out[k] = hash_number(values[k], salt); gives the range of the values.
Range<std::int64_t> hash_numbers(std::span<const std::int64_t> values, std::uint64_t salt, std::uint64_t* out);
// out[k] = hash_float(values[k] / unit): another batch may hold the same value as a float. Gives the range of the
// numbers before the division.
Range<std::int64_t> hash_decimals(std::span<const std::int64_t> values, double unit, std::uint64_t* out);

}  // namespace mimus::statistics
