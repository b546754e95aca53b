#include "source/csv.h"

#include <algorithm>

#include "base/text.h"
#include "source/file.h"
#include "source/source.h"
#include "source/table.h"

namespace mimus {
namespace {

// What the cells of a file point into.
struct CsvMemory {
  MappedFile file;
  std::deque<std::string> unquoted;
};

// The columns of a file, filled row by row.
class Columns {
 public:
  explicit Columns(std::shared_ptr<const CsvMemory> memory) : memory_(std::move(memory)) {}

  // Where the values of a header cell go: two columns of one name share a place.
  void add(std::string_view name) {
    const auto known = std::ranges::find(names_, name);
    places_.push_back(static_cast<std::size_t>(known - names_.begin()));
    if (known != names_.end()) return;
    names_.emplace_back(name);
    auto column = std::make_shared<Column>();
    column->type = Type::String;
    column->owner = memory_;
    column->clean = true;
    columns_.push_back(std::move(column));
  }

  void read_row(CsvReader& reader) {
    std::string_view cell;
    std::size_t c = 0;
    for (; reader.next_cell(cell); ++c) {
      if (c < places_.size()) set(places_[c], cell);
    }
    // Filled in where this row, or one before, is too short.
    for (auto& column : columns_) {
      if (column->texts.size() == rows_) {
        column->texts.emplace_back();
        column->present.resize(rows_, 1);
        column->present.push_back(0);
      }
    }
    ++rows_;
  }

  [[nodiscard]] std::shared_ptr<const Source> table() {
    for (auto& column : columns_) {
      column->size = rows_;
      if (!column->present.empty()) column->present.resize(rows_, 1);
    }
    return std::make_shared<Table>(rows_, std::move(names_),
                                   std::vector<std::shared_ptr<const Column>>(columns_.begin(), columns_.end()));
  }

 private:
  void set(std::size_t place, std::string_view cell) {
    Column& column = *columns_[place];
    column.clean = column.clean && is_clean_text(cell);
    if (column.texts.size() > rows_) {
      column.texts[rows_] = cell;  // a second column of the same name
    } else {
      column.texts.push_back(cell);
    }
  }

  std::shared_ptr<const CsvMemory> memory_;
  std::vector<std::size_t> places_;  // column of the file: column of the table
  std::vector<std::string> names_;
  std::vector<std::shared_ptr<Column>> columns_;
  std::size_t rows_ = 0;
};

}  // namespace

Result<std::shared_ptr<const Source>> open_csv(const fs::path& file, char separator, std::string_view shown_name) {
  auto memory = std::make_shared<CsvMemory>();
  MIMUS_ASSIGN(memory->file, open_source_file(file, shown_name));
  MIMUS_ASSIGN(const std::string_view text, utf8_text(memory->file.bytes(), shown_name));
  CsvReader reader(text, separator, memory->unquoted);
  Columns columns(memory);
  if (reader.next_row()) {
    std::string_view cell;
    while (reader.next_cell(cell)) columns.add(cell);
  }
  while (reader.next_row()) columns.read_row(reader);
  return columns.table();
}

Result<WeightedValues> read_weights(const fs::path& file, char separator, std::string_view shown_name) {
  MIMUS_ASSIGN(const MappedFile mapped, open_source_file(file, shown_name));
  MIMUS_ASSIGN(const std::string_view text, utf8_text(mapped.bytes(), shown_name));
  std::deque<std::string> unquoted;
  CsvReader reader(text, separator, unquoted);
  WeightedValues out;
  double sum = 0;
  while (reader.next_row()) {
    const std::string place = std::string(shown_name) + ":" + std::to_string(reader.line());
    std::string_view value, weight_text, surplus;
    (void)reader.next_cell(value);
    double weight = 1;
    if (reader.next_cell(weight_text)) {
      const auto number = parse_float(trim(weight_text));
      if (!number || !(*number >= 0) || *number > 1e300) {
        return fail("source.weight",
                    place + ": the weight '" + std::string(weight_text.substr(0, 40)) + "' is no number of 0 or more");
      }
      weight = *number;
    }
    if (reader.next_cell(surplus)) {
      return fail("source.weight", place + ": more than two columns", "a line is value and weight");
    }
    out.values.emplace_back(value);
    out.weights.push_back(weight);
    sum += weight;
  }
  if (!(sum > 0) || !(sum < 1e308)) {
    return fail("source.weight", "'" + std::string(shown_name) + "' has no value with a weight above 0",
                std::string("lines are value") + separator + "weight");
  }
  return out;
}

}  // namespace mimus
