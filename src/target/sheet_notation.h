// Values as the cells of a workbook, as bytes between the threads that encode records and the one that writes the
// workbook: a column, a kind, and a number or a text.
//
// Numbers, truths, dates and times are of their own kind; all else is text. A text is UTF-8 that XML can hold: what it
// cannot is escaped as spreadsheets do, as in "_x0001_". Pure, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "data/value.h"

namespace mimus {

enum class SheetCellKind : std::uint8_t { Truth, Number, DateTime, Day, Clock, Text };

struct SheetCell {
  std::size_t column = 0;
  SheetCellKind kind = SheetCellKind::Text;
  double number = 0;      // of a truth 0 or 1; of a time its serial number, days since the end of 1899
  std::string_view text;  // a zero byte stands behind it
};

inline constexpr std::size_t kMaxSheetRows = 1'048'576;
inline constexpr std::size_t kMaxSheetColumns = 16'384;
inline constexpr std::size_t kMaxCellCharacters = 32'767;  // UTF-16 units

// Bytes that a cell needs at most, its text left out; text needs so many bytes for each of its own.
inline constexpr std::size_t kMaxCellFrame = 64;
inline constexpr std::size_t kMaxTextGrowth = 7;
// A longer text fits into no cell.
inline constexpr std::size_t kMaxCellText = 3 * kMaxCellCharacters;

// Writes the column, which stands before each cell, and returns the end; so do the others with the rest of the cell.
[[nodiscard]] char* write_cell_column(char* out, std::size_t column);
[[nodiscard]] char* write_bool_cell(char* out, bool value);
// A whole number of more digits than a spreadsheet keeps becomes a text.
[[nodiscard]] char* write_int_cell(char* out, std::int64_t value);
// What is no finite number becomes a text.
[[nodiscard]] char* write_float_cell(char* out, double value);
// Days before 1900, which a spreadsheet does not have, become texts.
[[nodiscard]] char* write_time_cell(char* out, Timestamp time, SheetCellKind kind);
// False is given to `fits` when the text is longer than a cell.
[[nodiscard]] char* write_text_cell(char* out, std::string_view text, bool& fits);

// A value that is not null, without its column; false when it is a text longer than a cell.
[[nodiscard]] bool append_cell_of(std::string& out, const Value& value);

// Takes the first cell, with its column, off the bytes; its text lies in them.
[[nodiscard]] SheetCell take_cell(std::string_view& cells);

}  // namespace mimus
