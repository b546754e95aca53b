#include "source/csv.h"

#include <algorithm>

#include "source/separator.h"
#include "source/source.h"
#include "source/source_text.h"
#include "source/table.h"

namespace mimus {
namespace {

// What the cells of a file point into.
struct CsvMemory {
  std::shared_ptr<SourceText> text;
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

Result<OpenedRows> open_csv(const fs::path& file, const FileOptions& options, std::string_view shown_name) {
  auto memory = std::make_shared<CsvMemory>();
  MIMUS_ASSIGN(memory->text, open_text(file, options, shown_name));
  MIMUS_TRY(memory->text->map());
  const std::string_view text = memory->text->view();
  OpenedRows out{.rows = nullptr, .warnings = memory->text->warnings()};
  char separator = options.separator;
  if (!options.separator_is_given) {
    separator = detect_separator(text.substr(0, kSeparatorSample), text.size() <= kSeparatorSample, separator,
                                 shown_name, out.warnings);
  }
  CsvReader reader(text, separator, memory->unquoted);
  Columns columns(memory);
  if (reader.next_row()) {
    std::string_view cell;
    while (reader.next_cell(cell)) columns.add(cell);
  }
  while (reader.next_row()) columns.read_row(reader);
  out.rows = columns.table();
  return out;
}

}  // namespace mimus
