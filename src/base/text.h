// Text: UTF-8, numbers as Python prints them, escaping for people's terminals.
//
// Everything here is pure and thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mimus {

// True when `text` is well-formed UTF-8 (no overlong forms, surrogates, or code points above U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view text);

// The number of code points of well-formed UTF-8.
[[nodiscard]] std::size_t code_points(std::string_view text);

// Decodes the code point at `text[i]` and advances i past it; a malformed byte gives U+FFFD and advances by one.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& i);
void append_utf8(std::string& out, char32_t code_point);

// Normalisation form C, and the form under which names are compared (NFC, then case folded). Text that is not UTF-8
// is returned as it is. (Unicode Annex 15, by utf8proc.)
[[nodiscard]] std::string nfc(std::string_view text);
[[nodiscard]] std::string fold_case(std::string_view text);

// Control characters (except line feed and tab when `keep_lines`) and bidirectional overrides as \xNN or \uNNNN, so
// that text from outside cannot steer a terminal or a log.
[[nodiscard]] std::string escape_controls(std::string_view text, bool keep_lines = false);

// Python's repr of a float: shortest digits that round-trip, ".0" for whole numbers, exponent below 1e-4 and from 1e16.
void append_float(std::string& out, double value);
[[nodiscard]] std::string float_text(double value);

// Python's repr of a str.
void append_repr(std::string& out, std::string_view text);

// The whole text as a number; nullopt when there is anything else. parse_int takes an optional sign.
// A float beyond the greatest is infinite, as in Python.
[[nodiscard]] std::optional<std::int64_t> parse_int(std::string_view text);
[[nodiscard]] std::optional<std::uint64_t> parse_uint(std::string_view text);
[[nodiscard]] std::optional<double> parse_float(std::string_view text);

[[nodiscard]] std::string_view trim(std::string_view text);  // ASCII white space
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

// 12345678 as "12,345,678".
[[nodiscard]] std::string with_thousands(std::uint64_t value);

// A JSON string literal, quotes included. ASCII only when `ascii` (Python's json.dumps: every character outside
// 0x20..0x7E as \uXXXX).
void append_json_string(std::string& out, std::string_view text, bool ascii = true);

}  // namespace mimus
