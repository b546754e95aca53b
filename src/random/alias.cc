#include "random/alias.h"

#include <cstddef>

namespace mimus {

AliasTable::AliasTable(std::span<const double> weights) : cells_(weights.size()) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  const auto n = static_cast<double>(weights.size());
  std::vector<double> scaled(weights.size());
  std::vector<std::uint32_t> small, large;
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    scaled[i] = weights[i] / sum * n;
    (scaled[i] < 1.0 ? small : large).push_back(i);
  }
  const auto limit_of = [](double share) {
    return share >= 1.0 ? UINT64_MAX : static_cast<std::uint64_t>(share * 0x1p53) << 11U;
  };
  while (!small.empty() && !large.empty()) {
    const std::uint32_t s = small.back();
    small.pop_back();
    const std::uint32_t l = large.back();
    cells_[s] = {limit_of(scaled[s]), s, l};
    scaled[l] -= 1.0 - scaled[s];
    if (scaled[l] < 1.0) {
      large.pop_back();
      small.push_back(l);
    }
  }
  for (const std::uint32_t i : large) cells_[i] = {UINT64_MAX, i, i};
  for (const std::uint32_t i : small) cells_[i] = {UINT64_MAX, i, i};  // by rounding only
}

}  // namespace mimus
