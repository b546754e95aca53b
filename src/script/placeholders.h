// Placeholders: expressions between marks in a text of any format, as templates and names of files have them.
//
//   {amount}, {amount:.2f}, {name!r}   the value of an expression, made into a text as an f-string does
//   {{ expression }}                   the same; in templates, evaluated anew at each place
//
// With other marks the inner character is doubled too: "${" and "}" give ${x} and ${{x}}. A text in marks is a
// placeholder only when it is an expression that names something: {1:F01…}, {"a": {b}}, {color: red} stay as they are.
// A backslash before a mark takes its meaning away; two stand for one.
//
// Pure, thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mimus::script {

struct PlaceholderMarks {
  std::string prefix = "{";
  std::string suffix = "}";
};

// A literal, or an expression when `source` is not empty.
struct TextPiece {
  std::string literal;
  std::string source;      // an expression for parse_expression()
  std::size_t offset = 0;  // in the text, of what stands between the marks
  std::size_t lead = 0;    // bytes of the source before that
  bool is_fresh = false;   // in doubled marks
};

// The pieces in their order; no two literals follow each other. Fails with script.placeholders when the text has so
// many marks that looking at all of them would take too long.
[[nodiscard]] Result<std::vector<TextPiece>> split_placeholders(std::string_view text, const PlaceholderMarks& marks);

}  // namespace mimus::script
