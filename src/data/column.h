// Column: the values of one field for the rows of a batch.
//
// A column has a type, a form, and two masks:
//   Flat        one value a row
//   Constant    value 0 stands for every row
//   Dictionary  row k holds value indices[k] of `dictionary`, a flat column that many batches share
// A row is absent (the record has no such field), null, or has a value: `present` and `valid` hold one byte a row; an
// empty mask means "all". In the dictionary form the dictionary's own masks count too.
//
// Storage by type (only the buffers of the type are used):
//   Bool      bools                 DateTime  ints: microseconds since 1970-01-01
//   Int64     ints                  Float64   floats; or, with scale >= 0, ints n with value n / 10^scale
//   String    texts: views into `arena`, or into memory that `owner` keeps alive
//   Dynamic   values: one tagged value a row
//   Struct    record, with as many rows as the column
//   List      offsets[k] … offsets[k+1]: the rows of `record` that are the elements of row k
//
// Columns are reused from batch to batch: reset() keeps the capacity. Not thread-safe; a column that is shared (a
// dictionary) is never changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/value.h"

namespace mimus {

enum class Type : std::uint8_t { Null, Bool, Int64, Float64, String, DateTime, Dynamic, Struct, List };
enum class Form : std::uint8_t { Flat, Constant, Dictionary };

[[nodiscard]] std::string_view type_name(Type type);

struct Record;

struct Column {
  Type type = Type::Null;
  Form form = Form::Flat;
  // Text of letters, digits, blanks and "_.:-+" only: needs neither quoting nor escaping in any format whose
  // delimiters are other characters.
  bool clean = false;
  int scale = -1;
  std::size_t size = 0;
  // False until the column is written anew: for those who lend it and want to know whether it came back as it was.
  bool is_written = true;

  std::vector<std::uint8_t> present;
  std::vector<std::uint8_t> valid;

  std::vector<std::uint8_t> bools;
  std::vector<std::int64_t> ints;
  std::vector<double> floats;
  std::vector<std::string_view> texts;
  std::vector<char> arena;
  std::vector<Value> values;
  std::vector<std::uint32_t> indices;
  std::vector<std::uint32_t> offsets;
  std::shared_ptr<const Column> dictionary;
  std::shared_ptr<Record> record;
  std::shared_ptr<const void> owner;

  // Empties the column for `rows` values of a type; masks say "all".
  void reset(Type new_type, std::size_t rows);

  // Space for the values, after reset.
  std::uint8_t* make_bools();
  std::int64_t* make_ints();
  double* make_floats();
  std::string_view* make_texts();
  // Space for `bytes` of text in the arena; stays where it is until the next call.
  char* make_arena(std::size_t bytes);
  std::uint32_t* make_indices(std::shared_ptr<const Column> values_of);

  // The mask with a byte a row, made "all" when it was empty.
  std::uint8_t* make_valid();
  std::uint8_t* make_present();

  [[nodiscard]] bool is_present(std::size_t row) const;
  [[nodiscard]] bool is_valid(std::size_t row) const;
};

// The value of a row in its general form; null when the row is null or absent.
[[nodiscard]] Value value_at(const Column& column, std::size_t row);

// A flat column that owns its values: Dynamic when the types differ, else typed. Nulls are marked in `valid`.
[[nodiscard]] std::shared_ptr<const Column> column_of(const std::vector<Value>& values);

// True when every byte is one of those that `Column::clean` allows.
[[nodiscard]] bool is_clean_text(std::string_view text);
// True when `c` may stand in clean text, so that it cannot serve as a delimiter beside it.
[[nodiscard]] bool is_clean_byte(char c);

}  // namespace mimus
