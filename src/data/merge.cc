#include "data/merge.h"

#include <algorithm>

#include "data/gather.h"

namespace mimus {
namespace {

bool is_typed(const Column& column) {
  switch (column.type) {
    case Type::Bool:
    case Type::Int64:
    case Type::Float64:
    case Type::String:
    case Type::DateTime:
      return true;
    default:
      return false;
  }
}

// Where a value lies: dictionaries and constants followed to their flat column.
const Column& flat_of(const Column& column, std::size_t& row) {
  if (column.form == Form::Dictionary) {
    row = column.indices[row];
    return *column.dictionary;
  }
  if (column.form == Form::Constant) row = 0;
  return column;
}

bool is_absent(const Column& column) {
  return column.present.size() == column.size &&
         std::ranges::none_of(column.present, [](std::uint8_t p) { return p != 0; });
}

void make_values(Column& column) {
  switch (column.type) {
    case Type::Bool:
      column.make_bools();
      return;
    case Type::Float64:
      column.scale >= 0 ? static_cast<void>(column.make_ints()) : static_cast<void>(column.make_floats());
      return;
    case Type::String:
      column.make_texts();
      return;
    default:
      column.make_ints();
  }
}

// One value of the same type and scale.
void put(Column& into, std::size_t row, const Column& from, std::size_t at) {
  if (!from.is_present(at)) {
    into.make_present()[row] = 0;
    return;
  }
  if (!into.present.empty()) into.present[row] = 1;
  if (!from.is_valid(at)) {
    into.make_valid()[row] = 0;
    return;
  }
  if (!into.valid.empty()) into.valid[row] = 1;
  const Column& flat = flat_of(from, at);
  if (into.type == Type::Bool) {
    into.bools[row] = flat.bools[at];
  } else if (into.type == Type::String) {
    into.texts[row] = flat.texts[at];
  } else if (into.type == Type::Float64 && into.scale < 0) {
    into.floats[row] = flat.floats[at];
  } else {
    into.ints[row] = flat.ints[at];
  }
}

// Lists and dicts of rows that had no value before: the record gets empty places for the others.
void spread_nested(Column& into, const Column& part, std::span<const std::uint32_t> rows) {
  const std::size_t size = into.size;
  Column out;
  out.reset(part.type, size);
  out.present.assign(size, 0);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    out.present[rows[k]] = part.is_present(k) ? 1 : 0;
    if (!part.is_valid(k)) out.make_valid()[rows[k]] = 0;
  }
  out.record = part.record;
  if (part.type == Type::List) {
    out.offsets.assign(size + 1, 0);
    std::size_t k = 0;
    for (std::size_t row = 0; row < size; ++row) {
      const bool own = k < rows.size() && rows[k] == row;
      out.offsets[row + 1] = out.offsets[row] + (own ? part.offsets[k + 1] - part.offsets[k] : 0);
      if (own) ++k;
    }
  } else {
    std::vector<std::uint32_t> places(size, 0);
    for (std::size_t k = 0; k < rows.size(); ++k) places[rows[k]] = static_cast<std::uint32_t>(k);
    out.record = std::make_shared<Record>();
    gather(*part.record, places, *out.record);
  }
  into = std::move(out);
}

}  // namespace

void merge(Column& into, const Column& part, std::span<const std::uint32_t> rows) {
  if (rows.empty()) return;
  into.is_written = true;
  const bool fresh = is_absent(into) || rows.size() == into.size;
  const bool nested = part.type == Type::List || part.type == Type::Struct;
  if (fresh && nested && (part.type == Type::List || part.record->rows > 0)) return spread_nested(into, part, rows);
  const bool same = into.type == part.type && into.scale == part.scale && into.form == Form::Flat;
  if (is_typed(part) && (fresh || same)) {
    if (!same || into.form != Form::Flat) {
      const std::size_t size = into.size;
      into.reset(part.type, size);
      into.scale = part.scale;
      into.clean = part.clean || part.type != Type::String;
      into.present.assign(size, 0);
      make_values(into);
    }
    into.clean = into.clean && part.clean;
    for (std::size_t k = 0; k < rows.size(); ++k) put(into, rows[k], part, k);
    return;
  }
  std::vector<Value> values(into.size);
  std::vector<std::uint8_t> present(into.size);
  for (std::size_t row = 0; row < into.size; ++row) {
    present[row] = into.is_present(row) ? 1 : 0;
    values[row] = value_at(into, row);
  }
  for (std::size_t k = 0; k < rows.size(); ++k) {
    present[rows[k]] = part.is_present(k) ? 1 : 0;
    values[rows[k]] = value_at(part, k);
  }
  const auto made = column_of(values);
  into = *made;
  into.owner = made;
  if (std::ranges::find(present, 0) != present.end()) into.present = std::move(present);
}

}  // namespace mimus
