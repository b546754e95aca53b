// Rows of a statement of SQLite as batches of columns. Private to this room.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "database/column_builder.h"
#include "database/column_kind.h"
#include "database/database.h"

struct sqlite3_stmt;

namespace mimus {

// Collects the rows of one statement. Of two columns of one name the last counts, in the place of the first.
class SqliteRows {
 public:
  // `kinds`: of its columns; fewer or none: Plain.
  SqliteRows(sqlite3_stmt* statement, const std::vector<ColumnKind>& kinds);

  // Takes the row on which the statement stands. Fails with database.value.
  [[nodiscard]] Status add();
  [[nodiscard]] std::size_t rows() const { return rows_; }
  // Bytes of texts and blobs among them.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  // Columns there are also without a row.
  [[nodiscard]] std::shared_ptr<const Record> take();

 private:
  struct Slot {
    int column = 0;  // of the statement
    std::string name;
    ColumnKind kind = ColumnKind::Plain;
    ColumnBuilder builder = {};
  };
  [[nodiscard]] Status add_cell(Slot& slot);
  [[nodiscard]] Status add_text(Slot& slot);
  [[nodiscard]] Status add_meaning(Slot& slot, const Value& stored);
  [[nodiscard]] std::unexpected<Diagnostic> not_a_value(const Slot& slot, std::string_view what) const;

  sqlite3_stmt* statement_;
  std::vector<Slot> slots_;
  std::size_t rows_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t all_rows_ = 0;
};

}  // namespace mimus
