// Database: a connection to a database outside of the engine, as descriptors use it: rows of tables and queries come
// out of it, rows go into its tables, scripts run in it.
//
// The interface of all kinds of databases; each kind is a file of its own (sqlite_database.h). A Database may be used
// by several threads: its calls are carried out one after the other.
//
// Errors, without a place: database.open (there is no connection), database.sql (the database refuses a statement, with
// its reason), database.locked (another process holds it), database.refused (a statement that descriptors may not use),
// database.value (a stored value that is not of its column's type), run.cancelled.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/failure.h"
#include "data/record.h"
#include "data/value.h"
#include "database/column_kind.h"
#include "database/sql_value.h"

namespace mimus {

struct TableColumn {
  std::string name;
  ColumnKind kind = ColumnKind::Plain;
  std::string declared;       // its type as the schema says it
  bool is_generated = false;  // computed from others: nothing can be stored in it
};

struct TableShape {
  std::string name;  // as the database writes it
  std::vector<TableColumn> columns;
  // By which its rows are read in the same order every time: "ORDER BY …", or empty where there is no such thing.
  std::string order;

  // The column of that name, or else the only one that differs in upper and lower case alone; nullopt: none.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
};

// A statement of a script that has failed: where it stands in the text, in bytes.
struct ScriptFailure {
  std::size_t offset = 0;
  Diagnostic finding;
};

// What is read of a table: all of its columns, or one; at most so many rows.
struct TableSelection {
  std::optional<std::size_t> column;
  std::uint64_t most_rows = UINT64_MAX;
};

// The rows to insert, one after the other. One thread at a time.
class RowStream {
 public:
  virtual ~RowStream() = default;
  // The next row's cells, in ascending order of their columns; false after the last one. Texts stay valid until the
  // next call.
  [[nodiscard]] virtual Result<bool> next(std::vector<SqlCell>& cells) = 0;
};

class Database {
 public:
  virtual ~Database() = default;

  // Takes rows as they come, at most kBatchRows at once.
  using BatchSink = std::function<Status(std::shared_ptr<const Record> rows)>;
  static constexpr std::size_t kBatchRows = 2048;

  // By its name in any case. database.table, with the tables there are.
  [[nodiscard]] virtual Result<TableShape> find_table(std::string_view name) = 0;

  // The rows of a table as of now, with values of its columns' kinds.
  [[nodiscard]] virtual Status read_table(const TableShape& table, const TableSelection& selection,
                                          const BatchSink& take) = 0;

  // The rows of one query that changes nothing, as they are stored. database.query when it is none, or several.
  [[nodiscard]] virtual Status read_query(const std::string& sql, const BatchSink& take) = 0;

  // The same as a list of dicts. database.rows when they are too many to be a value.
  [[nodiscard]] Result<Value> ask(const std::string& sql);

  // Statements, separated as the database's language does it, in one transaction: all of them, or none.
  [[nodiscard]] virtual std::optional<ScriptFailure> execute(std::string_view script) = 0;

  // All rows, or none: the failure's row is that of the stream. They are there for all calls that follow; others see
  // them, and they outlive the process, after commit() at the latest.
  [[nodiscard]] virtual std::optional<RowFailure> insert(const TableShape& table, RowStream& rows) = 0;

  [[nodiscard]] virtual Status commit() = 0;

  // Takes the next `count` numbers of the sequence of a column, which is made when there is none: the first of them.
  // Nobody gets them a second time; none of them is in the column already.
  [[nodiscard]] virtual Result<std::int64_t> reserve(std::string_view table, std::string_view column,
                                                     std::uint64_t count) = 0;

  // Grows with every execute() and insert() that may have changed something; 0 before the first.
  [[nodiscard]] virtual std::uint64_t version() const = 0;
};

}  // namespace mimus
