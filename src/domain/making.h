// Making: what an attribute's function sees of a batch; and functions for the usual kinds of attributes.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "domain/entity.h"
#include "generator/text.h"

namespace mimus {

// The texts of a column in any form.
class ColumnTexts {
 public:
  explicit ColumnTexts(const Column& column) : column_(column) {}
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    if (column_.form == Form::Dictionary) return column_.dictionary->texts[column_.indices[row]];
    return column_.texts[column_.form == Form::Constant ? 0 : row];
  }

 private:
  const Column& column_;
};

// The whole numbers of a column: dates and times too.
class ColumnInts {
 public:
  explicit ColumnInts(const Column& column) : column_(column), step_(column.form == Form::Constant ? 0 : 1) {}
  [[nodiscard]] std::int64_t operator[](std::size_t row) const { return column_.ints[row * step_]; }

 private:
  const Column& column_;
  std::size_t step_;
};

class Making {
 public:
  Making(EntityBatch& batch, std::size_t attribute);

  [[nodiscard]] std::size_t count() const { return batch_.rows_.count; }
  [[nodiscard]] const Rows& rows() const { return batch_.rows_; }
  // Of the attribute alone.
  [[nodiscard]] const Stream& stream() const { return stream_; }
  [[nodiscard]] Draws draws(std::size_t row) const { return {stream_, batch_.rows_[row]}; }
  // The first draw of each row.
  [[nodiscard]] const std::vector<std::uint64_t>& first_draws();
  [[nodiscard]] const Entity& entity() const { return *batch_.entity_; }
  [[nodiscard]] const EntityEnvironment& environment() const { return entity().environment(); }
  [[nodiscard]] const Arguments& arguments() const { return entity().arguments(); }

  [[nodiscard]] const Column& need(std::size_t place);
  [[nodiscard]] const Choice& choice(std::size_t place);
  // A column of one of the attribute's tables as a dictionary.
  [[nodiscard]] std::shared_ptr<const Column> words(std::size_t place, std::string_view column);
  // The same of several tables: their words one after the other.
  [[nodiscard]] std::shared_ptr<const Column> all_words(std::string_view column);
  // The entity in an attribute, as records.
  void fill_part(std::string_view attribute, Column& out);
  [[nodiscard]] Column& out() { return out_; }

 private:
  EntityBatch& batch_;
  std::size_t attribute_;
  const AttributeDeclaration& declaration_;
  Stream stream_;
  Column& out_;
  std::vector<std::uint64_t> draws_;
};

// A row of a batch, for functions that make one value.
class Cell {
 public:
  Cell(Making& making, std::size_t row, Draws& own) : draws(own), making_(making), row_(row) {}

  [[nodiscard]] std::string_view text(std::size_t need) const { return ColumnTexts(making_.need(need))[row_]; }
  [[nodiscard]] std::int64_t integer(std::size_t need) const { return ColumnInts(making_.need(need))[row_]; }
  [[nodiscard]] double number(std::size_t need) const { return *value(need).as_float(); }
  [[nodiscard]] bool truth(std::size_t need) const { return making_.need(need).bools[row_] != 0; }
  [[nodiscard]] Value value(std::size_t need) const { return value_at(making_.need(need), row_); }
  [[nodiscard]] const Choice& choice(std::size_t place) const { return making_.choice(place); }
  // A word of a table by its weights.
  [[nodiscard]] std::string_view pick(std::size_t place) const { return choice(place).draw(draws.next()); }
  [[nodiscard]] const Making& making() const { return making_; }
  [[nodiscard]] Timestamp now() const { return making_.environment().now; }

  Draws& draws;

 private:
  Making& making_;
  std::size_t row_;
};

// ---- kinds of attributes; the functions are pure: write(const Cell&, std::string&), compute(const Cell&)

void fill_texts(Making& making, const std::function<void(const Cell&, std::string&)>& write, bool clean);
// A column of texts that stand in `all` one after the other; `ends` are where they end.
void set_texts(Column& out, std::string_view all, const std::vector<std::size_t>& ends, bool clean);

// Texts that are written piece by piece; `clean` as of columns.
template <class Write>
[[nodiscard]] std::function<void(Making&)> texts(Write write, bool clean = false) {
  return [write, clean](Making& making) { fill_texts(making, write, clean); };
}

template <class Compute>
[[nodiscard]] std::function<void(Making&)> integers(Compute compute, Type type = Type::Int64) {
  return [compute, type](Making& making) {
    making.out().reset(type, making.count());
    std::int64_t* values = making.out().make_ints();
    for (std::size_t k = 0; k < making.count(); ++k) {
      Draws draws = making.draws(k);
      values[k] = compute(Cell(making, k, draws));
    }
  };
}

// Dates and times, in microseconds since 1970.
template <class Compute>
[[nodiscard]] std::function<void(Making&)> times(Compute compute) {
  return integers(compute, Type::DateTime);
}

// Numbers of a fixed number of decimals: compute() gives them in units of the last one.
template <class Compute>
[[nodiscard]] std::function<void(Making&)> decimals(int scale, Compute compute) {
  return [compute, scale](Making& making) {
    integers(compute, Type::Float64)(making);
    making.out().scale = scale;
  };
}

template <class Compute>
[[nodiscard]] std::function<void(Making&)> truths(Compute compute) {
  return [compute](Making& making) {
    making.out().reset(Type::Bool, making.count());
    std::uint8_t* values = making.out().make_bools();
    for (std::size_t k = 0; k < making.count(); ++k) {
      Draws draws = making.draws(k);
      values[k] = compute(Cell(making, k, draws)) ? 1 : 0;
    }
  };
}

// Lists, maps and what may be null.
template <class Compute>
[[nodiscard]] std::function<void(Making&)> values(Compute compute) {
  return [compute](Making& making) {
    making.out().reset(Type::Dynamic, making.count());
    making.out().values.resize(making.count());
    for (std::size_t k = 0; k < making.count(); ++k) {
      Draws draws = making.draws(k);
      making.out().values[k] = compute(Cell(making, k, draws));
    }
  };
}

// A row of the attribute's table, by weight: for attributes that take their words from it.
[[nodiscard]] std::function<void(Making&)> table_row();
// A word of the attribute's table: of the row that the first need says, or, without needs, drawn by weight.
[[nodiscard]] std::function<void(Making&)> word_of_row(std::string_view column);
[[nodiscard]] std::function<void(Making&)> any_word(std::string_view column);
[[nodiscard]] std::function<void(Making&)> integer_of_row(std::string_view column);
[[nodiscard]] std::function<void(Making&)> number_of_row(std::string_view column);
// The same as another attribute.
[[nodiscard]] std::function<void(Making&)> same_as_need();
// An attribute that is the same as another one, mostly of an entity in an attribute.
[[nodiscard]] AttributeDeclaration same_as(std::string_view name, std::string_view need, std::string_view summary,
                                           Type type = Type::String);
// An attribute that is a word of the column "name" of a table, by weight.
[[nodiscard]] AttributeDeclaration word_of(std::string_view name, std::string_view table, std::string_view summary);
// "https://www." and the domain that the need says.
[[nodiscard]] AttributeDeclaration website_of(std::string_view need, std::string_view summary);
// A list of `least` to `most` words of the column "name" of a table, sorted.
[[nodiscard]] AttributeDeclaration some_words_of(std::string_view name, std::string_view table, std::int64_t least,
                                                 std::int64_t most, std::string_view summary);
// One text for all rows, by the entity.
[[nodiscard]] std::function<void(Making&)> constant(std::string (*text)(const Entity&));
void fill_constant(Making& making, std::string_view text);
[[nodiscard]] std::function<void(Making&)> no_value();

// ---- pieces

// "PREFIX-" and eight hexadecimal digits, in capitals.
[[nodiscard]] std::function<void(Making&)> hex_id(std::string_view prefix);
// A prefix and so many capitals and digits.
[[nodiscard]] std::function<void(Making&)> code_id(std::string_view prefix, std::size_t count);
// Digits for the marks '#' of a mask.
void append_number(std::string& out, Draws& draws, std::string_view mask);
// As many as `count` capitals and digits.
void append_code(std::string& out, Draws& draws, std::size_t count);
// A telephone number of a country from the mask of its national number: "+49-5233-818337"; `area` digits stand alone.
void append_phone(std::string& out, Draws& draws, std::string_view calling_code, std::string_view mask,
                  std::size_t area);
// The calling code of the entity's country, without '+'.
[[nodiscard]] std::string_view calling_code(const Entity& entity);
// The text with a word in the place of each mark.
[[nodiscard]] std::string replaced(std::string_view text, std::string_view mark, std::string_view word);

// The value of a map's entry; nullptr when it has none of that name.
[[nodiscard]] const Value* find_entry(const Value& map, std::string_view name);
// ASCII letters alone.
[[nodiscard]] std::string small_letters(std::string_view text);

inline constexpr std::int64_t kDay = std::int64_t{86400} * 1'000'000;
// A whole number of the range, both ends possible.
[[nodiscard]] inline std::int64_t between(const Cell& cell, std::int64_t first, std::int64_t last) {
  return cell.draws.between(first, last);
}

}  // namespace mimus
