// ColumnSketch: what is known of the values of one column so far.
//
// Exact over all values: how many there are of each kind, nulls, the least and greatest, lengths. Of chosen rows: the
// values themselves (sample.h), which tell the rest. The same values in any order, cut into any parts that are merged
// in any order, give the same sketch.
//
// One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "data/column.h"
#include "statistics/hashes.h"
#include "statistics/sample.h"
#include "statistics/text_range.h"

namespace mimus::statistics {

enum class Kind : std::uint8_t { Bool, Int, Float, Text, DateTime, Date, List, Dict, Other };
inline constexpr std::size_t kKinds = 9;
// "bool", "int", "float", "string", "datetime", "date", "list", "dict", "other".
[[nodiscard]] std::string_view kind_name(Kind kind);

// The rows of a batch: a hash of the number of each, and those that the sample may take, with their levels, which are
// all of `least_level` or above.
struct RowIds {
  std::span<const std::uint64_t> hashes;
  std::span<const std::uint32_t> picked;
  std::span<const std::uint8_t> levels;
  std::uint8_t least_level = 0;
};

class ColumnSketch {
 public:
  // The first rows of a column of simple values (no struct, list or dynamic one), one for each hash. Absent rows are
  // passed over.
  void add(const Column& column, const RowIds& rows);
  // One value, which stands for no list or map, and whether the sample takes it.
  void add(const Value& value, std::uint64_t hash);
  void add_null() { ++nulls_; }
  void add_dicts(std::uint64_t count) { kinds_[static_cast<std::size_t>(Kind::Dict)] += count; }
  void add_list(std::uint64_t elements) {
    ++kinds_[static_cast<std::size_t>(Kind::List)];
    elements_.add(elements);
  }

  void merge(const ColumnSketch& other);
  [[nodiscard]] Sample& sample() { return sample_; }

  [[nodiscard]] const Sample& sample() const { return sample_; }
  [[nodiscard]] std::uint64_t count(Kind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] std::uint64_t values() const;
  [[nodiscard]] std::uint64_t nulls() const { return nulls_; }
  [[nodiscard]] std::uint64_t trues() const { return trues_; }
  [[nodiscard]] const Range<std::int64_t>& ints() const { return ints_; }
  [[nodiscard]] const Range<double>& floats() const { return floats_; }
  [[nodiscard]] const Range<std::int64_t>& times() const { return times_; }  // microseconds, also of dates
  [[nodiscard]] const TextRange& texts() const { return texts_; }
  [[nodiscard]] const Lengths& lengths() const { return lengths_; }    // of texts, in code points
  [[nodiscard]] const Lengths& elements() const { return elements_; }  // of lists

 private:
  template <class Rows>
  void add_values(const Column& values, const Rows& rows, std::uint64_t times);
  template <class Rows>
  void add_texts(const Column& values, const Rows& rows, std::uint64_t times);
  template <class Rows>
  void add_numbers(const Column& values, const Rows& rows);
  void add_codes(const Column& values, std::span<const std::uint32_t> codes);
  void sample_rows(const Column& column, const RowIds& rows, bool has_masks);
  void add_to_sample(const Column& values, std::span<const std::uint32_t> places, std::span<const std::uint8_t> levels);
  void tally(Kind kind, std::uint64_t times) { kinds_[static_cast<std::size_t>(kind)] += times; }

  std::array<std::uint64_t, kKinds> kinds_{};
  std::uint64_t nulls_ = 0;
  std::uint64_t trues_ = 0;
  Range<std::int64_t> ints_;
  Range<double> floats_;
  Range<std::int64_t> times_;
  TextRange texts_;
  Lengths lengths_;
  Lengths elements_;
  Sample sample_;
  // Scratch: kept for its memory.
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint32_t> codes_;
  std::vector<std::uint32_t> places_;
  std::vector<std::uint8_t> levels_;
};

}  // namespace mimus::statistics
