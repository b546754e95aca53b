#include "statistics/hashes.h"

#include <cmath>

namespace mimus::statistics {
namespace {

// Compiled once for each kind of processor.
[[gnu::always_inline]] inline void mix_rows_of(std::uint64_t first, std::span<std::uint64_t> out) {
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = mix(first + k + 1);
}

[[gnu::always_inline]] inline Range<std::int64_t> range_of_ints(std::span<const std::int64_t> values) {
  Range<std::int64_t> range;
  for (const std::int64_t value : values) range.add(value);
  return range;
}

[[gnu::always_inline]] inline Lengths lengths_of_texts(std::span<const std::string_view> texts) {
  // Each on its own: the compiler does not see through Lengths::add().
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max(), most = 0, sum = 0;
  for (const std::string_view text : texts) {
    const std::uint64_t size = text.size();
    least = size < least ? size : least;
    most = size > most ? size : most;
    sum += size;
  }
  return {{least, most}, sum};
}

[[gnu::always_inline]] inline Range<double> range_of_floats(std::span<const double> values) {
  constexpr double kMost = std::numeric_limits<double>::max();
  Range<double> range;
  for (const double value : values) {
    // What is not finite compares as if it were no new end.
    const bool is_finite = std::fabs(value) <= kMost;
    range.least = (is_finite & (value < range.least)) ? value : range.least;
    range.most = (is_finite & (value > range.most)) ? value : range.most;
  }
  // No negative zero.
  range.least += 0.0;
  range.most += 0.0;
  return range;
}

[[gnu::always_inline]] inline void mark_numbers_outside(std::span<const std::uint64_t> numbers, std::uint64_t first,
                                                        std::uint64_t count, std::span<std::uint8_t> marks) {
  for (std::size_t k = 0; k < numbers.size(); ++k) marks[k] = numbers[k] - first >= count ? 1 : 0;
}

#if defined(__x86_64__)
#define MIMUS_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))

MIMUS_AVX512 void mix_rows_avx512(std::uint64_t first, std::span<std::uint64_t> out) { mix_rows_of(first, out); }
MIMUS_AVX512 Range<std::int64_t> range_of_ints_avx512(std::span<const std::int64_t> values) {
  return range_of_ints(values);
}
MIMUS_AVX512 Lengths lengths_of_texts_avx512(std::span<const std::string_view> texts) {
  return lengths_of_texts(texts);
}
MIMUS_AVX512 Range<double> range_of_floats_avx512(std::span<const double> values) { return range_of_floats(values); }
MIMUS_AVX512 void mark_outside_avx512(std::span<const std::uint64_t> numbers, std::uint64_t first, std::uint64_t count,
                                      std::span<std::uint8_t> marks) {
  mark_numbers_outside(numbers, first, count, marks);
}

bool has_avx512() {
  static const bool kHas =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return kHas;
}
#endif

}  // namespace

void mix_rows(std::uint64_t first, std::span<std::uint64_t> out) {
#if defined(__x86_64__)
  if (has_avx512()) return mix_rows_avx512(first, out);
#endif
  mix_rows_of(first, out);
}

Lengths lengths_of(std::span<const std::string_view> texts) {
#if defined(__x86_64__)
  if (has_avx512()) return lengths_of_texts_avx512(texts);
#endif
  return lengths_of_texts(texts);
}

Range<std::int64_t> range_of(std::span<const std::int64_t> values) {
#if defined(__x86_64__)
  if (has_avx512()) return range_of_ints_avx512(values);
#endif
  return range_of_ints(values);
}

Range<double> range_of(std::span<const double> values) {
#if defined(__x86_64__)
  if (has_avx512()) return range_of_floats_avx512(values);
#endif
  return range_of_floats(values);
}

void mark_outside(std::span<const std::uint64_t> numbers, std::uint64_t first, std::uint64_t count,
                  std::span<std::uint8_t> marks) {
#if defined(__x86_64__)
  if (has_avx512()) return mark_outside_avx512(numbers, first, count, marks);
#endif
  mark_numbers_outside(numbers, first, count, marks);
}

}  // namespace mimus::statistics
