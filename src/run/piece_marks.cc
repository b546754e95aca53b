#include "run/piece_marks.h"

#include <algorithm>

namespace mimus {

std::vector<PieceMark> mark_pieces(const MorselResult& result) {
  std::vector<PieceMark> out;
  for (const ProductPieces& product : result.products) {
    PieceMark& mark = out.emplace_back();
    mark.records = product.records;
    mark.capture = product.capture.size();
    mark.stored = product.stored.size();
    for (const Piece& piece : product.targets) {
      mark.bytes.push_back(piece.bytes.size());
      mark.ends.push_back(piece.ends.size());
      mark.names.push_back(piece.names.size());
      mark.piece_records.push_back(piece.records);
    }
  }
  return out;
}

void cut_pieces(MorselResult& result, const std::vector<PieceMark>& marks) {
  for (std::size_t p = 0; p < marks.size(); ++p) {
    ProductPieces& product = result.products[p];
    product.records = std::min(product.records, marks[p].records);
    product.capture.cut(marks[p].capture);
    product.stored.resize(std::min(product.stored.size(), marks[p].stored));
    for (std::size_t t = 0; t < product.targets.size(); ++t) {
      Piece& piece = product.targets[t];
      piece.bytes.cut(marks[p].bytes[t]);
      piece.ends.resize(std::min(piece.ends.size(), marks[p].ends[t]));
      piece.names.resize(std::min(piece.names.size(), marks[p].names[t]));
      piece.records = std::min(piece.records, marks[p].piece_records[t]);
    }
  }
}

}  // namespace mimus
