#include "data/gather.h"

#include <algorithm>
#include <numeric>

namespace mimus {
namespace {

void gather_mask(const std::vector<std::uint8_t>& in, std::span<const std::uint32_t> rows,
                 std::vector<std::uint8_t>& out) {
  if (in.empty()) return;
  out.resize(rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) out[k] = in[rows[k]];
}

template <class T>
void gather_values(const std::vector<T>& in, std::span<const std::uint32_t> rows, std::vector<T>& out) {
  out.resize(rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) out[k] = in[rows[k]];
}

void gather_list(const Column& in, std::span<const std::uint32_t> rows, Column& out) {
  std::vector<std::uint32_t> elements;
  out.offsets.assign(1, 0);
  for (const std::uint32_t row : rows) {
    for (std::uint32_t i = in.offsets[row]; i < in.offsets[row + 1]; ++i) elements.push_back(i);
    out.offsets.push_back(static_cast<std::uint32_t>(elements.size()));
  }
  out.record = std::make_shared<Record>();
  gather(*in.record, elements, *out.record);
}

// The one value of a constant column, for any number of rows.
void copy_constant(const Column& in, std::size_t rows, Column& out) {
  out = in;
  out.size = rows;
  if (!in.valid.empty()) out.valid.assign(rows, in.valid[0]);
  if (!in.present.empty()) out.present.assign(rows, in.present[0]);
}

void own_texts(Column& column) {
  std::size_t bytes = 0;
  const std::size_t count = column.form == Form::Constant ? 1 : column.size;
  for (std::size_t k = 0; k < count; ++k) bytes += column.is_valid(k) ? column.texts[k].size() : 0;
  std::vector<char> arena(bytes);
  char* p = arena.data();
  for (std::size_t k = 0; k < count; ++k) {
    if (!column.is_valid(k)) {
      column.texts[k] = {};
      continue;
    }
    const std::string_view text = column.texts[k];
    std::ranges::copy(text, p);
    column.texts[k] = {p, text.size()};
    p += text.size();
  }
  column.arena = std::move(arena);
  column.owner.reset();
}

// Dictionaries are shared and never change; all other memory becomes the column's own.
void own_memory(Column& column) {
  if (column.form == Form::Dictionary) return;
  if (column.type == Type::String) own_texts(column);
  if (column.record) own_memory(*column.record);
}

}  // namespace

void gather(const Column& in, std::span<const std::uint32_t> rows, Column& out) {
  if (in.form == Form::Constant && in.type != Type::Struct && in.type != Type::List) {
    copy_constant(in, rows.size(), out);
    return;
  }
  out.reset(in.type, rows.size());
  out.clean = in.clean;
  out.scale = in.scale;
  out.owner = in.owner;
  gather_mask(in.present, rows, out.present);
  gather_mask(in.valid, rows, out.valid);
  if (in.form == Form::Dictionary) {
    std::uint32_t* indices = out.make_indices(in.dictionary);
    for (std::size_t k = 0; k < rows.size(); ++k) indices[k] = in.indices[rows[k]];
    return;
  }
  switch (in.type) {
    case Type::Null:
      return;
    case Type::Bool:
      return gather_values(in.bools, rows, out.bools);
    case Type::Int64:
    case Type::DateTime:
      return gather_values(in.ints, rows, out.ints);
    case Type::Float64:
      return in.scale >= 0 ? gather_values(in.ints, rows, out.ints) : gather_values(in.floats, rows, out.floats);
    case Type::String:
      return gather_values(in.texts, rows, out.texts);
    case Type::Dynamic:
      return gather_values(in.values, rows, out.values);
    case Type::Struct:
      out.record = std::make_shared<Record>();
      return gather(*in.record, rows, *out.record);
    case Type::List:
      return gather_list(in, rows, out);
  }
}

void gather(const Record& in, std::span<const std::uint32_t> rows, Record& out) {
  out.rows = rows.size();
  out.has_base = in.has_base;
  if (in.has_base) gather(in.base, rows, out.base);
  out.fields.resize(in.fields.size());
  for (std::size_t f = 0; f < in.fields.size(); ++f) {
    out.fields[f].name = in.fields[f].name;
    gather(in.fields[f].column, rows, out.fields[f].column);
  }
}

void own_memory(Record& record) {
  if (record.has_base) own_memory(record.base);
  for (Field& field : record.fields) own_memory(field.column);
}

std::shared_ptr<const Record> own(const Record& record, std::size_t count) {
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  auto out = std::make_shared<Record>();
  gather(record, rows, *out);
  own_memory(*out);
  return out;
}

}  // namespace mimus
