// AliasTable: weighted choice in constant time (Vose, "A linear algorithm for generating random numbers with a given
// distribution", IEEE TSE 1991). Weights are finite, not negative, with a positive sum. Immutable, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "random/philox.h"

namespace mimus {

class AliasTable {
 public:
  explicit AliasTable(std::span<const double> weights);

  [[nodiscard]] std::uint32_t pick(std::uint64_t draw) const {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(draw) * cells_.size();
    const Cell& cell = cells_[static_cast<std::size_t>(product >> 64U)];
    // The low half of the product is uniform within the cell.
    return static_cast<std::uint64_t>(product) < cell.limit ? cell.own : cell.alias;
  }
  [[nodiscard]] std::size_t size() const { return cells_.size(); }

 private:
  struct Cell {
    std::uint64_t limit;
    std::uint32_t own, alias;
  };
  std::vector<Cell> cells_;
};

}  // namespace mimus
