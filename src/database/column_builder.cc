#include "database/column_builder.h"

namespace mimus {

bool ColumnBuilder::begin(Type type) {
  if (column_.type == type) return true;
  if (column_.type != Type::Null) {
    if (column_.type != Type::Dynamic) widen();
    return false;
  }
  // Nulls so far.
  column_.type = type;
  if (rows_ > 0) column_.valid.assign(rows_, 0);
  column_.bools.resize(type == Type::Bool ? rows_ : 0);
  column_.ints.resize(type == Type::Int64 || type == Type::DateTime ? rows_ : 0);
  column_.floats.resize(type == Type::Float64 ? rows_ : 0);
  column_.values.resize(type == Type::Dynamic ? rows_ : 0);
  spans_.resize(type == Type::String ? rows_ : 0);
  return true;
}

Value ColumnBuilder::value_at(std::size_t row) const {
  if (!column_.valid.empty() && column_.valid[row] == 0) return {};
  switch (column_.type) {
    case Type::Bool:
      return Value(column_.bools[row] != 0);
    case Type::Int64:
      return Value(column_.ints[row]);
    case Type::Float64:
      return Value(column_.floats[row]);
    case Type::DateTime:
      return Value(Timestamp{column_.ints[row]});
    case Type::String:
      return Value(std::string(column_.arena.data() + spans_[row].first, spans_[row].second));
    default:
      return {};
  }
}

void ColumnBuilder::widen() {
  std::vector<Value> values(rows_);
  for (std::size_t row = 0; row < rows_; ++row) values[row] = value_at(row);
  column_.values = std::move(values);
  column_.type = Type::Dynamic;
  column_.arena.clear();
  spans_.clear();
}

void ColumnBuilder::add_null() {
  if (column_.type != Type::Null && column_.valid.empty()) column_.valid.assign(rows_, 1);
  switch (column_.type) {
    case Type::Bool:
      column_.bools.push_back(0);
      break;
    case Type::Int64:
    case Type::DateTime:
      column_.ints.push_back(0);
      break;
    case Type::Float64:
      column_.floats.push_back(0);
      break;
    case Type::String:
      spans_.emplace_back();
      break;
    case Type::Dynamic:
      column_.values.emplace_back();
      break;
    default:
      break;
  }
  if (column_.type != Type::Null) column_.valid.push_back(0);
  ++rows_;
}

void ColumnBuilder::add_bool(bool value) {
  if (!begin(Type::Bool)) return add(Value(value));
  column_.bools.push_back(value ? 1 : 0);
  if (!column_.valid.empty()) column_.valid.push_back(1);
  ++rows_;
}

void ColumnBuilder::add_int(std::int64_t value) {
  if (!begin(Type::Int64)) return add(Value(value));
  column_.ints.push_back(value);
  if (!column_.valid.empty()) column_.valid.push_back(1);
  ++rows_;
}

void ColumnBuilder::add_float(double value) {
  if (!begin(Type::Float64)) return add(Value(value));
  column_.floats.push_back(value);
  if (!column_.valid.empty()) column_.valid.push_back(1);
  ++rows_;
}

void ColumnBuilder::add_time(Timestamp value) {
  if (!begin(Type::DateTime)) return add(Value(value));
  column_.ints.push_back(value.micros);
  if (!column_.valid.empty()) column_.valid.push_back(1);
  ++rows_;
}

void ColumnBuilder::add_text(std::string_view value) {
  if (!begin(Type::String)) return add(Value(std::string(value)));
  spans_.emplace_back(column_.arena.size(), value.size());
  column_.arena.insert(column_.arena.end(), value.begin(), value.end());
  if (!column_.valid.empty()) column_.valid.push_back(1);
  ++rows_;
}

// Of a type that has a form of its own it takes that one, unless the column is of values already.
void ColumnBuilder::add(Value value) {
  if (value.is_null()) return add_null();
  if (column_.type != Type::Dynamic) {
    if (const bool* truth = value.as_bool()) return add_bool(*truth);
    if (const std::int64_t* whole = value.as_int()) return add_int(*whole);
    if (const double* number = value.as_float()) return add_float(*number);
    if (const Timestamp* time = value.as_time()) return add_time(*time);
    if (const std::string* text = value.as_text()) return add_text(*text);
    (void)begin(Type::Dynamic);
  }
  column_.values.push_back(std::move(value));
  if (!column_.valid.empty()) column_.valid.push_back(1);
  ++rows_;
}

Column ColumnBuilder::take() {
  column_.size = rows_;
  if (column_.type == Type::String) {
    column_.texts.resize(rows_);
    column_.clean = true;
    for (std::size_t row = 0; row < rows_; ++row) {
      column_.texts[row] = {column_.arena.data() + spans_[row].first, spans_[row].second};
      column_.clean = column_.clean && is_clean_text(column_.texts[row]);
    }
  }
  Column out = std::move(column_);
  column_ = {};
  spans_.clear();
  rows_ = 0;
  return out;
}

}  // namespace mimus
