// Rows for a table as bytes, on their way from the threads that make them to the one that writes them:
//
//   row    the number of bytes that follow (4), then the cells
//   cell   column (4), kind (1), then Integer: 8 bytes, Real: 8 bytes, Text and Bytes: their size (4) and themselves
//
// Numbers are in the machine's order: rows never leave the process, but for a file without a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "database/sql_value.h"

namespace mimus {

inline constexpr std::size_t kRowHead = 4;

// Writes one row at the end of a buffer: begin(), the cells in ascending order of their columns, end().
class RowWriter {
 public:
  explicit RowWriter(Buffer& out) : out_(out) {}

  void begin();
  void add(std::uint32_t column, const SqlValue& value);
  void end();
  // Instead of end(): the row is no more.
  void drop() { out_.cut(start_); }

 private:
  Buffer& out_;
  std::size_t start_ = 0;
};

// The size of the row at the beginning of `bytes`, with its head; 0 when there is no whole head.
[[nodiscard]] std::size_t row_size(std::string_view bytes);
// The cells of one row, as RowWriter has written it; texts are views of it.
void read_row(std::string_view row, std::vector<SqlCell>& cells);

}  // namespace mimus
