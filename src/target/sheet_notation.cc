#include "target/sheet_notation.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/number.h"
#include "base/put.h"
#include "base/text.h"

namespace mimus {
namespace {

// A spreadsheet shows and keeps 15 digits.
constexpr std::int64_t kMaxWhole = 999'999'999'999'999;
constexpr std::int64_t kEpoch = 25'569;          // the serial number of 1970-01-01
constexpr std::int64_t kFirstRightSerial = 61;   // before it there is a 29th of February 1900 that never was
constexpr std::int64_t kLastSerial = 2'958'465;  // 9999-12-31

char* put_number(char* p, SheetCellKind kind, double number) {
  *p++ = static_cast<char>(kind);
  std::memcpy(p, &number, sizeof number);
  return p + sizeof number;
}

char* put_hex(char* p, char32_t unit) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  p = put(p, "_x");
  for (int shift = 12; shift >= 0; shift -= 4) *p++ = kDigits[unit >> static_cast<unsigned>(shift) & 0xFU];
  return put(p, "_");
}

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

// "_x0041_" in a text would be read as "A".
bool looks_escaped(std::string_view text) {
  return text.size() >= 7 && text[1] == 'x' && text[6] == '_' && std::ranges::all_of(text.substr(2, 4), is_hex_digit);
}

bool is_plain(char c) { return (c >= 0x20 && c < 0x7F && c != '_') || c == '\n' || c == '\t'; }

char* put_escaped(char* p, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_plain(c)) {
      *p++ = c;
      ++i;
      continue;
    }
    if (c == '_') {
      p = looks_escaped(text.substr(i)) ? put_hex(p, '_') : put(p, "_");
      ++i;
      continue;
    }
    const std::size_t start = i;
    const char32_t character = next_code_point(text, i);
    if (character < 0x20 || character == 0xFFFE || character == 0xFFFF) {
      p = put_hex(p, character);
    } else if (character == 0xFFFD) {
      p = put(p, "\xEF\xBF\xBD");
    } else {
      p = put(p, text.substr(start, i - start));
    }
  }
  return p;
}

bool fits_cell(std::string_view text) {
  if (text.size() <= kMaxCellCharacters) return true;
  std::size_t units = 0;
  for (std::size_t i = 0; i < text.size();) units += next_code_point(text, i) > 0xFFFF ? 2 : 1;
  return units <= kMaxCellCharacters;
}

// A short text that needs no escapes.
char* write_word_cell(char* out, std::string_view text) {
  bool fits = true;
  return write_text_cell(out, text, fits);
}

}  // namespace

char* write_cell_column(char* out, std::size_t column) {
  const auto number = static_cast<std::uint16_t>(column);
  std::memcpy(out, &number, sizeof number);
  return out + sizeof number;
}

char* write_bool_cell(char* out, bool value) { return put_number(out, SheetCellKind::Truth, value ? 1 : 0); }

char* write_int_cell(char* out, std::int64_t value) {
  if (value <= kMaxWhole && value >= -kMaxWhole) {
    return put_number(out, SheetCellKind::Number, static_cast<double>(value));
  }
  char digits[kMaxIntText];
  const char* end = write_int(digits, value);
  return write_word_cell(out, {digits, static_cast<std::size_t>(end - digits)});
}

char* write_float_cell(char* out, double value) {
  if (std::isfinite(value)) return put_number(out, SheetCellKind::Number, value);
  return write_word_cell(out, std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
}

char* write_time_cell(char* out, Timestamp time, SheetCellKind kind) {
  std::int64_t micros = time.micros % kMicrosPerDay;
  if (micros < 0) micros += kMicrosPerDay;
  std::int64_t serial = (time.micros - micros) / kMicrosPerDay + kEpoch;
  if (serial < kFirstRightSerial) --serial;
  if (kind != SheetCellKind::Clock && (serial < 1 || serial > kLastSerial)) {
    char text[kMaxTimeText];
    const char* end = write_time(text, time, ' ');
    return write_word_cell(out, {text, kind == SheetCellKind::Day ? 10 : static_cast<std::size_t>(end - text)});
  }
  const double part = static_cast<double>(micros) / static_cast<double>(kMicrosPerDay);
  return put_number(out, kind, kind == SheetCellKind::Clock ? part : static_cast<double>(serial) + part);
}

char* write_text_cell(char* out, std::string_view text, bool& fits) {
  if (text.size() > kMaxCellText) {
    fits = false;
    return out;
  }
  char* p = out;
  *p++ = static_cast<char>(SheetCellKind::Text);
  char* const start = p + sizeof(std::uint32_t);
  char* const end = put_escaped(start, text);
  const auto size = static_cast<std::uint32_t>(end - start);
  std::memcpy(p, &size, sizeof size);
  *end = '\0';
  // The escapes count: they are what the file holds.
  fits = fits_cell({start, size});
  return fits ? end + 1 : out;
}

bool append_cell_of(std::string& out, const Value& value) {
  char cell[kMaxCellFrame];
  const auto take = [&](const char* end) { out.append(cell, static_cast<std::size_t>(end - cell)); };
  if (const auto* truth = value.as_bool()) {
    take(write_bool_cell(cell, *truth));
  } else if (const auto* whole = value.as_int()) {
    take(write_int_cell(cell, *whole));
  } else if (const auto* number = value.as_float()) {
    take(write_float_cell(cell, *number));
  } else if (const auto* time = value.as_time()) {
    take(write_time_cell(cell, *time, SheetCellKind::DateTime));
  } else if (const auto* day = value.as_date()) {
    take(write_time_cell(cell, {day->days * kMicrosPerDay}, SheetCellKind::Day));
  } else if (const auto* clock = value.as_clock_time()) {
    take(write_time_cell(cell, {clock->micros}, SheetCellKind::Clock));
  } else {
    const std::string text = text_of(value);
    if (text.size() > kMaxCellText) return false;
    std::string wide(kMaxTextGrowth * text.size() + kMaxCellFrame, '\0');
    bool fits = true;
    const char* end = write_text_cell(wide.data(), text, fits);
    if (!fits) return false;
    out.append(wide.data(), static_cast<std::size_t>(end - wide.data()));
  }
  return true;
}

SheetCell take_cell(std::string_view& cells) {
  SheetCell cell;
  const char* p = cells.data();
  std::uint16_t column = 0;
  std::memcpy(&column, p, sizeof column);
  p += sizeof column;
  cell.column = column;
  cell.kind = static_cast<SheetCellKind>(*p++);
  if (cell.kind == SheetCellKind::Text) {
    std::uint32_t size = 0;
    std::memcpy(&size, p, sizeof size);
    p += sizeof size;
    cell.text = {p, size};
    p += size + 1;
  } else {
    std::memcpy(&cell.number, p, sizeof cell.number);
    p += sizeof cell.number;
  }
  cells.remove_prefix(static_cast<std::size_t>(p - cells.data()));
  return cell;
}

}  // namespace mimus
