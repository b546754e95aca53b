#include "statistics/hashes.h"

namespace mimus::statistics {
namespace {

// Compiled once for each kind of processor.
[[gnu::always_inline]] inline Range<std::int64_t> hash_numbers_of(std::span<const std::int64_t> values,
                                                                  std::uint64_t salt, std::uint64_t* out) {
  Range<std::int64_t> range;
  for (std::size_t k = 0; k < values.size(); ++k) {
    range.add(values[k]);
    out[k] = hash_number(values[k], salt);
  }
  return range;
}

[[gnu::always_inline]] inline Range<std::int64_t> hash_decimals_of(std::span<const std::int64_t> values, double unit,
                                                                   std::uint64_t* out) {
  Range<std::int64_t> range;
  for (std::size_t k = 0; k < values.size(); ++k) {
    range.add(values[k]);
    out[k] = hash_float(static_cast<double>(values[k]) / unit);
  }
  return range;
}

#if defined(__x86_64__)
#define MIMUS_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))

MIMUS_AVX512 Range<std::int64_t> hash_numbers_avx512(std::span<const std::int64_t> values, std::uint64_t salt,
                                                     std::uint64_t* out) {
  return hash_numbers_of(values, salt, out);
}

MIMUS_AVX512 Range<std::int64_t> hash_decimals_avx512(std::span<const std::int64_t> values, double unit,
                                                      std::uint64_t* out) {
  return hash_decimals_of(values, unit, out);
}

bool has_avx512() {
  static const bool has =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return has;
}
#endif

}  // namespace

Range<std::int64_t> hash_numbers(std::span<const std::int64_t> values, std::uint64_t salt, std::uint64_t* out) {
#if defined(__x86_64__)
  if (has_avx512()) return hash_numbers_avx512(values, salt, out);
#endif
  return hash_numbers_of(values, salt, out);
}

Range<std::int64_t> hash_decimals(std::span<const std::int64_t> values, double unit, std::uint64_t* out) {
#if defined(__x86_64__)
  if (has_avx512()) return hash_decimals_avx512(values, unit, out);
#endif
  return hash_decimals_of(values, unit, out);
}

}  // namespace mimus::statistics
