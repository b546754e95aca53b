// Draws: the draws of one row, in the order in which they are asked for; for values that need an unknown number of
// them.
//
// A cursor over a Stream, for one row and one thread: the same row gives the same draws.
#pragma once

#include <array>
#include <cstdint>

#include "random/philox.h"

namespace mimus {

class Draws {
 public:
  // Borrows the stream.
  Draws(const Stream& stream, Row row) : stream_(stream), row_(row) {}

  [[nodiscard]] std::uint64_t next() {
    if ((next_ & 1U) == 0) block_ = stream_.block(row_, next_ >> 1U);
    return block_[next_++ & 1U];
  }
  // 0 … n-1; n > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t n) { return bounded(next(), n); }
  // From first to last, both possible.
  [[nodiscard]] std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
  }
  // [0, 1).
  [[nodiscard]] double fraction() { return unit(next()); }
  [[nodiscard]] bool chance(double p) { return fraction() < p; }

 private:
  const Stream& stream_;
  Row row_;
  std::uint32_t next_ = 0;
  std::array<std::uint64_t, 2> block_{};
};

}  // namespace mimus
