#include "converter/scalar.h"

#include <algorithm>
#include <vector>

namespace mimus {
namespace {

// The values in place of the column's; what is absent stays so.
void put_values(const std::vector<Value>& values, Column& column) {
  const std::shared_ptr<const Column> made = column_of(values);
  const std::vector<std::uint8_t> present = std::move(column.present);
  column = *made;
  column.owner = made;  // its texts lie there
  column.present = present;
  column.is_written = true;
}

bool has_null(const Column& column) {
  if (column.type == Type::Null) return true;
  if (column.valid.empty() && column.form != Form::Dictionary) return false;
  for (std::size_t k = 0; k < column.size; ++k) {
    if (column.is_present(k) && !column.is_valid(k)) return true;
  }
  return false;
}

std::optional<std::size_t> first_present(const Column& column) {
  for (std::size_t k = 0; k < column.size; ++k) {
    if (column.is_present(k)) return k;
  }
  return std::nullopt;
}

}  // namespace

std::unexpected<Diagnostic> refuse_value(std::string_view converter, std::string_view needs, const Value& value) {
  std::string shown;
  append_repr(shown, value);
  return fail({.code = "converter.value",
               .message = std::string(converter) + " needs " + std::string(needs) + ", but the value is " +
                          shown.substr(0, 80) + (value.is_null() ? "" : " (" + std::string(kind_name(value)) + ")")});
}

bool ScalarConverter::convert_flat(Column&, std::optional<RowFailure>&) const { return false; }

// False when some value fails: it may be one that no row holds.
bool ScalarConverter::convert_dictionary(Column& column) const {
  const Column& dictionary = *column.dictionary;
  const auto put = [&](const std::shared_ptr<const Column>& made) {
    column.type = made->type;
    column.clean = made->clean;
    column.dictionary = made;
    column.is_written = true;
  };
  const std::lock_guard lock(mutex_);
  if (from_ == column.dictionary) {
    put(to_);
    return true;
  }
  if (dictionary.size > column.size) return false;
  std::vector<Value> values(dictionary.size);
  for (std::size_t k = 0; k < dictionary.size; ++k) {
    auto converted = convert_value(value_at(dictionary, k));
    if (!converted) return false;
    values[k] = std::move(*converted);
  }
  to_ = column_of(values);
  from_ = column.dictionary;
  put(to_);
  return true;
}

std::optional<RowFailure> ScalarConverter::convert(const Rows&, const Stream&, Column& column) const {
  const auto first = first_present(column);
  if (!first) return std::nullopt;
  const bool nulls = has_null(column);
  if (column.form == Form::Dictionary && !nulls && convert_dictionary(column)) return std::nullopt;
  if (column.form == Form::Constant && !nulls) {
    auto converted = convert_value(value_at(column, *first));
    if (!converted) return RowFailure{*first, std::move(converted).error()};
    const std::size_t size = column.size;
    std::vector<std::uint8_t> present = std::move(column.present);
    put_values({std::move(*converted)}, column);
    column.form = Form::Constant;
    column.size = size;
    column.present = std::move(present);
    if (!column.valid.empty()) column.valid.assign(size, column.valid[0]);
    return std::nullopt;
  }
  std::optional<RowFailure> failure;
  if (column.form == Form::Flat && !nulls && convert_flat(column, failure)) return failure;
  std::vector<Value> values(column.size);
  for (std::size_t k = 0; k < column.size; ++k) {
    if (!column.is_present(k)) continue;
    auto converted = convert_value(value_at(column, k));
    if (!converted) return RowFailure{k, std::move(converted).error()};
    values[k] = std::move(*converted);
  }
  put_values(values, column);
  return std::nullopt;
}

Result<Value> TextConverter::convert_value(const Value& value) const {
  const std::string* text = value.as_text();
  if (text == nullptr) return refuse_value(name_, "a text", value);
  std::string out;
  MIMUS_TRY(append(*text, out));
  return Value(std::move(out));
}

bool TextConverter::convert_flat(Column& column, std::optional<RowFailure>& failure) const {
  if (column.type != Type::String) return false;
  std::string all;
  std::vector<std::size_t> ends(column.size);
  for (std::size_t k = 0; k < column.size; ++k) {
    if (column.is_present(k)) {
      if (Status status = append(column.texts[k], all); !status) {
        failure = RowFailure{k, std::move(status).error()};
        return true;
      }
    }
    ends[k] = all.size();
  }
  const bool clean = column.clean && keeps_clean_;
  std::vector<std::uint8_t> present = std::move(column.present);
  column.reset(Type::String, column.size);
  column.present = std::move(present);
  column.clean = clean;
  char* base = column.make_arena(all.size());
  std::ranges::copy(all, base);
  std::string_view* texts = column.make_texts();
  for (std::size_t k = 0, start = 0; k < column.size; start = ends[k++]) texts[k] = {base + start, ends[k] - start};
  return true;
}

}  // namespace mimus
