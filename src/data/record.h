// Record: a batch of records of one shape: a base and named fields over it.
//
// The base, when there is one, is a Dynamic column of maps (rows of a JSON template): a field of the same name
// overrides the base's entry in its place, other fields follow in order. Rows of columnar sources need no base: their
// columns are fields like any other.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "data/column.h"

namespace mimus {

struct Field {
  std::string name;
  Column column;
};

struct Record {
  std::size_t rows = 0;
  bool has_base = false;
  Column base;
  std::vector<Field> fields;
};

// Row `row` as a map, in the order in which it is written; without the field of that name, which may not be complete
// yet.
[[nodiscard]] Value map_at(const Record& record, std::size_t row, std::string_view without = {});

}  // namespace mimus
