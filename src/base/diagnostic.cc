#include "base/diagnostic.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace mimus {
namespace {

// Optimal string alignment distance: insertions, deletions, substitutions, transpositions of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string underline(const Diagnostic& diagnostic) {
  const std::string_view line = diagnostic.line_text;
  const auto start = static_cast<std::size_t>(std::max(0, diagnostic.where.column - 1));
  std::string number = std::to_string(diagnostic.where.line);
  std::string out = std::string(number.size() < 5 ? 5 - number.size() : 0, ' ') + number + " | ";
  const std::size_t margin = out.size();
  out += escape_controls(line);
  out += '\n';
  if (start > line.size()) return out;
  out += std::string(margin - 2, ' ') + "| ";
  out += std::string(code_points(escape_controls(line.substr(0, start))), ' ');
  const auto wanted = static_cast<std::size_t>(std::max(1, diagnostic.where.length));
  const std::string_view marked = line.substr(start, wanted);
  out += std::string(std::max<std::size_t>(1, code_points(escape_controls(marked))), '^');
  out += '\n';
  return out;
}

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Note:
      return "note";
  }
  return "error";
}

bool has_errors(const Diagnostics& diagnostics) {
  return std::ranges::any_of(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

std::string render(const Diagnostic& diagnostic, bool color) {
  std::string out;
  if (!diagnostic.where.file.empty()) {
    out += escape_controls(diagnostic.where.file);
    if (diagnostic.where.line > 0) out += ':' + std::to_string(diagnostic.where.line);
    if (diagnostic.where.line > 0 && diagnostic.where.column > 0) out += ':' + std::to_string(diagnostic.where.column);
    out += ": ";
  }
  if (color) out += diagnostic.severity == Severity::Error ? "\x1b[1;31m" : "\x1b[1;33m";
  out += severity_name(diagnostic.severity);
  if (color) out += "\x1b[0m";
  out += ": " + escape_controls(diagnostic.message);
  if (!diagnostic.code.empty()) out += " [" + diagnostic.code + "]";
  out += '\n';
  if (!diagnostic.line_text.empty() && diagnostic.line_text.size() <= 400) out += underline(diagnostic);
  if (!diagnostic.hint.empty()) out += "      = " + escape_controls(diagnostic.hint) + '\n';
  for (const auto& [field, message] : diagnostic.fields) {
    out += "      - " + escape_controls(field) + ": " + escape_controls(message) + '\n';
  }
  return out;
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.size() > 100) return {};
  const std::string wanted = lower(word);
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found.empty() ? std::string{} : "did you mean '" + std::string(found) + "'?";
}

}  // namespace mimus
