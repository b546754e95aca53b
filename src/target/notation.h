// Notations of values: JSON as Python's json.dumps writes it, and Python's repr. Static members only; what write_text
// and write_time may write at most is told by the bounds. append() tells whether the notation can hold the value; where
// it cannot, a text that shows it is appended.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/number.h"
#include "data/value.h"

namespace mimus {

// {"name": value, …}: ASCII only, floats as repr, NaN and Infinity bare, times in ISO form.
struct JsonNotation {
  static constexpr std::string_view kNull = "null", kTrue = "true", kFalse = "false";
  static constexpr std::size_t kMaxTime = kMaxTimeText + 2;
  [[nodiscard]] static constexpr std::size_t max_text(std::size_t size) { return 6 * size + 2; }
  [[nodiscard]] static char* write_text(char* out, std::string_view text);
  // Text that needs no escaping.
  [[nodiscard]] static char* write_clean_text(char* out, std::string_view text);
  [[nodiscard]] static char* write_time(char* out, Timestamp time);
  [[nodiscard]] static char* write_float(char* out, double value);
  [[nodiscard]] static bool append(std::string& out, const Value& value);
  static void append_name(std::string& out, std::string_view name);
};

// {'name': value, …}: what str() of a dict gives.
struct ReprNotation {
  static constexpr std::string_view kNull = "None", kTrue = "True", kFalse = "False";
  static constexpr std::size_t kMaxTime = 80;
  [[nodiscard]] static constexpr std::size_t max_text(std::size_t size) { return 10 * size + 2; }
  [[nodiscard]] static char* write_text(char* out, std::string_view text);
  [[nodiscard]] static char* write_clean_text(char* out, std::string_view text);
  [[nodiscard]] static char* write_time(char* out, Timestamp time);
  [[nodiscard]] static char* write_float(char* out, double value) { return mimus::write_float(out, value); }
  [[nodiscard]] static bool append(std::string& out, const Value& value) {
    append_repr(out, value);
    return true;
  }
  static void append_name(std::string& out, std::string_view name);
};

}  // namespace mimus
