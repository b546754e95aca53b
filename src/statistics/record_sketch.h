// RecordSketch: what is known of all columns of the records of one kind so far: of fields, of the fields of dicts
// inside of them, of the elements of lists.
//
// A thread has a sketch of its own of the records that it makes; those of all threads are merged in the end. They share
// a SampleLevel, so that together they keep no more than one would.
//
// The records themselves are sampled by a hash of their number, so that rows of the sample are whole (sample.h tells
// how); elements of lists by their place in their record. What lies deeper than kMostDepth, or deeper than the level at
// which there come to be more than kMostColumns columns, is counted but not looked into.
//
// The same records in any order, cut into any parts that are merged in any order, give the same sketch, with the
// columns in the order of their first appearance. One thread at a time.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "data/record.h"
#include "statistics/column_sketch.h"

namespace mimus::statistics {

inline constexpr std::size_t kMostDepth = 16;
inline constexpr std::size_t kMostColumns = 4096;
// So many records are all in the sample; of more, no more than kMostSampled and no less than four fifths of these.
inline constexpr std::uint64_t kMostWhole = 200'000;
inline constexpr std::uint64_t kMostSampled = 131'072;

// Which records all sketches of a product keep: those whose level (sample.h) is at least this one. Any thread.
class SampleLevel {
 public:
  // `records`: as many as there will be, so that it need not rise on the way; 0 when that is not certain.
  explicit SampleLevel(std::uint64_t records = 0);

  // Records that will be kept about; 0: unknown.
  [[nodiscard]] std::size_t expected() const { return expected_; }
  [[nodiscard]] std::uint8_t get() const { return level_.load(std::memory_order_relaxed); }
  // Records of a level and above, so far; not of lower ones than get().
  [[nodiscard]] std::uint64_t kept(std::uint8_t level) const;
  // The level at which there are no more than that.
  [[nodiscard]] std::uint8_t least_for(const SampleLimits& limits) const;
  // More records, by their levels.
  void count(std::span<const std::uint8_t> levels);
  void raise(std::uint8_t level);

 private:
  std::atomic<std::uint8_t> level_ = 0;
  std::size_t expected_ = 0;
  std::array<std::atomic<std::uint64_t>, kMostLevel + 1> records_{};
};

// Where a column has appeared first: in which batch, as which of its columns.
using FirstPlace = std::pair<std::uint64_t, std::uint64_t>;

// A column, and those inside of it.
struct ColumnNode {
  std::string name;
  // Columns of the base stand before others, as in the records.
  bool is_of_base = false;
  FirstPlace first;
  ColumnSketch sketch;
  std::vector<std::unique_ptr<ColumnNode>> fields;  // of dicts
  std::unordered_map<std::string_view, ColumnNode*> by_name;
  std::unique_ptr<ColumnNode> elements;  // of lists
};

class RecordSketch {
 public:
  // `level` is shared with all sketches that this one will be merged with.
  explicit RecordSketch(std::shared_ptr<SampleLevel> level = std::make_shared<SampleLevel>())
      : shared_level_(std::move(level)) {}

  // The first records, one for each hash: of the record's number, all bits of it equally good (mix()). `place`: of the
  // batch among all, in the order in which columns are to stand.
  void add(const Record& records, std::span<const std::uint64_t> hashes, std::uint64_t place);
  // Both share their level.
  void merge(RecordSketch other);
  // After the last record, before it is read: brings the samples to their size.
  void finish();

  [[nodiscard]] std::uint64_t records() const { return records_; }
  // Its fields are the columns.
  [[nodiscard]] const ColumnNode& root() const { return root_; }
  [[nodiscard]] ColumnNode& root() { return root_; }
  // What lies deeper has not been looked into.
  [[nodiscard]] std::size_t depth() const { return depth_; }

 private:
  void add_fields(ColumnNode& node, std::size_t depth, const Record& records, const RowIds& rows);
  void add_base(ColumnNode& node, std::size_t depth, const Record& records, std::span<const std::uint64_t> hashes);
  void add_column(ColumnNode& node, std::size_t depth, const Column& column, const RowIds& rows);
  void add_picked(ColumnNode& node, std::size_t depth, const Column& column, std::span<const std::uint32_t> picked,
                  std::span<const std::uint64_t> hashes);
  void add_lists(ColumnNode& node, std::size_t depth, const Column& column, std::span<const std::uint64_t> hashes);
  void add_value(ColumnNode& node, std::size_t depth, const Value& value, std::uint64_t hash);
  void merge(ColumnNode& into, std::size_t depth, const ColumnNode& from);
  // The rows that the samples may take, one for each level; `rows` may be longer.
  struct Picked {
    std::vector<std::uint32_t> rows;
    std::vector<std::uint8_t> levels;
  };
  void pick(std::span<const std::uint64_t> hashes, Picked& out) const;
  [[nodiscard]] RowIds ids(std::span<const std::uint64_t> hashes, const Picked& picked) const;
  // The field of that name, looked for at its place first; nullptr: too deep, or one of too many.
  [[nodiscard]] ColumnNode* field(ColumnNode& node, std::size_t depth, std::string_view name, std::size_t place);
  [[nodiscard]] ColumnNode* elements(ColumnNode& node, std::size_t depth);
  void limit();

  ColumnNode root_;
  std::uint64_t records_ = 0;
  std::shared_ptr<SampleLevel> shared_level_;
  std::uint8_t level_ = 0;                           // of the samples of columns at least
  SampleLimits limits_;                              // for as many columns as there are
  Picked picked_;                                    // scratch, of the records themselves
  FirstPlace place_;                                 // of the next new column
  std::size_t depth_ = kMostDepth;                   // that is looked into
  std::array<std::size_t, kMostDepth + 1> nodes_{};  // by depth
};

}  // namespace mimus::statistics
