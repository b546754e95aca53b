// Words of a table of the pack, drawn by their weights.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "data/column.h"
#include "pack/pack.h"
#include "random/alias.h"

namespace mimus {

// The words of a column as a dictionary for columns: views into the pack. An empty text stands for no words at all, so
// that there is always one to draw.
[[nodiscard]] std::shared_ptr<const Column> words_of(const std::vector<PackTexts>& lists);

// Immutable, thread-safe; draws a row of a table by its column "weight", where it has one.
class Choice {
 public:
  explicit Choice(const PackTable& table);

  [[nodiscard]] const PackTable& table() const { return table_; }
  [[nodiscard]] std::uint32_t pick(std::uint64_t draw) const { return rows_.pick(draw); }
  // The words of the table's first column, for the texts of single rows.
  [[nodiscard]] std::string_view word(std::size_t row) const { return words_->texts[row]; }
  [[nodiscard]] std::string_view draw(std::uint64_t draw) const { return word(pick(draw)); }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

 private:
  PackTable table_;
  AliasTable rows_;
  std::shared_ptr<const Column> words_;
};

}  // namespace mimus
