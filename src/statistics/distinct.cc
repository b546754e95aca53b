#include "statistics/distinct.h"

#include <algorithm>
#include <cmath>

namespace mimus::statistics {

DistinctSketch::Writer::Writer(DistinctSketch& sketch) {
  if (!sketch.registers_) sketch.registers_ = std::make_unique<std::array<std::uint8_t, kRegisters>>();
  if (++sketch.writers_ == kRefresh) {
    sketch.writers_ = 0;
    std::uint8_t least = UINT8_MAX;
    for (const std::uint8_t rank : *sketch.registers_) least = std::min(least, rank);
    sketch.limit_ = UINT64_MAX >> least;
  }
  registers_ = sketch.registers_->data();
  limit_ = sketch.limit_;
}

void DistinctSketch::merge(const DistinctSketch& other) {
  if (!other.registers_) return;
  if (!registers_) registers_ = std::make_unique<std::array<std::uint8_t, kRegisters>>();
  for (std::size_t k = 0; k < kRegisters; ++k) (*registers_)[k] = std::max((*registers_)[k], (*other.registers_)[k]);
}

std::uint64_t DistinctSketch::estimate() const {
  if (!registers_) return 0;
  constexpr auto kCount = static_cast<double>(kRegisters);
  double sum = 0;
  std::size_t empty = 0;
  for (const std::uint8_t rank : *registers_) {
    sum += std::ldexp(1.0, -rank);
    empty += rank == 0 ? 1 : 0;
  }
  constexpr double kAlpha = 0.7213 / (1 + 1.079 / kCount);
  const double raw = kAlpha * kCount * kCount / sum;
  const bool are_few = raw <= 2.5 * kCount && empty > 0;
  return static_cast<std::uint64_t>(
      std::llround(are_few ? kCount * std::log(kCount / static_cast<double>(empty)) : raw));
}

}  // namespace mimus::statistics
