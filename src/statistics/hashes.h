// Hashes of the numbers of rows, and the ranges of many numbers: the loops that every row of every column passes
// through.
//
// Eight values an instruction where the processor has AVX-512DQ, which multiplies and compares 64-bit numbers; else one
// after the other, with the same result. Pure, thread-safe.
#pragma once

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
// The hashes of rows that follow each other: out[k] = mix(first + k + 1).
void mix_rows(std::uint64_t first, std::span<std::uint64_t> out);

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

// How long texts, or lists, are.
struct Lengths {
  Range<std::uint64_t> range;
  std::uint64_t sum = 0;
  void add(std::uint64_t length) {
    range.add(length);
    sum += length;
  }
  void merge(const Lengths& other) {
    range.merge(other.range);
    sum += other.sum;
  }
};

// In bytes.
[[nodiscard]] Lengths lengths_of(std::span<const std::string_view> texts);
[[nodiscard]] Range<std::int64_t> range_of(std::span<const std::int64_t> values);
// Of those that are finite; of zeros the positive one.
[[nodiscard]] Range<double> range_of(std::span<const double> values);
// marks[k] = 1 where numbers[k] is none of the `count` numbers from `first` on, else 0.
void mark_outside(std::span<const std::uint64_t> numbers, std::uint64_t first, std::uint64_t count,
                  std::span<std::uint8_t> marks);

}  // namespace mimus::statistics
