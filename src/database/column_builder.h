// ColumnBuilder: a column made of the values of a database, one after the other, in the narrowest type that holds all
// of them.
//
// One owner, one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/column.h"
#include "data/value.h"

namespace mimus {

class ColumnBuilder {
 public:
  void add_null();
  void add_bool(bool value);
  void add_int(std::int64_t value);
  void add_float(double value);
  void add_text(std::string_view value);  // copied
  void add_time(Timestamp value);
  void add(Value value);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  // The column of what was added; the builder is empty again. A text view lies in the column's own memory.
  [[nodiscard]] Column take();

 private:
  // Makes the column one that takes values of a type; false when it holds others, so that it takes them as Values only.
  bool begin(Type type);
  void widen();
  [[nodiscard]] Value value_at(std::size_t row) const;

  Column column_;
  std::size_t rows_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> spans_;  // of the texts in the arena: start and size
};

}  // namespace mimus
