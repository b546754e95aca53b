// Values as the cells of a spreadsheet (ECMA-376, SpreadsheetML): what stands in a <c> element behind its reference.
//
// Numbers, truths, dates and times are of their own kind; all else is text. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "data/value.h"

namespace mimus {

// The numbers of the cell formats in the styles of a workbook.
enum class CellStyle : std::uint8_t { General, DateTime, Day, Clock, Header };

inline constexpr std::size_t kMaxSheetRows = 1'048'576;
inline constexpr std::size_t kMaxSheetColumns = 16'384;
inline constexpr std::size_t kMaxCellCharacters = 32'767;  // UTF-16 units

// Bytes that a cell needs at most, its text left out; text needs so many bytes for each of its own.
inline constexpr std::size_t kMaxCellFrame = 128;
inline constexpr std::size_t kMaxTextGrowth = 7;

// "A" for column 0, "AA" for column 26.
[[nodiscard]] std::string column_letters(std::size_t column);

// Each writes from behind `<c r="A1` to `</c>` and returns the end.
[[nodiscard]] char* write_bool_cell(char* out, bool value);
// A whole number of more digits than a spreadsheet keeps becomes a text.
[[nodiscard]] char* write_int_cell(char* out, std::int64_t value);
[[nodiscard]] char* write_float_cell(char* out, double value);
[[nodiscard]] char* write_scaled_cell(char* out, std::int64_t n, int scale);
// Days before 1900, which a spreadsheet does not have, become texts.
[[nodiscard]] char* write_time_cell(char* out, Timestamp time, CellStyle style);
// False is given to `fits` when the text is longer than a cell.
[[nodiscard]] char* write_text_cell(char* out, std::string_view text, CellStyle style, bool& fits);

// A value that is not null; false when it is a text longer than a cell.
[[nodiscard]] bool append_cell_of(std::string& out, const Value& value);

}  // namespace mimus
