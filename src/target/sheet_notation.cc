#include "target/sheet_notation.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/number.h"
#include "base/text.h"

namespace mimus {
namespace {

// A spreadsheet shows and keeps 15 digits.
constexpr std::int64_t kMaxWhole = 999'999'999'999'999;
constexpr std::int64_t kEpoch = 25'569;          // the serial number of 1970-01-01
constexpr std::int64_t kFirstRightSerial = 61;   // before it there is a 29th of February 1900 that never was
constexpr std::int64_t kLastSerial = 2'958'465;  // 9999-12-31

char* put(char* p, std::string_view text) {
  if (!text.empty()) std::memcpy(p, text.data(), text.size());
  return p + text.size();
}

char* put_style(char* p, CellStyle style) {
  if (style == CellStyle::General) return p;
  p = put(p, " s=\"");
  *p++ = static_cast<char>('0' + static_cast<int>(style));
  return put(p, "\"");
}

constexpr std::string_view kNumber = "\"><v>", kEndNumber = "</v></c>";

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

bool is_plain(char c) {
  return (c >= 0x20 && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '_') || c == '\n' || c == '\t';
}

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
    if (character == '&') {
      p = put(p, "&amp;");
    } else if (character == '<') {
      p = put(p, "&lt;");
    } else if (character == '>') {
      p = put(p, "&gt;");
    } else if (character < 0x20 || character == 0xFFFE || character == 0xFFFF) {
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

}  // namespace

std::string column_letters(std::size_t column) {
  std::string out;
  for (++column; column > 0; column = (column - 1) / 26) out.insert(0, 1, static_cast<char>('A' + (column - 1) % 26));
  return out;
}

char* write_bool_cell(char* out, bool value) {
  return put(out, value ? "\" t=\"b\"><v>1</v></c>" : "\" t=\"b\"><v>0</v></c>");
}

char* write_int_cell(char* out, std::int64_t value) {
  if (value > kMaxWhole || value < -kMaxWhole) {
    char digits[kMaxIntText];
    const char* end = write_int(digits, value);
    bool fits = true;
    return write_text_cell(out, {digits, static_cast<std::size_t>(end - digits)}, CellStyle::General, fits);
  }
  return put(write_int(put(out, kNumber), value), kEndNumber);
}

char* write_float_cell(char* out, double value) {
  if (std::isfinite(value)) return put(write_float(put(out, kNumber), value), kEndNumber);
  bool fits = true;
  return write_text_cell(out, std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf", CellStyle::General, fits);
}

char* write_scaled_cell(char* out, std::int64_t n, int scale) {
  return put(write_scaled(put(out, kNumber), n, scale), kEndNumber);
}

char* write_time_cell(char* out, Timestamp time, CellStyle style) {
  std::int64_t micros = time.micros % kMicrosPerDay;
  if (micros < 0) micros += kMicrosPerDay;
  std::int64_t serial = (time.micros - micros) / kMicrosPerDay + kEpoch;
  if (serial < kFirstRightSerial) --serial;
  if (style != CellStyle::Clock && (serial < 1 || serial > kLastSerial)) {
    char text[kMaxTimeText];
    const char* end = write_time(text, time, ' ');
    bool fits = true;
    const auto size = style == CellStyle::Day ? 10 : static_cast<std::size_t>(end - text);
    return write_text_cell(out, {text, size}, CellStyle::General, fits);
  }
  char* p = put_style(put(out, "\""), style);
  p = put(p, "><v>");
  const double part = static_cast<double>(micros) / static_cast<double>(kMicrosPerDay);
  if (style == CellStyle::Clock) {
    p = write_float(p, part);
  } else if (micros == 0) {
    p = write_int(p, serial);
  } else {
    p = write_float(p, static_cast<double>(serial) + part);
  }
  return put(p, kEndNumber);
}

char* write_text_cell(char* out, std::string_view text, CellStyle style, bool& fits) {
  if (!fits_cell(text)) {
    fits = false;
    return out;
  }
  char* p = put_style(put(out, "\""), style);
  const auto is_blank = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  const bool keeps = !text.empty() && (is_blank(text.front()) || is_blank(text.back()));
  p = put(p, keeps ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">" : " t=\"inlineStr\"><is><t>");
  return put(put_escaped(p, text), "</t></is></c>");
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
    take(write_time_cell(cell, *time, CellStyle::DateTime));
  } else if (const auto* day = value.as_date()) {
    take(write_time_cell(cell, {day->days * kMicrosPerDay}, CellStyle::Day));
  } else if (const auto* clock = value.as_clock_time()) {
    take(write_time_cell(cell, {clock->micros}, CellStyle::Clock));
  } else {
    const std::string text = text_of(value);
    std::string wide(kMaxTextGrowth * text.size() + kMaxCellFrame, '\0');
    bool fits = true;
    const char* end = write_text_cell(wide.data(), text, CellStyle::General, fits);
    if (!fits) return false;
    out.append(wide.data(), static_cast<std::size_t>(end - wide.data()));
  }
  return true;
}

}  // namespace mimus
