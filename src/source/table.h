// Table: a source whose columns are in memory, or views into a mapped file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "source/source.h"

namespace mimus {

class Table final : public Source {
 public:
  // Columns of `rows` values each; a flat form.
  Table(std::uint64_t rows, std::vector<std::string> names, std::vector<std::shared_ptr<const Column>> columns)
      : rows_(rows), names_(std::move(names)), columns_(std::move(columns)) {}
  // Rows that are maps: one column of type Dynamic.
  explicit Table(std::shared_ptr<const Column> maps) : rows_(maps->size), base_(std::move(maps)) {}

  [[nodiscard]] std::uint64_t length() const override { return rows_; }
  [[nodiscard]] const std::vector<std::string>& names() const override { return names_; }
  [[nodiscard]] bool has_base() const override { return base_ != nullptr; }
  void read(std::span<const std::uint64_t> rows, Record& out) const override;

 private:
  std::uint64_t rows_;
  std::vector<std::string> names_;
  std::vector<std::shared_ptr<const Column>> columns_;
  std::shared_ptr<const Column> base_;
};

// A name that can be a field of records: the marks of XML attributes and texts, and paths, are read from maps only.
[[nodiscard]] bool is_field_name(std::string_view name);

// Rows that are maps: with the same simple values under the same names in the same order in each of them a flat form,
// which is encoded much faster; else a form with a base.
[[nodiscard]] std::shared_ptr<const Source> table_of_maps(std::vector<Value> rows);
[[nodiscard]] std::shared_ptr<const Source> table_with_base(std::vector<Value> rows);

}  // namespace mimus
