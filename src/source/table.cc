#include "source/table.h"

#include <algorithm>

namespace mimus {
namespace {

void pick(const std::shared_ptr<const Column>& values, std::span<const std::uint64_t> rows, Column& out) {
  out.reset(values->type, rows.size());
  std::uint32_t* indices = out.make_indices(values);
  for (std::size_t k = 0; k < rows.size(); ++k) indices[k] = static_cast<std::uint32_t>(rows[k]);
}

}  // namespace

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
