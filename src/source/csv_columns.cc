#include "source/csv_columns.h"

#include <algorithm>

#include "source/table.h"

namespace mimus {

CsvHeader read_header(CsvReader& reader) {
  CsvHeader header;
  std::string_view name;
  while (reader.next_cell(name)) {
    const auto known = std::ranges::find(header.names, name);
    header.places.push_back(static_cast<std::size_t>(known - header.names.begin()));
    if (known == header.names.end()) header.names.emplace_back(name);
  }
  return header;
}

CsvColumns::CsvColumns(const CsvHeader& header, const std::shared_ptr<const void>& owner, std::size_t rows)
    : header_(header) {
  for (std::size_t c = 0; c < header.names.size(); ++c) {
    auto column = std::make_shared<Column>();
    column->type = Type::String;
    column->owner = owner;
    column->clean = true;
    column->texts.reserve(rows);
    columns_.push_back(std::move(column));
  }
}

void CsvColumns::read_row(CsvReader& reader) {
  std::string_view cell;
  std::size_t c = 0;
  for (; reader.next_cell(cell); ++c) {
    if (c < header_.places.size()) set(header_.places[c], cell);
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

void CsvColumns::set(std::size_t place, std::string_view cell) {
  Column& column = *columns_[place];
  column.clean = column.clean && is_clean_text(cell);
  if (column.texts.size() > rows_) {
    column.texts[rows_] = cell;  // a second column of the same name
  } else {
    column.texts.push_back(cell);
  }
}

std::vector<std::shared_ptr<Column>> CsvColumns::finish() {
  for (auto& column : columns_) {
    column->size = rows_;
    if (!column->present.empty()) column->present.resize(rows_, 1);
  }
  return std::move(columns_);
}

std::shared_ptr<const Source> CsvColumns::table() {
  const auto columns = finish();
  return std::make_shared<Table>(rows_, header_.names,
                                 std::vector<std::shared_ptr<const Column>>(columns.begin(), columns.end()));
}

}  // namespace mimus
