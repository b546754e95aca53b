// RecordSketch: what is known of all columns of the records of one kind so far: of fields, of the fields of dicts
// inside of them, of the elements of lists.
//
// The records themselves are sampled by a hash of their number, so that rows of the sample are whole (sample.h tells
// how); elements of lists by their place in their record. What lies deeper than kMostDepth, or deeper than the level at
// which there come to be more than kMostColumns columns, is counted but not looked into.
//
// The same records in any order, cut into any parts that are merged in any order, give the same sketch, but for the
// order of columns, which is that of their first appearance. One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/record.h"
#include "statistics/column_sketch.h"

namespace mimus::statistics {

inline constexpr std::size_t kMostDepth = 16;
inline constexpr std::size_t kMostColumns = 4096;

// A column, and those inside of it.
struct ColumnNode {
  std::string name;
  ColumnSketch sketch;
  std::vector<std::unique_ptr<ColumnNode>> fields;  // of dicts
  std::unordered_map<std::string_view, ColumnNode*> by_name;
  std::unique_ptr<ColumnNode> elements;  // of lists
};

class RecordSketch {
 public:
  // `level`: of a sketch of some of the records before, which this one will be merged into; 0 is always right.
  explicit RecordSketch(std::uint8_t level = 0) : level_(level) { root_.sketch.sample().raise(level); }

  // The first records, one for each hash: of the record's number, all bits of it equally good (mix()).
  void add(const Record& records, std::span<const std::uint64_t> hashes);
  void merge(const RecordSketch& other);

  [[nodiscard]] std::uint64_t records() const { return records_; }
  // Of the sample of records.
  [[nodiscard]] std::uint8_t level() const { return level_; }
  // Its fields are the columns.
  [[nodiscard]] const ColumnNode& root() const { return root_; }
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
  [[nodiscard]] std::vector<std::uint32_t> pick(std::span<const std::uint64_t> hashes) const;
  // The field of that name, looked for at its place first; nullptr: too deep, or one of too many.
  [[nodiscard]] ColumnNode* field(ColumnNode& node, std::size_t depth, std::string_view name, std::size_t place);
  [[nodiscard]] ColumnNode* elements(ColumnNode& node, std::size_t depth);
  void limit();

  ColumnNode root_;
  std::uint64_t records_ = 0;
  std::uint8_t level_;
  std::array<std::uint64_t, 64> levels_{};           // records by their level, of those that are at least level_
  std::size_t depth_ = kMostDepth;                   // that is looked into
  std::array<std::size_t, kMostDepth + 1> nodes_{};  // by depth
};

}  // namespace mimus::statistics
