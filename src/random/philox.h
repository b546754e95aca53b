// Counter-based random streams.
//
// A Stream is the source of randomness of one statement of a descriptor, for one purpose. It has no state: draw(row, i)
// is a pure function, so that any row can be computed alone, in any order, on any machine.
//
// Algorithm: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011). The counter is
// (root row: 64 bits, ordinal within the root record: 32, block: 32); the 64-bit draw i is half i & 1 of block i >> 1.
// The layout is part of every user's data: it never changes.
//
// Thread-safe: yes, immutable. SIMD variants (AVX2, AVX-512, chosen at run time) give the same bits as the scalar one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mimus {

// A row of a statement: the number of the outermost record, and the running number of the statement's rows within that
// record (0 outside of nested lists).
struct Row {
  std::uint64_t root = 0;
  std::uint32_t ordinal = 0;
};

// The rows of a batch: contiguous root rows from `first`, or, in nested levels, whatever `roots` and `ordinals` list.
// The arrays are borrowed.
struct Rows {
  std::uint64_t first = 0;
  std::size_t count = 0;
  const std::uint64_t* roots = nullptr;
  const std::uint32_t* ordinals = nullptr;
  // Where in its list a row stands: `positions[k]`, or 0 for all (`single`), or the root row's number.
  const std::uint64_t* positions = nullptr;
  bool single = false;

  [[nodiscard]] Row operator[](std::size_t k) const {
    return roots == nullptr ? Row{first + k, ordinals == nullptr ? 0 : ordinals[k]} : Row{roots[k], ordinals[k]};
  }
  [[nodiscard]] std::uint64_t position(std::size_t k) const {
    if (single) return 0;
    return positions == nullptr ? first + k : positions[k];
  }
};

// One block of Philox4x32-10.
[[nodiscard]] std::array<std::uint32_t, 4> philox_block(std::array<std::uint32_t, 4> counter,
                                                        std::array<std::uint32_t, 2> key);

class Stream {
 public:
  Stream() = default;
  explicit Stream(std::uint64_t key) : key_(key) {}
  // The stream of a statement. `path` is made by Path (path.h).
  Stream(std::uint64_t seed, std::string_view path);

  // The stream of another purpose of the same statement ("?null", "?count", an attribute's name): drawing more for one
  // purpose changes no other value.
  [[nodiscard]] Stream sub(std::string_view purpose) const;

  [[nodiscard]] std::uint64_t key() const { return key_; }

  // The i-th 64-bit draw of a row.
  [[nodiscard]] std::uint64_t draw(Row row, std::uint32_t i = 0) const;

  // draw(row, 2 * block) and draw(row, 2 * block + 1).
  [[nodiscard]] std::array<std::uint64_t, 2> block(Row row, std::uint32_t block) const;

  // out[k] = draw(rows[k], i).
  void fill(const Rows& rows, std::uint32_t i, std::uint64_t* out) const;
  // low[k], high[k] = draw(rows[k], 2 * block), draw(rows[k], 2 * block + 1).
  void fill_block(const Rows& rows, std::uint32_t block, std::uint64_t* low, std::uint64_t* high) const;

 private:
  std::uint64_t key_ = 0;
};

// Maps a draw to [0, 1) in steps of 2^-53.
[[nodiscard]] constexpr double unit(std::uint64_t draw) { return static_cast<double>(draw >> 11U) * 0x1p-53; }

// Maps a draw to 0 … n-1 (n > 0) by multiply-high; the bias is below n / 2^64.
[[nodiscard]] constexpr std::uint64_t bounded(std::uint64_t draw, std::uint64_t n) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(draw) * n) >> 64U);
}

// Names of the kernels that this machine can run, best last; use_kernel() is for tests (not thread-safe).
enum class PhiloxKernel { Scalar, Avx2, Avx512 };
[[nodiscard]] PhiloxKernel best_kernel();
void use_kernel(PhiloxKernel kernel);

}  // namespace mimus
