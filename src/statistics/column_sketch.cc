#include "statistics/column_sketch.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"

namespace mimus::statistics {
namespace {

constexpr double kPowersOfTen[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

// Beyond it, rows of a dictionary are looked at one by one: counting its codes would cost more.
constexpr std::size_t kFewCodes = 512;

// Values of rows that do not follow each other, which are brought together for a loop.
constexpr std::size_t kBlock = 512;

std::uint64_t hash_text(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

// Rows that are numbered one after the other.
struct AllRows {
  std::size_t count;
  [[nodiscard]] std::size_t size() const { return count; }
  std::size_t operator[](std::size_t k) const { return k; }
};

}  // namespace

std::string_view kind_name(Kind kind) {
  constexpr std::array<std::string_view, kKinds> kNames = {"bool", "int",  "float", "string", "datetime",
                                                           "date", "list", "dict",  "other"};
  return kNames[static_cast<std::size_t>(kind)];
}

// The range of the values in these rows.
template <class T, class Rows>
Range<T> range_of_rows(const std::vector<T>& values, const Rows& rows) {
  if constexpr (std::is_same_v<Rows, AllRows>) {
    return range_of(std::span(values).first(rows.size()));
  } else {
    std::array<T, kBlock> picked;
    Range<T> range;
    for (std::size_t first = 0; first < rows.size(); first += kBlock) {
      const std::size_t count = std::min(kBlock, rows.size() - first);
      for (std::size_t k = 0; k < count; ++k) picked[k] = values[rows[first + k]];
      range.merge(range_of(std::span<const T>(picked).first(count)));
    }
    return range;
  }
}

// Integers, times, and floats that are decimals.
template <class Rows>
void ColumnSketch::add_numbers(const Column& values, const Rows& rows) {
  const Range<std::int64_t> range = range_of_rows(values.ints, rows);
  if (values.type == Type::Int64) return ints_.merge(range);
  if (values.type == Type::DateTime) return times_.merge(range);
  if (range.is_empty()) return;
  const double unit = kPowersOfTen[values.scale];
  floats_.add(static_cast<double>(range.least) / unit);
  floats_.add(static_cast<double>(range.most) / unit);
}

template <class Rows>
void ColumnSketch::add_texts(const Column& values, const Rows& rows, std::uint64_t times) {
  const std::span<const std::string_view> all = values.texts;
  std::array<std::string_view, kBlock> picked;
  for (std::size_t first = 0; first < rows.size(); first += kBlock) {
    const std::size_t count = std::min(kBlock, rows.size() - first);
    std::span<const std::string_view> texts;
    if constexpr (std::is_same_v<Rows, AllRows>) {
      texts = all.subspan(first, count);
    } else {
      for (std::size_t k = 0; k < count; ++k) picked[k] = all[rows[first + k]];
      texts = std::span(picked).first(count);
    }
    const Lengths sizes = lengths_of(texts);
    Lengths lengths;
    if (values.clean) {
      lengths = sizes;  // one byte a character
    } else {
      for (const std::string_view text : texts) lengths.add(code_points(text));
    }
    lengths.sum *= times;
    lengths_.merge(lengths);
    texts_.add(texts, sizes.range);
  }
}

// Each value stands for so many.
template <class Rows>
void ColumnSketch::add_values(const Column& values, const Rows& rows, std::uint64_t times) {
  const std::uint64_t count = rows.size() * times;
  switch (values.type) {
    case Type::Bool:
      tally(Kind::Bool, count);
      for (std::size_t k = 0; k < rows.size(); ++k) trues_ += values.bools[rows[k]] != 0 ? times : 0;
      return;
    case Type::Int64:
      tally(Kind::Int, count);
      return add_numbers(values, rows);
    case Type::DateTime:
      tally(Kind::DateTime, count);
      return add_numbers(values, rows);
    case Type::Float64:
      tally(Kind::Float, count);
      if (values.scale >= 0) return add_numbers(values, rows);
      return floats_.merge(range_of_rows(values.floats, rows));
    case Type::String:
      tally(Kind::Text, count);
      return add_texts(values, rows, times);
    default:
      return;
  }
}

// Rows of a small dictionary: its values once, with their numbers.
void ColumnSketch::add_codes(const Column& values, std::span<const std::uint32_t> codes) {
  // Several counters each, since equal codes often follow each other and a counter takes its time.
  constexpr std::size_t kCounters = 4;
  codes_.assign(values.size * kCounters, 0);
  std::size_t k = 0;
  for (; k + kCounters <= codes.size(); k += kCounters) {
    for (std::size_t i = 0; i < kCounters; ++i) ++codes_[codes[k + i] * kCounters + i];
  }
  for (; k < codes.size(); ++k) ++codes_[codes[k] * kCounters];
  for (std::uint32_t code = 0; code < values.size; ++code) {
    const auto first = codes_.begin() + static_cast<std::ptrdiff_t>(code * kCounters);
    const std::uint64_t times = std::accumulate(first, first + kCounters, std::uint64_t{0});
    if (times > 0) add_values(values, std::span(&code, 1), times);
  }
}

// The values at these places, of rows of these levels.
void ColumnSketch::add_to_sample(const Column& values, std::span<const std::uint32_t> places,
                                 std::span<const std::uint8_t> levels) {
  switch (values.type) {
    case Type::Int64:
      return sample_.add_ints(levels, [&](std::size_t k) { return values.ints[places[k]]; });
    case Type::DateTime:
      return sample_.add_times(levels, [&](std::size_t k) { return values.ints[places[k]]; });
    case Type::Float64: {
      if (values.scale < 0) {
        for (std::size_t k = 0; k < places.size(); ++k) {
          const double value = values.floats[places[k]] + 0.0;
          if (std::isfinite(value)) sample_.add_float(value, levels[k]);
        }
        return;
      }
      const double unit = kPowersOfTen[values.scale];
      return sample_.add_floats(levels,
                                [&](std::size_t k) { return static_cast<double>(values.ints[places[k]]) / unit; });
    }
    case Type::String:
      return sample_.add_texts(levels, [&](std::size_t k) {
        const std::string_view text = values.texts[places[k]];
        return sample_.keep(text, hash_text(text));
      });
    default:
      return;
  }
}

void ColumnSketch::add(const Column& column, const RowIds& rows) {
  const std::size_t count = rows.hashes.size();
  const bool is_coded = column.form == Form::Dictionary;
  const Column& values = is_coded ? *column.dictionary : column;
  const bool has_masks = column.type == Type::Null || !column.valid.empty() || !column.present.empty() ||
                         (is_coded && (!values.valid.empty() || !values.present.empty()));
  std::span<const std::uint32_t> picked;
  std::size_t given = count;
  if (has_masks) {
    rows_.clear();
    for (std::size_t k = 0; k < count; ++k) {
      if (!column.is_present(k)) continue;
      if (column.is_valid(k)) {
        rows_.push_back(is_coded ? column.indices[k] : static_cast<std::uint32_t>(k));
      } else {
        ++nulls_;
      }
    }
    given = rows_.size();
    picked = rows_;
  } else if (is_coded) {
    picked = std::span(column.indices).first(count);
  }
  if (given == 0) return;
  if (column.form == Form::Constant) {
    add_values(values, AllRows{1}, given);
  } else if (is_coded && values.size <= kFewCodes) {
    add_codes(values, picked);
  } else if (is_coded || has_masks) {
    add_values(values, picked, 1);
  } else {
    add_values(values, AllRows{count}, 1);
  }
  sample_rows(column, rows, has_masks);
}

// The picked rows that have a value.
void ColumnSketch::sample_rows(const Column& column, const RowIds& rows, bool has_masks) {
  const bool is_coded = column.form == Form::Dictionary;
  const Column& values = is_coded ? *column.dictionary : column;
  const bool is_all = !has_masks && sample_.level() <= rows.least_level;
  if (is_all && column.form == Form::Flat) return add_to_sample(values, rows.picked, rows.levels);
  places_.clear();
  levels_.clear();
  for (std::size_t k = 0; k < rows.picked.size(); ++k) {
    const std::uint32_t row = rows.picked[k];
    if (rows.levels[k] < sample_.level() || (has_masks && (!column.is_present(row) || !column.is_valid(row)))) continue;
    places_.push_back(is_coded ? column.indices[row] : column.form == Form::Constant ? 0 : row);
    levels_.push_back(rows.levels[k]);
  }
  add_to_sample(values, places_, levels_);
}

void ColumnSketch::add(const Value& value, std::uint64_t hash) {
  const std::uint8_t level = level_of(hash);
  const bool is_sampled = level >= sample_.level();
  constexpr std::int64_t kMostDays = 100'000'000;
  if (value.is_null()) {
    add_null();
  } else if (const bool* truth = value.as_bool()) {
    tally(Kind::Bool, 1);
    trues_ += *truth ? 1 : 0;
  } else if (const std::int64_t* integer = value.as_int()) {
    tally(Kind::Int, 1);
    ints_.add(*integer);
    if (is_sampled) sample_.add_int(*integer, level);
  } else if (const double* real = value.as_float()) {
    const double number = *real + 0.0;
    tally(Kind::Float, 1);
    if (std::isfinite(number)) floats_.add(number);
    if (is_sampled && std::isfinite(number)) sample_.add_float(number, level);
  } else if (const Date* date = value.as_date();
             value.as_time() != nullptr || (date && std::abs(date->days) < kMostDays)) {
    const std::int64_t micros = date != nullptr ? date->days * kMicrosPerDay : value.as_time()->micros;
    tally(date != nullptr ? Kind::Date : Kind::DateTime, 1);
    times_.add(micros);
    if (is_sampled) sample_.add_time(micros, level);
  } else {
    const std::string* own = value.as_text();
    const bool is_text = own != nullptr || value.as_uuid() != nullptr || value.as_digest() != nullptr;
    const std::string made = own != nullptr ? std::string() : text_of(value);
    const std::string& text = own != nullptr ? *own : made;
    tally(is_text ? Kind::Text : Kind::Other, 1);
    if (is_text) texts_.add(text);
    if (is_text) lengths_.add(code_points(text));
    if (is_sampled)
      sample_.add_texts(std::span(&level, 1), [&](std::size_t) { return sample_.keep(text, hash_text(text)); });
  }
}

void ColumnSketch::merge(const ColumnSketch& other) {
  for (std::size_t k = 0; k < kKinds; ++k) kinds_[k] += other.kinds_[k];
  nulls_ += other.nulls_;
  trues_ += other.trues_;
  ints_.merge(other.ints_);
  floats_.merge(other.floats_);
  times_.merge(other.times_);
  texts_.merge(other.texts_);
  lengths_.merge(other.lengths_);
  elements_.merge(other.elements_);
  sample_.merge(other.sample_);
}

std::uint64_t ColumnSketch::values() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t count : kinds_) sum += count;
  return sum;
}

}  // namespace mimus::statistics
