#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/file_statistics.h"
#include "cli/terminal.h"

namespace mimus::cli {
namespace {

using statistics::ColumnStatistics;
using statistics::ProductStatistics;

constexpr std::size_t kMostCell = 24;  // characters

// A value as a cell shows it.
std::string cell_of(const Value& value) {
  const std::string text = value.is_null() ? std::string() : escape_controls(text_of(value));
  if (code_points(text) <= kMostCell) return text;
  std::string out;
  std::size_t at = 0;
  for (std::size_t k = 0; k + 1 < kMostCell; ++k) append_utf8(out, next_code_point(text, at));
  return out + "…";
}

std::string bars_of(const statistics::Histogram& histogram) {
  constexpr std::string_view kBars[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::uint64_t most = std::max<std::uint64_t>(*std::ranges::max_element(histogram.counts), 1);
  std::string out;
  for (const std::uint64_t count : histogram.counts) {
    const double share = static_cast<double>(count) / static_cast<double>(most);
    out += kBars[count == 0 ? 0 : std::clamp(static_cast<int>(share * 8 + 0.5), 1, 8)];
  }
  return out;
}

std::vector<std::string> row_of(const ColumnStatistics& column) {
  std::vector<std::string> out = {cell_of(Value(column.path)), column.type,
                                  with_thousands(column.nulls + column.absent)};
  out.push_back(column.distinct ? (column.distinct_exact ? "" : "~") + with_thousands(*column.distinct) : "");
  const bool is_list = column.elements.has_value() && !column.least;
  out.push_back(is_list ? std::to_string(column.elements->least) + " el." : cell_of(column.least.value_or(Value())));
  out.push_back(column.quantiles.empty() ? "" : cell_of(column.quantiles[column.quantiles.size() / 2]));
  out.push_back(is_list ? std::to_string(column.elements->most) + " el." : cell_of(column.most.value_or(Value())));
  const bool has_top = !column.top.empty() && (column.top[0].second > 1 || column.sample_values == 1);
  out.push_back(has_top ? cell_of(column.top[0].first) + " (" + with_thousands(column.top[0].second) + ")" : "");
  out.push_back(column.histogram ? bars_of(*column.histogram) : "");
  return out;
}

void print_product(const ProductStatistics& product) {
  std::vector<std::vector<std::string>> rows = {
      {"column", "type", "missing", "distinct", "min", "median", "max", "most frequent", "histogram"}};
  for (const ColumnStatistics& column : product.columns) rows.push_back(row_of(column));
  std::vector<std::size_t> widths(rows[0].size(), 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], code_points(row[c]));
  }
  std::string text = escape_controls(product.name) + ": " + with_thousands(product.records) + " records\n";
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      line += "  " + row[c] + std::string(widths[c] - code_points(row[c]), ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  const bool is_sampled = std::ranges::any_of(product.columns, &ColumnStatistics::sampled);
  if (is_sampled) text += "  median, most frequent and histogram: of a sample of the records; ~: an estimate\n";
  std::fputs(text.c_str(), stdout);
}

}  // namespace

int stats(const StatsArguments& arguments) {
  std::vector<ProductStatistics> all;
  for (const std::string& file : arguments.files) {
    auto read = file_statistics(file, {arguments.separator, arguments.encoding});
    if (!read) return report(read.error());
    for (ProductStatistics& product : read->products) all.push_back(std::move(product));
  }
  if (arguments.json) {
    std::printf("%s\n", statistics::statistics_json(all).c_str());
    return kOk;
  }
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (k > 0) std::fputc('\n', stdout);
    print_product(all[k]);
  }
  return kOk;
}

}  // namespace mimus::cli
