#include "source/table.h"

#include <algorithm>

namespace mimus {
namespace {

void pick(const std::shared_ptr<const Column>& values, std::span<const std::uint64_t> rows, Column& out) {
  out.reset(values->type, rows.size());
  std::uint32_t* indices = out.make_indices(values);
  for (std::size_t k = 0; k < rows.size(); ++k) indices[k] = static_cast<std::uint32_t>(rows[k]);
}

bool is_simple(const Value& value) {
  return value.is_null() || value.as_bool() != nullptr || value.as_int() != nullptr || value.as_big() != nullptr ||
         value.as_float() != nullptr || value.as_text() != nullptr;
}

// Every row has the names of the first, in its order, and simple values.
bool is_uniform(const std::vector<Value>& rows) {
  if (rows.empty()) return false;
  const ValueMap& first = *rows[0].as_map();
  if (first.empty() || !std::ranges::all_of(first, [](const auto& entry) { return is_field_name(entry.first); })) {
    return false;
  }
  return std::ranges::all_of(rows, [&](const Value& row) {
    return std::ranges::equal(*row.as_map(), first, [](const auto& one, const auto& other) {
      return one.first == other.first && is_simple(one.second);
    });
  });
}

}  // namespace

bool is_field_name(std::string_view name) {
  return !name.empty() && !name.starts_with('@') && name != "#text" && name.find('|') == std::string_view::npos;
}

std::shared_ptr<const Source> table_with_base(std::vector<Value> rows) {
  auto maps = std::make_shared<Column>();
  maps->type = Type::Dynamic;
  maps->size = rows.size();
  maps->values = std::move(rows);
  return std::make_shared<Table>(std::move(maps));
}

std::shared_ptr<const Source> table_of_maps(std::vector<Value> rows) {
  if (!is_uniform(rows)) return table_with_base(std::move(rows));
  std::vector<std::string> names;
  for (const auto& [name, value] : *rows[0].as_map()) names.push_back(name);
  std::vector<std::shared_ptr<const Column>> columns;
  std::vector<Value> values(rows.size());
  for (std::size_t c = 0; c < names.size(); ++c) {
    for (std::size_t k = 0; k < rows.size(); ++k) values[k] = (*rows[k].as_map())[c].second;
    columns.push_back(column_of(values));
  }
  return std::make_shared<Table>(rows.size(), std::move(names), std::move(columns));
}

void Table::read(std::span<const std::uint64_t> rows, Record& out) const {
  if (base_) {
    out.has_base = true;
    pick(base_, rows, out.base);
    return;
  }
  for (std::size_t c = 0; c < columns_.size(); ++c) pick(columns_[c], rows, out.fields[c].column);
}

std::shared_ptr<const Source> rows_of_maps(ValueList maps) {
  auto column = std::make_shared<Column>();
  column->type = Type::Dynamic;
  column->size = maps.size();
  column->values = std::move(maps);
  return std::make_shared<Table>(std::move(column));
}

}  // namespace mimus
