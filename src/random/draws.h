// Draws: the draws of one row, in the order in which they are asked for; for values that need an unknown number of
// them.
//
// A cursor over a Stream, for one row and one thread: the same row gives the same draws.
#pragma once

#include <array>
#include <cstdint>

#include "random/numbered.h"
#include "random/philox.h"

namespace mimus {

class Draws {
 public:
  // Borrows the stream, and the digits. With these, below() and between() give the digits of a number.
  Draws(const Stream& stream, Row row, NumberDigits* digits = nullptr) : stream_(stream), row_(row), digits_(digits) {}

  [[nodiscard]] std::uint64_t next() {
    if ((next_ & 1U) == 0) block_ = stream_.block(row_, next_ >> 1U);
    return block_[next_++ & 1U];
  }
  // 0 … n-1; n > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t n) {
    if (digits_ != nullptr) [[unlikely]] {
      if (const auto digit = digits_->take(n)) return *digit;
    }
    return bounded(next(), n);
  }
  // From first to last, both possible.
  [[nodiscard]] std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
  }
  // [0, 1).
  [[nodiscard]] double fraction() { return unit(next()); }
  [[nodiscard]] bool chance(double p) { return fraction() < p; }

  // The value is made from its number: a draw that does not show in it must not be asked for.
  [[nodiscard]] bool is_numbered() const { return digits_ != nullptr; }
  // Of draws that give no value. True: the number has none, and that is all; false: draw again.
  [[nodiscard]] bool reject() {
    if (digits_ != nullptr) digits_->reject();
    return digits_ != nullptr;
  }

 private:
  const Stream& stream_;
  Row row_;
  NumberDigits* digits_;
  std::uint32_t next_ = 0;
  std::array<std::uint64_t, 2> block_{};
};

}  // namespace mimus
