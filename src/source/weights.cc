#include "source/weights.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>

#include "base/text.h"
#include "source/csv.h"
#include "source/separator.h"
#include "source/source_text.h"

namespace mimus {
namespace {

constexpr std::size_t kMostShown = 40;
// Above a whole: what is left by adding tenths.
constexpr double kRounding = 1e-9;

std::string place(std::string_view shown_name, const CsvReader& reader) {
  return std::string(shown_name) + ":" + std::to_string(reader.line()) + ": ";
}

Result<double> weight_of(std::string_view text, const std::string& where) {
  const auto number = parse_float(trim(text));
  if (number && *number >= 0 && *number <= 1e300) return *number;
  return fail("source.weight",
              where + "the weight '" + std::string(text.substr(0, kMostShown)) + "' is no number of 0 or more");
}

Status check_sum(const std::vector<double>& weights, std::string_view shown_name, const std::string& hint) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  if (sum > 0 && sum < 1e308) return {};
  return fail("source.weight", "'" + std::string(shown_name) + "' has no value with a weight above 0", hint);
}

struct WeightText {
  std::shared_ptr<SourceText> text;
  char separator;
};

Result<WeightText> open_weight_text(const fs::path& file, const FileOptions& options, std::string_view shown_name,
                                    Diagnostics& warnings) {
  WeightText out{.text = nullptr, .separator = options.separator};
  MIMUS_ASSIGN(out.text, open_text(file, options, shown_name));
  MIMUS_TRY(out.text->map());
  warnings = out.text->warnings();
  if (!options.separator_is_given) {
    const std::string_view text = out.text->view();
    out.separator = detect_separator(text.substr(0, kSeparatorSample), text.size() <= kSeparatorSample,
                                     options.separator, shown_name, warnings);
  }
  return out;
}

// A value a line, and its weight when it has one.
struct WeightLines {
  std::vector<std::string> values;
  std::vector<std::optional<double>> weights;
};

Result<WeightLines> read_lines(const fs::path& file, const FileOptions& options, bool may_be_empty,
                               std::string_view shown_name, Diagnostics& warnings) {
  MIMUS_ASSIGN(const WeightText text, open_weight_text(file, options, shown_name, warnings));
  std::deque<std::string> unquoted;
  CsvReader reader(text.text->view(), text.separator, unquoted);
  WeightLines out;
  while (reader.next_row()) {
    const std::string where = place(shown_name, reader);
    std::string_view value, weight_text, surplus;
    (void)reader.next_cell(value);
    std::optional<double> weight;
    if (reader.next_cell(weight_text) && !(may_be_empty && trim(weight_text).empty())) {
      MIMUS_ASSIGN(weight, weight_of(weight_text, where));
    }
    if (reader.next_cell(surplus)) {
      return fail("source.weight", where + "more than two columns", "a line is value and weight");
    }
    out.values.emplace_back(value);
    out.weights.push_back(weight);
  }
  return out;
}

// The cells of a row behind each other.
void read_cells(CsvReader& reader, std::vector<std::string_view>& cells) {
  cells.clear();
  std::string_view cell;
  while (reader.next_cell(cell)) cells.push_back(cell);
}

// A row as a map; of two columns of one name the last counts, in the place of the first.
Value map_of(const std::vector<std::string>& names, const std::vector<std::string_view>& cells,
             std::size_t weight_column) {
  ValueMap out;
  for (std::size_t c = 0; c < std::min(names.size(), cells.size()); ++c) {
    if (c == weight_column) continue;
    const auto known = std::ranges::find(out, names[c], &ValueMap::value_type::first);
    Value value{std::string(cells[c])};
    if (known == out.end()) {
      out.emplace_back(names[c], std::move(value));
    } else {
      known->second = std::move(value);
    }
  }
  return Value::map(std::move(out));
}

std::string known_columns(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "its columns: " : ", ") + name.substr(0, kMostShown);
  return out;
}

}  // namespace

Result<WeightedValues> read_weights(const fs::path& file, const FileOptions& options, std::string_view shown_name) {
  WeightedValues out;
  MIMUS_ASSIGN(WeightLines lines, read_lines(file, options, false, shown_name, out.warnings));
  out.values = std::move(lines.values);
  for (const auto& weight : lines.weights) out.weights.push_back(weight.value_or(1));
  MIMUS_TRY(check_sum(out.weights, shown_name, std::string("lines are value") + options.separator + "weight"));
  return out;
}

Result<WeightedValues> read_options(const fs::path& file, const FileOptions& options, std::string_view shown_name) {
  WeightedValues out;
  MIMUS_ASSIGN(WeightLines lines, read_lines(file, options, true, shown_name, out.warnings));
  double sum = 0;
  std::size_t open = 0;
  for (const auto& weight : lines.weights) {
    sum += weight.value_or(0);
    if (!weight) ++open;
  }
  const double whole = sum > 1 + kRounding ? 100 : 1;
  if (sum > whole * (1 + kRounding)) {
    return fail("source.weight",
                "the weights of '" + std::string(shown_name) + "' add up to " + float_text(sum) + ", more than 100",
                "weights are shares of 1 or percentages");
  }
  const double share = open == 0 ? 0 : std::max(0.0, whole - sum) / static_cast<double>(open);
  out.values = std::move(lines.values);
  for (const auto& weight : lines.weights) out.weights.push_back(weight.value_or(share));
  MIMUS_TRY(
      check_sum(out.weights, shown_name, std::string("lines are value, or value") + options.separator + "weight"));
  return out;
}

Result<WeightedRows> read_weighted_rows(const fs::path& file, const FileOptions& options,
                                        std::string_view weight_column, std::string_view shown_name) {
  WeightedRows out;
  MIMUS_ASSIGN(const WeightText text, open_weight_text(file, options, shown_name, out.warnings));
  std::deque<std::string> unquoted;
  CsvReader reader(text.text->view(), text.separator, unquoted);
  std::vector<std::string_view> cells;
  if (reader.next_row()) read_cells(reader, cells);
  const std::vector<std::string> names(cells.begin(), cells.end());
  const auto found = std::ranges::find(names, weight_column);
  if (found == names.end()) {
    return fail("source.weight",
                "'" + std::string(shown_name) + "' has no column '" + std::string(weight_column) + "' of weights",
                names.empty() ? "the first line names the columns" : known_columns(names));
  }
  const auto column = static_cast<std::size_t>(found - names.begin());
  while (reader.next_row()) {
    const std::string where = place(shown_name, reader);
    read_cells(reader, cells);
    if (cells.size() <= column) continue;
    MIMUS_ASSIGN(const double weight, weight_of(cells[column], where));
    out.rows.push_back(map_of(names, cells, column));
    out.weights.push_back(weight);
  }
  MIMUS_TRY(
      check_sum(out.weights, shown_name, "rows with a number of 0 or more in '" + std::string(weight_column) + "'"));
  return out;
}

}  // namespace mimus
