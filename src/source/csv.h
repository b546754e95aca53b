// The rows of CSV text: one pass, a callback for each cell.
//
// As Python's csv module reads (quotechar ", doublequote, not strict): a quote is special only at the start of a cell;
// lines end with CR, LF or CR LF; blank lines are skipped; a quote left open ends with the text.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace mimus {

class CsvReader {
 public:
  // `text` is borrowed. Cells are views into it, or, where quotes were taken off inside, into `unquoted`, which must
  // outlive them.
  CsvReader(std::string_view text, char separator, std::deque<std::string>& unquoted)
      : text_(text), separator_(separator), unquoted_(unquoted) {}

  // Moves to the next row that is not blank; false at the end. Then next_cell() gives its cells.
  [[nodiscard]] bool next_row();
  // False when the row has no more cells.
  [[nodiscard]] bool next_cell(std::string_view& cell);
  // The line of the current row, from 1.
  [[nodiscard]] std::size_t line() const { return row_line_; }

 private:
  [[nodiscard]] std::string_view quoted_cell();
  void end_line();

  std::string_view text_;
  char separator_;
  std::deque<std::string>& unquoted_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t row_line_ = 0;
  bool row_open_ = false;
};

}  // namespace mimus
