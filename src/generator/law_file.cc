#include <algorithm>
#include <array>

#include "base/text.h"
#include "generator/law.h"

namespace mimus {
namespace {

constexpr std::size_t kMostLines = 1'000'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Line {
  double number;
  std::optional<double> weight;
};

// nullopt: there is no number.
std::optional<Line> read_line(std::string_view text) {
  const std::size_t cut = text.find_first_of(",;|\t");
  const auto number = parse_float(trim(text.substr(0, cut)));
  if (!number) return std::nullopt;
  Line out{.number = *number, .weight = {}};
  if (cut == std::string_view::npos || trim(text.substr(cut + 1)).empty()) return out;
  out.weight = parse_float(trim(text.substr(cut + 1)));
  return out.weight ? std::optional(out) : std::nullopt;
}

std::unexpected<Diagnostic> wrong(const std::string& file, std::size_t line, std::string_view text,
                                  const std::string& why) {
  return fail("generator.argument", "file '" + file.substr(0, 80) + "', line " + std::to_string(line) + ": '" +
                                        escape_controls(text.substr(0, 40)) + "' " + why);
}

Result<std::vector<Line>> read_lines(const std::string& file, std::string_view bytes) {
  std::vector<Line> out;
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  std::size_t number = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view text = trim(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    if (text.empty()) continue;
    const auto line = read_line(text);
    if (!line && number == 1) continue;
    if (!line) return wrong(file, number, text, "is no number, and no number and its weight");
    out.push_back(*line);
    if (out.size() > kMostLines) return wrong(file, number, text, "is one line more than the million that are allowed");
  }
  if (out.empty()) return fail("generator.argument", "file '" + file.substr(0, 80) + "' has no numbers");
  return out;
}

}  // namespace

Result<Call> with_numbers_of_file(Call call, const ReadFile& read_file) {
  const bool is_histogram = call.name == "histogram";
  const auto given = std::ranges::find(call.arguments, "file", &Argument::name);
  if (given == call.arguments.end() || given->value.as_text() == nullptr || !read_file) return call;
  if (call.arguments.size() > 1) {
    return fail("generator.argument", call.name + ": beside file there are no other arguments");
  }
  const std::string file = *given->value.as_text();
  MIMUS_ASSIGN(const std::string bytes, read_file(file));
  MIMUS_ASSIGN(const std::vector<Line> lines, read_lines(file, bytes));
  ValueList numbers, weights;
  for (const Line& line : lines) {
    numbers.emplace_back(line.number);
    const bool is_last_edge = is_histogram && numbers.size() == lines.size();
    if (is_last_edge && line.weight.value_or(0) != 0) {
      return fail("generator.argument",
                  "file '" + file.substr(0, 80) + "': the last line of a histogram is its last edge, without a weight");
    }
    if (!is_last_edge) weights.emplace_back(line.weight.value_or(1));
  }
  call.arguments = {{.name = is_histogram ? "edges" : "values", .value = Value::list(std::move(numbers))},
                    {.name = is_histogram ? "counts" : "weights", .value = Value::list(std::move(weights))}};
  return call;
}

}  // namespace mimus
