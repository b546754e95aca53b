// RowFailure: the row of a batch at which something went wrong, and what. The earliest in the order of rows, and of
// statements within a row, is the one that counts.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "base/diagnostic.h"

namespace mimus {

struct RowFailure {
  std::size_t row = 0;
  Diagnostic finding;
};

// Keeps the earlier of two; of two in one row the first, which stands in an earlier statement.
inline void keep_earliest(std::optional<RowFailure>& first, std::optional<RowFailure> second) {
  if (second && (!first || second->row < first->row)) first = std::move(second);
}

}  // namespace mimus
