#include "plan/demographics.h"

#include <algorithm>
#include <charconv>
#include <deque>

#include "base/text.h"
#include "plan/sources.h"
#include "source/csv.h"

namespace mimus {
namespace {

// The cells of a row, in the order of the wanted columns; its place in the file.
struct TableRow {
  std::vector<std::string> cells;
  Location at;
};

std::unexpected<Diagnostic> wrong(const Location& at, std::string message, std::string hint) {
  Diagnostic out{.code = "demographics.file", .message = std::move(message), .hint = std::move(hint)};
  out.where = at;
  return fail(std::move(out));
}

class Table {
 public:
  Table(const Demographics& element, std::string name, std::string text)
      : element_(element), name_(std::move(name)), text_(std::move(text)), reader_(text_, ',', unquoted_) {}

  // Of the element's dataset and version: the wanted columns.
  Result<std::vector<TableRow>> read(std::vector<std::string_view> wanted) {
    wanted.insert(wanted.begin(), {"dataset", "version"});
    if (!reader_.next_row()) return wrong(place(), "'" + name_ + "' is empty", header_hint(wanted));
    const std::vector<std::string> header = cells();
    std::vector<std::size_t> places;
    for (const std::string_view column : wanted) {
      const auto known = std::ranges::find(header, column);
      if (known == header.end()) {
        return wrong(place(), "'" + name_ + "' has no column '" + std::string(column) + "'", header_hint(wanted));
      }
      places.push_back(static_cast<std::size_t>(known - header.begin()));
    }
    std::vector<TableRow> out;
    while (reader_.next_row()) {
      const std::vector<std::string> row = cells();
      TableRow kept{.cells = {}, .at = place()};
      for (const std::size_t at : places) kept.cells.push_back(at < row.size() ? row[at] : "");
      MIMUS_TRY(check_key(kept));
      kept.cells.erase(kept.cells.begin(), kept.cells.begin() + 2);
      out.push_back(std::move(kept));
    }
    return out;
  }

 private:
  static std::string header_hint(const std::vector<std::string_view>& wanted) {
    std::string out;
    for (const std::string_view column : wanted) out.append(out.empty() ? "its first line is " : ",").append(column);
    return out;
  }

  std::vector<std::string> cells() {
    std::vector<std::string> out;
    std::string_view cell;
    while (reader_.next_cell(cell)) out.emplace_back(trim(cell));
    return out;
  }

  [[nodiscard]] Location place() const {
    Location out = element_.dir.at;
    out.file = name_;
    out.line = static_cast<int>(std::max<std::size_t>(reader_.line(), 1));
    out.column = 1;
    out.length = 0;
    return out;
  }

  [[nodiscard]] Status check_key(const TableRow& row) const {
    if (row.cells[0] != element_.dataset.text) {
      return wrong(row.at, "dataset '" + row.cells[0] + "' in place of '" + element_.dataset.text + "'",
                   "all rows are of the element's dataset");
    }
    if (row.cells[1] == element_.version.text) return {};
    return wrong(row.at, "version '" + row.cells[1] + "' in place of '" + element_.version.text + "'",
                 "all rows are of the element's version");
  }

  const Demographics& element_;
  std::string name_;
  std::string text_;
  std::deque<std::string> unquoted_;
  CsvReader reader_;
};

template <class Number>
Result<Number> number_of(const TableRow& row, std::size_t cell, std::string_view column) {
  Number out{};
  const std::string& text = row.cells[cell];
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error == std::errc() && end == text.data() + text.size() && !text.empty()) return out;
  const std::string kind = std::is_integral_v<Number> ? "whole number" : "number";
  return wrong(row.at, "'" + text + "' is no " + kind + " in the column '" + std::string(column) + "'", "");
}

Result<std::vector<TableRow>> read_table(const Demographics& element, std::string_view file,
                                         std::vector<std::string_view> columns, const SetupScope& scope) {
  std::string name = element.dir.text + (element.dir.text.ends_with('/') ? "" : "/") + std::string(file);
  auto text = read_project_file(name, scope);
  if (!text) {
    text.error().where = element.dir.at;
    return fail(std::move(text).error());
  }
  return Table(element, std::move(name), std::move(*text)).read(std::move(columns));
}

Result<std::vector<AgeBand>> read_bands(const Demographics& element, const SetupScope& scope) {
  MIMUS_ASSIGN(const auto rows,
               read_table(element, "age_pyramid.dmgrp.csv", {"sex", "age_min", "age_max", "weight"}, scope));
  std::vector<AgeBand> out;
  for (const TableRow& row : rows) {
    AgeBand band{.sex = row.cells[0]};
    MIMUS_ASSIGN(band.first, number_of<std::int64_t>(row, 1, "age_min"));
    MIMUS_ASSIGN(band.last, number_of<std::int64_t>(row, 2, "age_max"));
    MIMUS_ASSIGN(band.weight, number_of<double>(row, 3, "weight"));
    out.push_back(std::move(band));
  }
  return out;
}

Result<std::vector<ConditionRate>> read_rates(const Demographics& element, const SetupScope& scope) {
  MIMUS_ASSIGN(const auto rows, read_table(element, "condition_rates.dmgrp.csv",
                                           {"condition", "sex", "age_min", "age_max", "prevalence"}, scope));
  std::vector<ConditionRate> out;
  for (const TableRow& row : rows) {
    ConditionRate rate{.condition = row.cells[0], .sex = row.cells[1]};
    MIMUS_ASSIGN(rate.first, number_of<std::int64_t>(row, 2, "age_min"));
    MIMUS_ASSIGN(rate.last, number_of<std::int64_t>(row, 3, "age_max"));
    MIMUS_ASSIGN(rate.prevalence, number_of<double>(row, 4, "prevalence"));
    out.push_back(std::move(rate));
  }
  return out;
}

}  // namespace

Result<std::shared_ptr<const Population>> read_population(const Demographics& demographics, const SetupScope& scope) {
  MIMUS_ASSIGN(auto bands, read_bands(demographics, scope));
  MIMUS_ASSIGN(auto rates, read_rates(demographics, scope));
  auto population = Population::make(std::move(bands), std::move(rates));
  if (!population) {
    population.error().where = demographics.at;
    return fail(std::move(population).error());
  }
  return population;
}

}  // namespace mimus
