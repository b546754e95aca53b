#include "random/philox.h"

#include <immintrin.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace mimus {
namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53, kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9, kWeyl1 = 0xBB67AE85;

struct Counter {
  std::uint32_t c0, c1, c2, c3;
};

inline Counter philox(Counter c, std::uint32_t k0, std::uint32_t k1) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{kMultiplier0} * c.c0;
    const std::uint64_t b = std::uint64_t{kMultiplier1} * c.c2;
    c = {static_cast<std::uint32_t>(b >> 32U) ^ c.c1 ^ k0, static_cast<std::uint32_t>(b),
         static_cast<std::uint32_t>(a >> 32U) ^ c.c3 ^ k1, static_cast<std::uint32_t>(a)};
    k0 += kWeyl0;
    k1 += kWeyl1;
  }
  return c;
}

inline Counter block_of(std::uint64_t key, Row row, std::uint32_t block) {
  return philox({static_cast<std::uint32_t>(row.root), static_cast<std::uint32_t>(row.root >> 32U), row.ordinal, block},
                static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U));
}

constexpr std::uint64_t low_half(Counter c) { return std::uint64_t{c.c1} << 32U | c.c0; }
constexpr std::uint64_t high_half(Counter c) { return std::uint64_t{c.c3} << 32U | c.c2; }

// A kernel fills low and/or high (either may be null) for rows from..count.
using Kernel = void (*)(std::uint64_t key, const Rows& rows, std::uint32_t block, std::uint64_t* low,
                        std::uint64_t* high);

void fill_scalar_from(std::size_t from, std::uint64_t key, const Rows& rows, std::uint32_t block, std::uint64_t* low,
                      std::uint64_t* high) {
  for (std::size_t k = from; k < rows.count; ++k) {
    const Counter c = block_of(key, rows[k], block);
    if (low != nullptr) low[k] = low_half(c);
    if (high != nullptr) high[k] = high_half(c);
  }
}

void fill_scalar(std::uint64_t key, const Rows& rows, std::uint32_t block, std::uint64_t* low, std::uint64_t* high) {
  fill_scalar_from(0, key, rows, block, low, high);
}

// Four 32-bit words of four counters, one counter a 64-bit lane. The upper halves of the lanes carry garbage between
// the rounds: the multiplication reads the lower halves only.
struct Lanes4 {
  __m256i c0, c1, c2, c3;
};

#define MIMUS_AVX2 __attribute__((target("avx2"), always_inline)) inline

MIMUS_AVX2 void round4(Lanes4& c, __m256i k0, __m256i k1) {
  const __m256i a = _mm256_mul_epu32(c.c0, _mm256_set1_epi64x(kMultiplier0));
  const __m256i b = _mm256_mul_epu32(c.c2, _mm256_set1_epi64x(kMultiplier1));
  c.c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(b, 32), c.c1), k0);
  c.c1 = b;
  c.c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(a, 32), c.c3), k1);
  c.c3 = a;
}

MIMUS_AVX2 Lanes4 load4(const Rows& rows, std::size_t k, std::uint32_t block) {
  __m256i roots;
  __m256i ordinals = _mm256_setzero_si256();
  if (rows.roots == nullptr) {
    const auto first = static_cast<long long>(rows.first + k);
    roots = _mm256_add_epi64(_mm256_set1_epi64x(first), _mm256_set_epi64x(3, 2, 1, 0));
  } else {
    roots = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(rows.roots + k));
  }
  if (rows.ordinals != nullptr) {
    ordinals = _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(rows.ordinals + k)));
  }
  return {roots, _mm256_srli_epi64(roots, 32), ordinals, _mm256_set1_epi64x(block)};
}

MIMUS_AVX2 void store4(const Lanes4& c, std::size_t k, std::uint64_t* low, std::uint64_t* high) {
  if (low != nullptr) {
    const __m256i half = _mm256_blend_epi32(c.c0, _mm256_slli_epi64(c.c1, 32), 0xAA);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(low + k), half);
  }
  if (high != nullptr) {
    const __m256i half = _mm256_blend_epi32(c.c2, _mm256_slli_epi64(c.c3, 32), 0xAA);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(high + k), half);
  }
}

__attribute__((target("avx2"))) void fill_avx2(std::uint64_t key, const Rows& rows, std::uint32_t block,
                                               std::uint64_t* low, std::uint64_t* high) {
  std::size_t k = 0;
  for (; k + 8 <= rows.count; k += 8) {
    Lanes4 a = load4(rows, k, block);
    Lanes4 b = load4(rows, k + 4, block);
    auto k0 = static_cast<std::uint32_t>(key);
    auto k1 = static_cast<std::uint32_t>(key >> 32U);
    for (int round = 0; round < 10; ++round, k0 += kWeyl0, k1 += kWeyl1) {
      const __m256i w0 = _mm256_set1_epi64x(k0);
      const __m256i w1 = _mm256_set1_epi64x(k1);
      round4(a, w0, w1);
      round4(b, w0, w1);
    }
    store4(a, k, low, high);
    store4(b, k + 4, low, high);
  }
  fill_scalar_from(k, key, rows, block, low, high);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12's own avx512fintrin.h

struct Lanes8 {
  __m512i c0, c1, c2, c3;
};

#define MIMUS_AVX512 __attribute__((target("avx512f"), always_inline)) inline

MIMUS_AVX512 void round8(Lanes8& c, __m512i k0, __m512i k1) {
  const __m512i a = _mm512_mul_epu32(c.c0, _mm512_set1_epi64(kMultiplier0));
  const __m512i b = _mm512_mul_epu32(c.c2, _mm512_set1_epi64(kMultiplier1));
  c.c0 = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(b, 32), c.c1), k0);
  c.c1 = b;
  c.c2 = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(a, 32), c.c3), k1);
  c.c3 = a;
}

MIMUS_AVX512 Lanes8 load8(const Rows& rows, std::size_t k, std::uint32_t block) {
  __m512i roots;
  __m512i ordinals = _mm512_setzero_si512();
  if (rows.roots == nullptr) {
    const auto first = static_cast<long long>(rows.first + k);
    roots = _mm512_add_epi64(_mm512_set1_epi64(first), _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
  } else {
    roots = _mm512_loadu_si512(rows.roots + k);
  }
  if (rows.ordinals != nullptr) {
    ordinals = _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(rows.ordinals + k)));
  }
  return {roots, _mm512_srli_epi64(roots, 32), ordinals, _mm512_set1_epi64(block)};
}

MIMUS_AVX512 void store8(const Lanes8& c, std::size_t k, std::uint64_t* low, std::uint64_t* high) {
  if (low != nullptr) _mm512_storeu_si512(low + k, _mm512_mask_blend_epi32(0xAAAA, c.c0, _mm512_slli_epi64(c.c1, 32)));
  if (high != nullptr)
    _mm512_storeu_si512(high + k, _mm512_mask_blend_epi32(0xAAAA, c.c2, _mm512_slli_epi64(c.c3, 32)));
}

__attribute__((target("avx512f"))) void fill_avx512(std::uint64_t key, const Rows& rows, std::uint32_t block,
                                                    std::uint64_t* low, std::uint64_t* high) {
  std::size_t k = 0;
  for (; k + 16 <= rows.count; k += 16) {
    Lanes8 a = load8(rows, k, block);
    Lanes8 b = load8(rows, k + 8, block);
    auto k0 = static_cast<std::uint32_t>(key);
    auto k1 = static_cast<std::uint32_t>(key >> 32U);
    for (int round = 0; round < 10; ++round, k0 += kWeyl0, k1 += kWeyl1) {
      const __m512i w0 = _mm512_set1_epi64(k0);
      const __m512i w1 = _mm512_set1_epi64(k1);
      round8(a, w0, w1);
      round8(b, w0, w1);
    }
    store8(a, k, low, high);
    store8(b, k + 8, low, high);
  }
  fill_scalar_from(k, key, rows, block, low, high);
}

#pragma GCC diagnostic pop

Kernel kernel_of(PhiloxKernel kernel) {
  switch (kernel) {
    case PhiloxKernel::Avx512:
      return fill_avx512;
    case PhiloxKernel::Avx2:
      return fill_avx2;
    default:
      return fill_scalar;
  }
}

Kernel& chosen() {
  static Kernel kernel = kernel_of(best_kernel());
  return kernel;
}

}  // namespace

PhiloxKernel best_kernel() {
  if (__builtin_cpu_supports("avx512f")) return PhiloxKernel::Avx512;
  if (__builtin_cpu_supports("avx2")) return PhiloxKernel::Avx2;
  return PhiloxKernel::Scalar;
}

void use_kernel(PhiloxKernel kernel) { chosen() = kernel_of(std::min(kernel, best_kernel())); }

std::array<std::uint32_t, 4> philox_block(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  const Counter c = philox({counter[0], counter[1], counter[2], counter[3]}, key[0], key[1]);
  return {c.c0, c.c1, c.c2, c.c3};
}

Stream::Stream(std::uint64_t seed, std::string_view path)
    : key_(XXH3_64bits_withSeed(path.data(), path.size(), seed)) {}

Stream Stream::sub(std::string_view purpose) const {
  return Stream(XXH3_64bits_withSeed(purpose.data(), purpose.size(), key_));
}

std::uint64_t Stream::draw(Row row, std::uint32_t i) const {
  const Counter c = block_of(key_, row, i >> 1U);
  return (i & 1U) == 0 ? low_half(c) : high_half(c);
}

std::array<std::uint64_t, 2> Stream::block(Row row, std::uint32_t block) const {
  const Counter c = block_of(key_, row, block);
  return {low_half(c), high_half(c)};
}

void Stream::fill(const Rows& rows, std::uint32_t i, std::uint64_t* out) const {
  const bool low = (i & 1U) == 0;
  chosen()(key_, rows, i >> 1U, low ? out : nullptr, low ? nullptr : out);
}

void Stream::fill_block(const Rows& rows, std::uint32_t block, std::uint64_t* low, std::uint64_t* high) const {
  chosen()(key_, rows, block, low, high);
}

}  // namespace mimus
