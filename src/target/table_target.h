// TableTarget: records become rows of a table of a database.
//
// A field goes into the column of its name, or the only one that differs in upper and lower case alone; fields that are
// no columns are left out, and a column that a record has no field for gets its default. The encoder's bytes are rows
// (row_bytes.h).
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "database/database.h"
#include "target/target.h"

namespace mimus {

class TableTarget final : public FileTarget {
 public:
  // `null_columns`: of JSON, in which null is none of JSON's.
  TableTarget(std::shared_ptr<Database> database, TableShape table, std::vector<std::string> null_columns)
      : database_(std::move(database)), table_(std::move(table)), null_columns_(std::move(null_columns)) {}

  [[nodiscard]] Destination destination() const override { return Destination::Table; }
  [[nodiscard]] std::string_view extension() const override { return {}; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return 0; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record& first) const override;

  [[nodiscard]] Database& database() const { return *database_; }
  [[nodiscard]] const TableShape& table() const { return table_; }

 private:
  std::shared_ptr<Database> database_;
  TableShape table_;
  std::vector<std::string> null_columns_;
};

}  // namespace mimus
