#include "database/sqlite_database.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "base/text.h"
#include "database/sqlite_rows.h"

namespace mimus {
namespace {

constexpr std::uint64_t kBatchBytes = std::uint64_t{8} << 20U;

std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

bool is_same_name(std::string_view one, std::string_view other) {
  return sqlite3_stricmp(std::string(one).c_str(), std::string(other).c_str()) == 0;
}

std::string text_of(sqlite3_stmt* statement, int column) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

std::size_t first_blank_end(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == ';' || (text[at] >= '\t' && text[at] <= '\r')) {
      ++at;
    } else if (text.compare(at, 2, "--") == 0) {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.compare(at, 2, "/*") == 0) {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      break;
    }
  }
  return at;
}

// A table, or something that is read like one.
struct FoundTable {
  std::string name, type;
  bool has_rowid = true;
};

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(SqliteSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] Result<TableShape> find_table(std::string_view name) override {
    const std::lock_guard lock(mutex_);
    MIMUS_TRY(open());
    MIMUS_ASSIGN(const FoundTable found, look_for(name));
    return shape_of(found);
  }

  [[nodiscard]] Status read_table(const TableShape& table, const TableSelection& selection,
                                  const BatchSink& take) override {
    const std::lock_guard lock(mutex_);
    MIMUS_TRY(open());
    std::string sql = "SELECT ";
    std::vector<ColumnKind> kinds;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (selection.column && *selection.column != c) continue;
      if (!kinds.empty()) sql += ", ";
      sql += quoted_name(table.columns[c].name);
      kinds.push_back(table.columns[c].kind);
    }
    sql += " FROM main." + quoted_name(table.name) + " " + table.order;
    MIMUS_ASSIGN(const auto statement, connection_->prepare_own(sql));
    return read(statement.get(), kinds, selection.most_rows, take);
  }

  [[nodiscard]] Status read_query(const std::string& sql, const BatchSink& take) override {
    const std::lock_guard lock(mutex_);
    MIMUS_TRY(open());
    auto prepared = connection_->prepare(sql);
    if (!prepared) return fail(std::move(prepared.error().finding));
    sqlite3_stmt* statement = prepared->statement.get();
    if (statement == nullptr) return fail("database.query", "the query is empty");
    if (sqlite3_stmt_readonly(statement) == 0 || sqlite3_column_count(statement) == 0) {
      return fail("database.query", "a selector must be a query (SELECT …), which changes nothing",
                  "<execute> runs statements that change something");
    }
    if (const int parameters = sqlite3_bind_parameter_count(statement); parameters > 0) return no_value(statement);
    if (first_blank_end(std::string_view(sql).substr(prepared->end)) < sql.size() - prepared->end) {
      return fail("database.query", "a selector must be one query");
    }
    return read(statement, {}, UINT64_MAX, take);
  }

  [[nodiscard]] std::optional<ScriptFailure> execute(std::string_view script) override {
    const std::lock_guard lock(mutex_);
    if (auto status = open(); !status) return ScriptFailure{0, std::move(status).error()};
    ++version_;
    forget_inserts();
    if (auto status = commit_pages(); !status) return ScriptFailure{0, std::move(status).error()};
    if (auto status = connection_->run_own("BEGIN IMMEDIATE"); !status)
      return ScriptFailure{0, std::move(status).error()};
    auto failure = run_all(script);
    if (!failure) {
      if (auto status = connection_->run_own("COMMIT"); !status) {
        failure = ScriptFailure{first_blank_end(script), std::move(status).error()};
      }
    }
    if (failure) roll_back();
    return failure;
  }

  [[nodiscard]] std::optional<RowFailure> insert(const TableShape& table, RowStream& rows) override {
    const std::lock_guard lock(mutex_);
    if (auto status = open(); !status) return RowFailure{0, std::move(status).error()};
    ++version_;
    auto failure = insert_page(table, rows);
    if (failure) {
      // Earlier pages stay.
      if (auto status = commit_pages(); !status && failure->finding.code == "database.sql") {
        failure->finding = std::move(status).error();
      }
    }
    return failure;
  }

  [[nodiscard]] Status commit() override {
    const std::lock_guard lock(mutex_);
    return connection_ ? commit_pages() : Status();
  }

  [[nodiscard]] Result<std::int64_t> reserve(std::string_view table, std::string_view column,
                                             std::uint64_t count) override {
    const std::lock_guard lock(mutex_);
    MIMUS_TRY(open());
    ++version_;
    MIMUS_TRY(commit_pages());
    MIMUS_TRY(connection_->run_own("BEGIN IMMEDIATE"));
    auto first = take_numbers(table, column, count);
    auto done = first ? connection_->run_own("COMMIT") : Status();
    if (!first || !done) roll_back();
    if (!done) return fail(std::move(done).error());
    return first;
  }

  [[nodiscard]] std::uint64_t version() const override { return version_; }

 private:
  [[nodiscard]] Status open() {
    if (connection_) return {};
    MIMUS_ASSIGN(connection_, SqliteConnection::open(settings_));
    return {};
  }

  [[nodiscard]] Result<FoundTable> look_for(std::string_view name) {
    MIMUS_ASSIGN(const auto statement, connection_->prepare_own("SELECT name, type, wr FROM pragma_table_list WHERE "
                                                                "schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE "
                                                                "'\\' ORDER BY name"));
    std::optional<FoundTable> found;
    std::vector<std::string> known;
    while (true) {
      MIMUS_ASSIGN(const bool more, connection_->step(statement.get()));
      if (!more) break;
      FoundTable table{text_of(statement.get(), 0), text_of(statement.get(), 1),
                       sqlite3_column_int(statement.get(), 2) == 0};
      known.push_back(table.name);
      if (table.name == name || (!found && is_same_name(table.name, name))) found = std::move(table);
    }
    if (found) return *std::move(found);
    const std::vector<std::string_view> names(known.begin(), known.end());
    std::string hint = suggest(name, names);
    if (hint.empty() && names.empty()) hint = "it has no tables; <execute> can make some";
    constexpr std::size_t kShown = 10;
    for (std::size_t k = 0; hint.empty() && k < std::min(kShown, names.size()); ++k) {
      known[0] = k == 0 ? "it has: " + known[0] : known[0] + ", " + known[k];
      if (k + 1 == std::min(kShown, names.size())) hint = known[0];
    }
    return fail("database.table", "there is no table '" + std::string(name) + "' in '" + settings_.shown + "'",
                std::move(hint));
  }

  [[nodiscard]] Result<TableShape> shape_of(const FoundTable& table) {
    TableShape out{.name = table.name, .columns = {}, .order = {}};
    MIMUS_ASSIGN(const auto statement,
                 connection_->prepare_own("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)"));
    sqlite3_bind_text(statement.get(), 1, table.name.data(), static_cast<int>(table.name.size()), SQLITE_STATIC);
    std::map<int, std::string> keys;
    while (true) {
      MIMUS_ASSIGN(const bool more, connection_->step(statement.get()));
      if (!more) break;
      const int hidden = sqlite3_column_int(statement.get(), 3);
      TableColumn column{.name = text_of(statement.get(), 0), .declared = text_of(statement.get(), 1)};
      column.kind = kind_of_declared(column.declared);
      column.is_generated = hidden > 1;
      if (const int place = sqlite3_column_int(statement.get(), 2); place > 0) keys[place] = column.name;
      // Of a virtual table.
      if (hidden != 1) out.columns.push_back(std::move(column));
    }
    if (table.type == "table") out.order = order_of(table, out, keys);
    return out;
  }

  static std::string order_of(const FoundTable& table, const TableShape& shape,
                              const std::map<int, std::string>& keys) {
    if (table.has_rowid) {
      for (const std::string_view name : {"rowid", "_rowid_", "oid"}) {
        const bool is_taken = std::ranges::any_of(
            shape.columns, [&](const TableColumn& column) { return is_same_name(column.name, name); });
        if (!is_taken) return "ORDER BY " + std::string(name);
      }
      return {};
    }
    std::string out;
    for (const auto& [place, name] : keys) out += (out.empty() ? "ORDER BY " : ", ") + quoted_name(name);
    return out;
  }

  [[nodiscard]] Status read(sqlite3_stmt* statement, const std::vector<ColumnKind>& kinds, std::uint64_t most,
                            const BatchSink& take) {
    SqliteRows rows(statement, kinds);
    bool is_first = true;
    for (std::uint64_t count = 0; count < most; ++count) {
      MIMUS_ASSIGN(const bool more, connection_->step(statement));
      if (!more) break;
      MIMUS_TRY(rows.add());
      if (rows.rows() < kBatchRows && rows.bytes() < kBatchBytes) continue;
      MIMUS_TRY(take(rows.take()));
      is_first = false;
    }
    // The names of the columns are of interest also without a row.
    return rows.rows() > 0 || is_first ? take(rows.take()) : Status();
  }

  static std::unexpected<Diagnostic> no_value(sqlite3_stmt* statement) {
    const char* name = sqlite3_bind_parameter_name(statement, 1);
    return fail("database.parameter",
                "there is no value for the parameter '" + std::string(name == nullptr ? "?" : name) + "'",
                "values are put into the text: {name} in a file of SQL, __name__ in a selector");
  }

  [[nodiscard]] std::optional<ScriptFailure> run_all(std::string_view script) {
    std::size_t at = 0;
    while (true) {
      at += first_blank_end(script.substr(at));
      if (at >= script.size()) return std::nullopt;
      auto prepared = connection_->prepare(script.substr(at));
      if (!prepared) return ScriptFailure{at + prepared.error().offset, std::move(prepared.error().finding)};
      if (auto status = run_one(*prepared); !status) return ScriptFailure{at, std::move(status).error()};
      at += prepared->end;
    }
  }

  [[nodiscard]] Status run_one(const SqliteConnection::Prepared& prepared) {
    using Transaction = SqliteConnection::Transaction;
    sqlite3_stmt* statement = prepared.statement.get();
    if (statement == nullptr) return {};
    // The script is one transaction already; dumps bring their own.
    if (prepared.transaction == Transaction::Begin || prepared.transaction == Transaction::Commit) return {};
    if (prepared.transaction == Transaction::Rollback) {
      return fail("database.refused",
                  "a script may not use ROLLBACK: it is one transaction, which a failure takes back");
    }
    if (sqlite3_bind_parameter_count(statement) > 0) return no_value(statement);
    while (true) {
      MIMUS_ASSIGN(const bool more, connection_->step(statement));
      if (!more) return {};
    }
  }

  void roll_back() {
    forget_inserts();
    if (connection_->is_in_transaction()) (void)connection_->run_own("ROLLBACK");
  }

  // Waiting for the disk after every page would take most of the time: several pages are one transaction, each of them
  // a part of it that can be taken back alone. How many depends on nothing but their rows, since commits are counted in
  // the file.
  static constexpr std::uint64_t kRowsOfTransaction = 100'000;

  [[nodiscard]] std::optional<RowFailure> insert_page(const TableShape& table, RowStream& rows) {
    const auto run = [&](std::string_view sql) -> std::optional<RowFailure> {
      auto status = connection_->run_own(sql);
      return status ? std::nullopt : std::optional(RowFailure{0, std::move(status).error()});
    };
    if (!connection_->is_in_transaction()) {
      waiting_rows_ = 0;
      if (auto failure = run("BEGIN IMMEDIATE")) return failure;
    }
    if (auto failure = run("SAVEPOINT mimus_page")) return failure;
    if (auto failure = insert_all(table, rows)) {
      forget_inserts();
      // A failure of the disk may have taken back all of the transaction.
      if (connection_->is_in_transaction()) {
        (void)connection_->run_own("ROLLBACK TO mimus_page");
        (void)connection_->run_own("RELEASE mimus_page");
      }
      return failure;
    }
    if (auto failure = run("RELEASE mimus_page")) return failure;
    if (waiting_rows_ < kRowsOfTransaction) return std::nullopt;
    auto status = commit_pages();
    return status ? std::nullopt : std::optional(RowFailure{0, std::move(status).error()});
  }

  [[nodiscard]] Status commit_pages() {
    if (!connection_->is_in_transaction()) return {};
    auto status = connection_->run_own("COMMIT");
    if (!status) roll_back();
    return status;
  }

  // ---- sequences

  // The greatest number of a column; 0 when there is none.
  [[nodiscard]] Result<std::int64_t> greatest(std::string_view table, std::string_view column) {
    const auto found = look_for(table);
    if (!found) return 0;
    MIMUS_ASSIGN(const TableShape shape, shape_of(*found));
    const auto place = shape.find(column);
    if (!place) return 0;
    const std::string name = quoted_name(shape.columns[*place].name);
    MIMUS_ASSIGN(const auto statement,
                 connection_->prepare_own("SELECT max(" + name + ") FROM main." + quoted_name(shape.name) +
                                          " WHERE typeof(" + name + ") = 'integer'"));
    MIMUS_TRY(connection_->step(statement.get()));
    return sqlite3_column_int64(statement.get(), 0);
  }

  // A row for each sequence: its name and the last number that was taken.
  [[nodiscard]] Result<std::int64_t> take_numbers(std::string_view table, std::string_view column,
                                                  std::uint64_t count) {
    MIMUS_TRY(connection_->run_own(
        "CREATE TABLE IF NOT EXISTS main.mimus_sequences (name TEXT PRIMARY KEY, last INTEGER NOT NULL)"));
    const std::string name = std::string(table) + "_" + std::string(column) + "_seq";
    MIMUS_ASSIGN(std::int64_t last, greatest(table, column));
    MIMUS_ASSIGN(const auto known, connection_->prepare_own("SELECT last FROM main.mimus_sequences WHERE name = ?"));
    sqlite3_bind_text(known.get(), 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
    MIMUS_ASSIGN(const bool is_known, connection_->step(known.get()));
    if (is_known) last = std::max<std::int64_t>(last, sqlite3_column_int64(known.get(), 0));
    sqlite3_reset(known.get());
    if (count > static_cast<std::uint64_t>(INT64_MAX - std::max<std::int64_t>(last, 0))) {
      return fail("sequence.end", "the sequence '" + name + "' of '" + settings_.shown + "' has no more numbers");
    }
    MIMUS_ASSIGN(const auto kept,
                 connection_->prepare_own("INSERT OR REPLACE INTO main.mimus_sequences (name, last) VALUES (?, ?)"));
    sqlite3_bind_text(kept.get(), 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
    sqlite3_bind_int64(kept.get(), 2, last + static_cast<std::int64_t>(count));
    MIMUS_TRY(connection_->step(kept.get()));
    return last + 1;
  }

  // ---- insert

  struct Insert {
    std::string table;
    std::vector<std::uint32_t> columns;
    SqliteConnection::Statement statement;
  };

  void forget_inserts() { inserts_.clear(); }

  [[nodiscard]] std::optional<RowFailure> insert_all(const TableShape& table, RowStream& rows) {
    std::vector<SqlCell> cells;
    for (std::size_t row = 0;; ++row) {
      auto more = rows.next(cells);
      if (!more) return RowFailure{row, std::move(more).error()};
      if (!*more) return std::nullopt;
      ++waiting_rows_;
      auto status = insert_row(table, cells);
      if (!status) return RowFailure{row, std::move(status).error()};
    }
  }

  [[nodiscard]] Status insert_row(const TableShape& table, const std::vector<SqlCell>& cells) {
    MIMUS_ASSIGN(sqlite3_stmt* const statement, insert_of(table, cells));
    for (std::size_t k = 0; k < cells.size(); ++k) {
      if (const int code = bind(statement, static_cast<int>(k + 1), cells[k].value); code != SQLITE_OK) {
        return fail(connection_->failure(code));
      }
    }
    const auto done = connection_->step(statement);
    sqlite3_reset(statement);
    if (!done) return fail(done.error());
    return {};
  }

  static int bind(sqlite3_stmt* statement, int parameter, const SqlValue& value) {
    const char* data = value.bytes.data() == nullptr ? "" : value.bytes.data();
    switch (value.kind) {
      case SqlValue::Kind::Null:
        return sqlite3_bind_null(statement, parameter);
      case SqlValue::Kind::Integer:
        return sqlite3_bind_int64(statement, parameter, value.integer);
      case SqlValue::Kind::Real:
        return sqlite3_bind_double(statement, parameter, value.real);
      case SqlValue::Kind::Text:
        return sqlite3_bind_text64(statement, parameter, data, value.bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
      case SqlValue::Kind::Bytes:
        return sqlite3_bind_blob64(statement, parameter, data, value.bytes.size(), SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
  }

  // The statement for rows with values for these columns; most rows have those of the row before.
  [[nodiscard]] Result<sqlite3_stmt*> insert_of(const TableShape& table, const std::vector<SqlCell>& cells) {
    constexpr std::size_t kMost = 64;
    for (auto known = inserts_.rbegin(); known != inserts_.rend(); ++known) {
      const bool is_same = std::ranges::equal(known->columns, cells, {}, {}, &SqlCell::column);
      if (is_same && known->table == table.name) return known->statement.get();
    }
    Insert made{.table = table.name, .columns = {}, .statement = nullptr};
    std::string names, values;
    for (const SqlCell& cell : cells) {
      made.columns.push_back(cell.column);
      names += (names.empty() ? "" : ", ") + quoted_name(table.columns[cell.column].name);
      values += values.empty() ? "?" : ", ?";
    }
    const std::string sql = "INSERT INTO main." + quoted_name(table.name) +
                            (cells.empty() ? " DEFAULT VALUES" : " (" + names + ") VALUES (" + values + ")");
    MIMUS_ASSIGN(made.statement, connection_->prepare_own(sql));
    if (inserts_.size() >= kMost) inserts_.erase(inserts_.begin());
    return inserts_.emplace_back(std::move(made)).statement.get();
  }

  std::mutex mutex_;
  SqliteSettings settings_;
  std::unique_ptr<SqliteConnection> connection_;
  std::vector<Insert> inserts_;
  std::uint64_t waiting_rows_ = 0;  // of the open transaction
  std::atomic<std::uint64_t> version_ = 0;
};

}  // namespace

std::shared_ptr<Database> make_sqlite_database(SqliteSettings settings) {
  return std::make_shared<SqliteDatabase>(std::move(settings));
}

}  // namespace mimus
