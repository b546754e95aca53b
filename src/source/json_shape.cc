#include "source/json_shape.h"

#include <algorithm>

#include "base/text.h"
#include "data/json.h"
#include "data/json_events.h"
#include "source/table.h"

namespace mimus {
namespace {

std::uint8_t kind_of_digits(std::string_view digits) {
  if (digits.find_first_of(".eE") != std::string_view::npos) return kJsonFloat;
  return parse_int(digits) ? kJsonInt : kJsonBig;
}

// Follows the events of one element, and how deep they are.
class ShapeProbe {
 public:
  explicit ShapeProbe(JsonShape& shape) : shape_(shape) {}

  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls
  bool Null() { return simple(kJsonNull); }
  bool Bool(bool) { return simple(kJsonBool); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) { return simple(kind_of_digits({text, size})); }
  bool Special(double) { return simple(kJsonFloat); }
  bool String(const char*, rapidjson::SizeType, bool) { return simple(kJsonText); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ == 1) name({text, size});
    return true;
  }
  bool StartObject() {
    if (depth_ == 0) is_object_ = true;
    return open();
  }
  bool StartArray() { return open(); }
  bool EndObject(rapidjson::SizeType) {
    --depth_;
    if (depth_ == 0 && (count_ != shape_.names.size() || count_ == 0)) shape_.is_uniform = false;
    return true;
  }
  bool EndArray(rapidjson::SizeType) {
    --depth_;
    return true;
  }
  // NOLINTEND(readability-identifier-naming)

  [[nodiscard]] bool is_object() const { return is_object_; }
  [[nodiscard]] bool is_too_deep() const { return depth_ >= kMaxJsonDepth; }

 private:
  bool open() {
    if (depth_ > 0) shape_.is_uniform = false;
    if (is_too_deep()) return false;
    ++depth_;
    return true;
  }

  void name(std::string_view text) {
    const std::size_t place = count_++;
    if (!shape_.is_uniform) return;
    if (shape_.rows == 0) {
      const bool known = std::ranges::find(shape_.names, text) != shape_.names.end();
      if (known || !is_field_name(text)) shape_.is_uniform = false;
      shape_.names.emplace_back(text);
      shape_.kinds.push_back(0);
    } else if (place >= shape_.names.size() || shape_.names[place] != text) {
      shape_.is_uniform = false;
    }
  }

  bool simple(std::uint8_t kind) {
    if (depth_ == 1 && shape_.is_uniform && is_object_) shape_.kinds[count_ - 1] |= kind;
    return true;
  }

  JsonShape& shape_;
  std::size_t depth_ = 0;
  std::size_t count_ = 0;  // names of the object so far
  bool is_object_ = false;
};

Type type_of(std::uint8_t kinds) {
  switch (kinds & ~kJsonNull) {
    case 0:
      return Type::Null;
    case kJsonBool:
      return Type::Bool;
    case kJsonInt:
      return Type::Int64;
    case kJsonFloat:
      return Type::Float64;
    case kJsonText:
      return Type::String;
    default:
      return Type::Dynamic;
  }
}

}  // namespace

std::optional<RowProblem> add_to_shape(std::string_view object, JsonShape& shape) {
  ShapeProbe probe(shape);
  const JsonOutcome outcome = read_json_events(object, probe);
  ++shape.rows;
  if (!outcome.is_good && probe.is_too_deep()) {
    return RowProblem{
        outcome.offset,
        {.code = "json.depth", .message = "nested deeper than " + std::to_string(kMaxJsonDepth) + " levels"}};
  }
  if (!outcome.is_good) {
    return RowProblem{std::min(outcome.offset, object.size()),
                      {.code = "json.syntax", .message = outcome.reason, .hint = "the file must be valid JSON"}};
  }
  if (probe.is_object()) return std::nullopt;
  return RowProblem{0, {.code = "source.shape", .message = "each element must be an object"}};
}

void join_shapes(JsonShape& shape, const JsonShape& next) {
  if (next.rows == 0) return;
  if (shape.rows == 0) {
    shape = next;
    return;
  }
  shape.rows += next.rows;
  if (!next.is_uniform || shape.names != next.names) shape.is_uniform = false;
  if (!shape.is_uniform) return;
  for (std::size_t c = 0; c < shape.kinds.size(); ++c) shape.kinds[c] |= next.kinds[c];
}

// Takes the events of one object into the columns.
class JsonColumns::Filler {
 public:
  explicit Filler(JsonColumns& columns) : columns_(columns) {}

  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls
  bool Null() {
    Column* column = next();
    if (column == nullptr) return false;
    column->make_valid()[columns_.rows_] = 0;
    return true;
  }
  bool Bool(bool truth) {
    Column* column = next();
    if (column == nullptr) return false;
    if (column->type == Type::Dynamic) return set(*column, Value(truth));
    if (column->type != Type::Bool) return false;
    column->bools[columns_.rows_] = truth ? 1 : 0;
    return true;
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    Column* column = next();
    if (column == nullptr) return false;
    const std::string_view digits(text, size);
    if (column->type == Type::Dynamic) return set(*column, json_number(digits));
    if (column->type == Type::Int64) {
      const auto number = parse_int(digits);
      if (number) column->ints[columns_.rows_] = *number;
      return number.has_value();
    }
    if (column->type != Type::Float64) return false;
    column->floats[columns_.rows_] = parse_float(digits).value_or(0);
    return true;
  }
  bool Special(double value) {
    Column* column = next();
    if (column == nullptr) return false;
    if (column->type == Type::Dynamic) return set(*column, Value(value));
    if (column->type != Type::Float64) return false;
    column->floats[columns_.rows_] = value;
    return true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    Column* column = next();
    if (column == nullptr) return false;
    const std::string_view value(text, size);
    if (column->type == Type::Dynamic) return set(*column, Value(std::string(value)));
    if (column->type != Type::String) return false;
    column->arena.insert(column->arena.end(), value.begin(), value.end());
    column->clean = column->clean && is_clean_text(value);
    columns_.ends_[place_ - 1].back() = column->arena.size();
    return true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    return place_ < columns_.columns_.size() && columns_.shape_.names[place_] == std::string_view(text, size);
  }
  bool StartObject() { return !std::exchange(is_open_, true); }
  static bool StartArray() { return false; }
  bool EndObject(rapidjson::SizeType) const { return place_ == columns_.columns_.size(); }
  static bool EndArray(rapidjson::SizeType) { return false; }
  // NOLINTEND(readability-identifier-naming)

 private:
  // The column of the next value; nullptr outside of the object.
  Column* next() {
    if (!is_open_ || place_ >= columns_.columns_.size()) return nullptr;
    return columns_.columns_[place_++].get();
  }
  bool set(Column& column, Value value) const {
    column.values[columns_.rows_] = std::move(value);
    return true;
  }

  JsonColumns& columns_;
  std::size_t place_ = 0;
  bool is_open_ = false;
};

JsonColumns::JsonColumns(const JsonShape& shape, std::size_t rows) : shape_(shape), ends_(shape.names.size()) {
  for (const std::uint8_t kinds : shape.kinds) {
    auto column = std::make_shared<Column>();
    column->reset(type_of(kinds), rows);
    if (column->type == Type::Bool) column->make_bools();
    if (column->type == Type::Int64) column->make_ints();
    if (column->type == Type::Float64) column->make_floats();
    if (column->type == Type::Dynamic) column->values.resize(rows);
    if (column->type == Type::String) {
      column->clean = true;
      ends_[columns_.size()].reserve(rows);
    }
    columns_.push_back(std::move(column));
  }
}

bool JsonColumns::add(std::string_view object) {
  if (columns_.empty() || rows_ >= columns_[0]->size) return false;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c]->type == Type::String) ends_[c].push_back(columns_[c]->arena.size());
  }
  Filler filler(*this);
  if (!read_json_events(object, filler).is_good) return false;
  ++rows_;
  return true;
}

std::vector<std::shared_ptr<Column>> JsonColumns::finish() {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    Column& column = *columns_[c];
    if (column.type != Type::String) continue;
    column.make_texts();
    std::size_t begin = 0;
    for (std::size_t k = 0; k < ends_[c].size(); ++k) {
      column.texts[k] = {column.arena.data() + begin, ends_[c][k] - begin};
      begin = ends_[c][k];
    }
  }
  return std::move(columns_);
}

}  // namespace mimus
