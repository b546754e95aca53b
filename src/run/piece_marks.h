// How far the pieces of a morsel had come before some rows: what is made for a row that fails afterwards is taken away.
#pragma once

#include <cstdint>
#include <vector>

#include "run/morsel.h"

namespace mimus {

// Of one product; a value for each of its targets in the vectors.
struct PieceMark {
  std::uint64_t records = 0;
  std::size_t capture = 0;
  std::size_t stored = 0;
  std::vector<std::size_t> bytes, ends, names;
  std::vector<std::uint64_t> piece_records;
};

// One for each product.
[[nodiscard]] std::vector<PieceMark> mark_pieces(const MorselResult& result);
// Back to the marks, as far as the pieces are not shorter: parts may have been written since.
void cut_pieces(MorselResult& result, const std::vector<PieceMark>& marks);

}  // namespace mimus
