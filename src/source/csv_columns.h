// The columns of CSV rows: those of a whole file, or of some of its rows.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "source/csv.h"
#include "source/source.h"

namespace mimus {

// The first row: where the values of each column of the file go. Two columns of one name share a place.
struct CsvHeader {
  std::vector<std::size_t> places;  // column of the file: column of the table
  std::vector<std::string> names;
};

// The current row of the reader as a header.
[[nodiscard]] CsvHeader read_header(CsvReader& reader);

// Columns that are filled row by row. One owner.
class CsvColumns {
 public:
  // `owner` keeps what the cells point into; `header` is borrowed; `rows`: how many are expected.
  CsvColumns(const CsvHeader& header, const std::shared_ptr<const void>& owner, std::size_t rows);

  // The current row of the reader.
  void read_row(CsvReader& reader);

  // All rows that were read; afterwards the columns are empty.
  [[nodiscard]] std::vector<std::shared_ptr<Column>> finish();
  [[nodiscard]] std::shared_ptr<const Source> table();

 private:
  void set(std::size_t place, std::string_view cell);

  const CsvHeader& header_;
  std::vector<std::shared_ptr<Column>> columns_;
  std::size_t rows_ = 0;
};

}  // namespace mimus
