// Diagnostic: the one type for everything that can be wrong.
//
// Made where the cause is known, printed in one place. A finding of the checker, a run-time error, an HTTP problem, a
// SARIF entry and an editor's marker are the same Diagnostic in another dress.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mimus {

enum class Severity { Error, Warning, Note };

[[nodiscard]] std::string_view severity_name(Severity severity);  // "error", "warning", "note"

// A place in a file. Lines and columns count from 1, columns in bytes; 0 means "not known". `length` is the number of
// bytes to underline, 0 when not known.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
  int length = 0;
};

struct Diagnostic {
  std::string code;     // stable, dotted, lower case: "generator.unknown", "file.not_found"
  std::string message;  // names the thing, its value, what is allowed
  std::string hint;     // what to do; may be empty
  Location where;
  Severity severity = Severity::Error;
  std::string line_text;                                         // the source line, for printing; may be empty
  std::vector<std::pair<std::string, std::string>> fields = {};  // validation: field name, message
};

using Diagnostics = std::vector<Diagnostic>;

[[nodiscard]] bool has_errors(const Diagnostics& diagnostics);

// The text for people: "file:line:column: error: message [code]", the source line with the place underlined, the hint.
// Control and bidirectional characters are escaped. `color` adds ANSI colours. Ends with a line feed.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, bool color = false);

// "did you mean 'x'?" for the candidate nearest to `word` (Damerau-Levenshtein distance at most a third of the length,
// at least 1), or an empty string.
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace mimus
