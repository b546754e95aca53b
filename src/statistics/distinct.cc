#include "statistics/distinct.h"

#include <cmath>

namespace mimus::statistics {

void DistinctSketch::merge(const DistinctSketch& other) {
  if (!other.registers_) return;
  Registers& own = registers();
  for (std::size_t k = 0; k < own.size(); ++k)
    own[k] = own[k] > (*other.registers_)[k] ? own[k] : (*other.registers_)[k];
}

std::uint64_t DistinctSketch::estimate() const {
  if (!registers_) return 0;
  constexpr auto kRegisters = static_cast<double>(std::tuple_size_v<Registers>);
  double sum = 0;
  std::size_t empty = 0;
  for (const std::uint8_t rank : *registers_) {
    sum += std::ldexp(1.0, -rank);
    empty += rank == 0 ? 1 : 0;
  }
  constexpr double kAlpha = 0.7213 / (1 + 1.079 / kRegisters);
  const double raw = kAlpha * kRegisters * kRegisters / sum;
  const bool few = raw <= 2.5 * kRegisters && empty > 0;
  return static_cast<std::uint64_t>(
      std::llround(few ? kRegisters * std::log(kRegisters / static_cast<double>(empty)) : raw));
}

}  // namespace mimus::statistics
