#include "domain/picking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mimus {
namespace {

std::vector<std::size_t> all_rows(const PackTable& table) {
  std::vector<std::size_t> out(table.rows());
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

std::vector<double> weights_of(const PackTable& table, std::span<const std::size_t> rows) {
  const std::span<const double> all = table.floats("weight");
  std::vector<double> out;
  out.reserve(rows.size());
  for (const std::size_t row : rows) out.push_back(all.empty() ? 1 : all[row]);
  return out;
}

}  // namespace

std::size_t weighted(Draws& draws, std::span<const double> weights) {
  double left = draws.fraction() * std::accumulate(weights.begin(), weights.end(), 0.0);
  std::size_t last = 0;
  for (std::size_t place = 0; place < weights.size(); ++place) {
    if (weights[place] <= 0) continue;
    last = place;
    left -= weights[place];
    if (left < 0) return place;
  }
  // The sum was rounded up.
  return last;
}

std::size_t weighted(Draws& draws, std::initializer_list<double> weights) {
  return weighted(draws, std::span(weights.begin(), weights.size()));
}

std::vector<std::size_t> rows_of_group(const PackTable& table, std::string_view column, std::string_view group) {
  const PackTexts groups = table.texts(column);
  std::vector<std::size_t> out;
  std::vector<std::size_t> without;
  for (std::size_t row = 0; row < groups.size(); ++row) {
    if (groups[row] == group) out.push_back(row);
    if (groups[row].empty()) without.push_back(row);
  }
  if (!out.empty()) return out;
  return without.empty() ? all_rows(table) : without;
}

std::size_t pick_row(Draws& draws, const PackTable& table, std::span<const std::size_t> rows) {
  return rows[weighted(draws, weights_of(table, rows))];
}

std::string_view pick_of_group(const Cell& cell, std::size_t choice, std::string_view column, std::string_view group) {
  const PackTable& table = cell.choice(choice).table();
  return table.texts("name")[pick_row(cell.draws, table, rows_of_group(table, column, group))];
}

std::vector<std::size_t> distinct_rows(Draws& draws, std::vector<std::size_t> rows, std::vector<double> weights,
                                       std::size_t count) {
  std::vector<std::size_t> out;
  while (out.size() < count && !rows.empty()) {
    const std::size_t place = weighted(draws, weights);
    out.push_back(rows[place]);
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(place));
    weights.erase(weights.begin() + static_cast<std::ptrdiff_t>(place));
  }
  return out;
}

std::vector<std::size_t> distinct_rows(Draws& draws, const PackTable& table, std::vector<std::size_t> rows,
                                       std::size_t count) {
  std::vector<double> weights = weights_of(table, rows);
  return distinct_rows(draws, std::move(rows), std::move(weights), count);
}

Value some_words(const Cell& cell, std::size_t choice, std::vector<std::size_t> rows, std::int64_t least,
                 std::int64_t most) {
  const PackTable& table = cell.choice(choice).table();
  const auto count = static_cast<std::size_t>(between(cell, least, most));
  std::vector<std::string> words;
  for (const std::size_t row : distinct_rows(cell.draws, table, std::move(rows), count)) {
    words.emplace_back(table.texts("name")[row]);
  }
  std::ranges::sort(words);
  ValueList out;
  for (std::string& word : words) out.emplace_back(std::move(word));
  return Value::list(std::move(out));
}

Value some_words(const Cell& cell, std::size_t choice, std::int64_t least, std::int64_t most) {
  return some_words(cell, choice, all_rows(cell.choice(choice).table()), least, most);
}

double decimal_between(Draws& draws, double first, double last, int decimals) {
  const double unit = std::pow(10.0, decimals);
  return static_cast<double>(draws.between(std::llround(first * unit), std::llround(last * unit))) / unit;
}

std::string filled(std::string_view pattern, std::initializer_list<Placeholder> words) {
  std::string out(pattern);
  for (const Placeholder& one : words) out = replaced(out, one.mark, one.word);
  return out;
}

}  // namespace mimus
