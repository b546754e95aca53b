#include "data/column.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "data/record.h"

namespace mimus {
namespace {

constexpr double kPowersOfTen[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

constexpr std::array<bool, 256> clean_table() {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    table[c] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || c == '_' ||
               c == '.' || c == ':' || c == '-' || c == '+';
  }
  return table;
}
constexpr auto kClean = clean_table();

Type type_of(const Value& value) {
  if (value.is_null()) return Type::Null;
  if (value.as_bool() != nullptr) return Type::Bool;
  if (value.as_int() != nullptr) return Type::Int64;
  if (value.as_float() != nullptr) return Type::Float64;
  if (value.as_text() != nullptr) return Type::String;
  if (value.as_time() != nullptr) return Type::DateTime;
  return Type::Dynamic;
}

// The one type of all values that are not null; Dynamic when they differ.
Type common_type(const std::vector<Value>& values) {
  Type common = Type::Null;
  for (const Value& value : values) {
    const Type type = type_of(value);
    if (type == Type::Null || type == common) continue;
    if (common != Type::Null) return Type::Dynamic;
    common = type;
  }
  return common;
}

void fill_texts(const std::vector<Value>& values, Column& out) {
  std::size_t bytes = 0;
  for (const Value& value : values) bytes += value.is_null() ? 0 : value.as_text()->size();
  char* p = out.make_arena(bytes);
  out.make_texts();
  out.clean = true;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (values[k].is_null()) continue;
    const std::string& text = *values[k].as_text();
    out.texts[k] = {p, text.size()};
    p = std::copy(text.begin(), text.end(), p);
    out.clean = out.clean && is_clean_text(text);
  }
}

}  // namespace

std::string_view type_name(Type type) {
  constexpr std::string_view kNames[] = {"null", "bool", "int", "float", "string", "datetime", "any", "dict", "list"};
  return kNames[static_cast<std::size_t>(type)];
}

void Column::reset(Type new_type, std::size_t rows) {
  is_written = true;
  type = new_type;
  form = Form::Flat;
  clean = false;
  scale = -1;
  size = rows;
  present.clear();
  valid.clear();
  values.clear();
  dictionary.reset();
  owner.reset();
}

std::uint8_t* Column::make_bools() {
  bools.resize(size);
  return bools.data();
}

std::int64_t* Column::make_ints() {
  ints.resize(size);
  return ints.data();
}

double* Column::make_floats() {
  floats.resize(size);
  return floats.data();
}

std::string_view* Column::make_texts() {
  texts.assign(size, std::string_view{});
  return texts.data();
}

char* Column::make_arena(std::size_t bytes) {
  arena.resize(bytes);
  return arena.data();
}

std::uint32_t* Column::make_indices(std::shared_ptr<const Column> values_of) {
  form = Form::Dictionary;
  type = values_of->type;
  clean = values_of->clean;
  dictionary = std::move(values_of);
  indices.resize(size);
  return indices.data();
}

std::uint8_t* Column::make_valid() {
  is_written = true;
  if (valid.empty()) valid.assign(size, 1);
  return valid.data();
}

std::uint8_t* Column::make_present() {
  is_written = true;
  if (present.empty()) present.assign(size, 1);
  return present.data();
}

bool Column::is_present(std::size_t row) const {
  if (!present.empty() && present[row] == 0) return false;
  return form != Form::Dictionary || dictionary->is_present(indices[row]);
}

bool Column::is_valid(std::size_t row) const {
  if (type == Type::Null) return false;
  if (!valid.empty() && valid[row] == 0) return false;
  return form != Form::Dictionary || dictionary->is_valid(indices[row]);
}

Value value_at(const Column& column, std::size_t row) {
  if (!column.is_present(row) || !column.is_valid(row)) return Value();
  if (column.form == Form::Dictionary) return value_at(*column.dictionary, column.indices[row]);
  const std::size_t k = column.form == Form::Constant ? 0 : row;
  switch (column.type) {
    case Type::Null:
      return Value();
    case Type::Bool:
      return Value(column.bools[k] != 0);
    case Type::Int64:
      return Value(column.ints[k]);
    case Type::Float64:
      if (column.scale < 0) return Value(column.floats[k]);
      return Value(static_cast<double>(column.ints[k]) / kPowersOfTen[column.scale]);
    case Type::String:
      return Value(std::string(column.texts[k]));
    case Type::DateTime:
      return Value(Timestamp{column.ints[k]});
    case Type::Dynamic:
      return column.values[k];
    case Type::Struct:
      return map_at(*column.record, k);
    case Type::List: {
      ValueList items;
      for (std::uint32_t i = column.offsets[k]; i < column.offsets[k + 1]; ++i) {
        items.push_back(map_at(*column.record, i));
      }
      return Value::list(std::move(items));
    }
  }
  return Value();
}

Value map_at(const Record& record, std::size_t row, std::string_view without) {
  ValueMap out;
  if (record.has_base) {
    const Value base = value_at(record.base, row);
    if (const ValueMap* map = base.as_map()) out = *map;
  }
  for (const Field& field : record.fields) {
    if ((!without.empty() && field.name == without) || !field.column.is_present(row)) continue;
    Value value = value_at(field.column, row);
    const auto known = std::ranges::find(out, field.name, &ValueMap::value_type::first);
    if (known == out.end()) {
      out.emplace_back(field.name, std::move(value));
    } else {
      known->second = std::move(value);
    }
  }
  return Value::map(std::move(out));
}

std::shared_ptr<const Column> column_of(const std::vector<Value>& values) {
  auto out = std::make_shared<Column>();
  out->reset(common_type(values), values.size());
  switch (out->type) {
    case Type::Bool:
      out->make_bools();
      break;
    case Type::Int64:
    case Type::DateTime:
      out->make_ints();
      break;
    case Type::Float64:
      out->make_floats();
      break;
    case Type::String:
      fill_texts(values, *out);
      break;
    case Type::Dynamic:
      out->values = values;
      break;
    default:
      break;
  }
  for (std::size_t k = 0; k < values.size(); ++k) {
    const Value& value = values[k];
    if (value.is_null()) {
      out->make_valid()[k] = 0;
    } else if (out->type == Type::Bool) {
      out->bools[k] = *value.as_bool() ? 1 : 0;
    } else if (out->type == Type::Int64) {
      out->ints[k] = *value.as_int();
    } else if (out->type == Type::DateTime) {
      out->ints[k] = value.as_time()->micros;
    } else if (out->type == Type::Float64) {
      out->floats[k] = *value.as_float();
    }
  }
  return out;
}

bool is_clean_byte(char c) { return kClean[static_cast<unsigned char>(c)]; }

bool is_clean_text(std::string_view text) { return std::ranges::all_of(text, is_clean_byte); }

}  // namespace mimus
