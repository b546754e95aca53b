#include "source/separator.h"

#include <deque>
#include <string>

#include "source/csv.h"

namespace mimus {
namespace {

constexpr std::size_t kMostLines = 50;

// How many cells each of the first lines has; 0 when they differ. `text` ends with a line.
std::size_t even_cells(std::string_view text, char separator) {
  std::deque<std::string> unquoted;
  CsvReader reader(text, separator, unquoted);
  std::size_t common = 0;
  for (std::size_t line = 0; line < kMostLines && reader.next_row(); ++line) {
    std::size_t cells = 0;
    std::string_view cell;
    while (reader.next_cell(cell)) ++cells;
    if (line > 0 && cells != common) return 0;
    common = cells;
  }
  return common;
}

std::string_view name_of(char separator) {
  switch (separator) {
    case ',':
      return "','";
    case ';':
      return "';'";
    case '|':
      return "'|'";
    default:
      return "tab";
  }
}

}  // namespace

char detect_separator(std::string_view start, bool is_whole, char expected, std::string_view shown_name,
                      Diagnostics& warnings) {
  if (!is_whole) start = start.substr(0, start.rfind('\n') + 1);
  const std::string_view header = start.substr(0, start.find_first_of("\r\n"));
  if (header.find(expected) != std::string_view::npos) return expected;
  char best = expected;
  std::size_t most = 1;
  for (const char candidate : {',', ';', '|', '\t'}) {
    const std::size_t cells = even_cells(start, candidate);
    if (cells <= most) continue;
    best = candidate;
    most = cells;
  }
  if (best == expected) return best;
  const std::string attribute = best == '\t' ? "&#9;" : std::string(1, best);
  warnings.push_back({.code = "source.separator",
                      .message = "'" + std::string(shown_name) + "' is read with the delimiter " +
                                 std::string(name_of(best)) + ", since its first line has no '" + expected + "'",
                      .hint = "say it with separator=\"" + attribute + "\"",
                      .severity = Severity::Warning});
  return best;
}

}  // namespace mimus
