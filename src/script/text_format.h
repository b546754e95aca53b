// Formatting of values: format specifications (PEP 3101), the % operator, str.format. Pure, thread-safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "data/value.h"

namespace mimus::script {

// format(value, spec). Fails with script.value, script.type.
[[nodiscard]] Result<std::string> format_value(const Value& value, std::string_view spec);

// The time by a format of strftime(); a format without codes is the text itself. Fails with script.not_covered.
[[nodiscard]] Result<std::string> format_time(Timestamp time, std::string_view format);

// value after !r, !s or !a, or as it is. Fails with script.value for numbers that are too long.
[[nodiscard]] Result<Value> converted(const Value& value, char conversion);

// format % values.
[[nodiscard]] Result<Value> percent_format(std::string_view format, const Value& values);

// text.format(*positional, **named).
[[nodiscard]] Result<Value> brace_format(std::string_view format, const ValueList& positional, const ValueMap& named);

// repr() with all characters beyond ASCII escaped.
[[nodiscard]] std::string ascii_of(const Value& value);

}  // namespace mimus::script
