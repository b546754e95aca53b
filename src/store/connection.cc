#include "store/connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <thread>

namespace mimus::store {
namespace {

std::int64_t milliseconds() {
  const auto time = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

// What we ask of every connection. The journal's mode is a property of the file and set where it is made (schema.cc).
constexpr const char* kSettings =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA synchronous = FULL;"    // a commit is on the disk before it is acknowledged
    "PRAGMA trusted_schema = OFF;"  // a database from elsewhere cannot call functions by its schema
    "PRAGMA cell_size_check = ON;"  // a damaged page is found when it is read
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA wal_autocheckpoint = 1000;";

std::unexpected<Diagnostic> full() {
  return fail("store.full", "there is no room left on the disk of the data folder", "free some space");
}

}  // namespace

// SQLite's own waiting grows to 100 ms; with a few processes that write briefly, short naps bring the lock sooner.
int wait_for_lock(void* context, int attempt) {
  auto& connection = *static_cast<Connection*>(context);
  const std::int64_t time = milliseconds();
  if (attempt == 0) connection.waiting_since_ = time;
  if (time - connection.waiting_since_ >= connection.busy_milliseconds_) return 0;
  std::this_thread::sleep_for(std::chrono::milliseconds(std::min(attempt + 1, 8)));
  return 1;
}

void Connection::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<std::unique_ptr<Connection>> Connection::open(const fs::path& path, bool read_only,
                                                     std::int64_t busy_milliseconds) {
  std::unique_ptr<Connection> connection(new Connection);
  connection->busy_milliseconds_ = busy_milliseconds;
  // Readers need a writable file too: the index of the write-ahead log is shared memory.
  const int code = sqlite3_open_v2(path.c_str(), &connection->database_,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (code != SQLITE_OK) return connection->failure(code);
  sqlite3_busy_handler(connection->database_, wait_for_lock, connection.get());
  sqlite3_db_config(connection->database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection->database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  MIMUS_TRY(connection->run(kSettings));
  if (read_only) MIMUS_TRY(connection->run("PRAGMA query_only = ON"));
  return connection;
}

Connection::~Connection() {
  statements_.clear();
  sqlite3_close_v2(database_);
}

Status Connection::run(const char* sql) {
  const int code = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return {};
}

Result<sqlite3_stmt*> Connection::prepare(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second.get();
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) return failure(code);
  statements_.emplace(sql, statement);
  return statement;
}

std::int64_t Connection::changes() const { return sqlite3_changes64(database_); }

std::unexpected<Diagnostic> Connection::failure(int code) const {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return fail("store.busy", "the metadata is locked by another process for more than 10 s", "try again");
    case SQLITE_FULL:
      return full();
    case SQLITE_IOERR:
      // The quota of a user or of a process; SQLite itself knows ENOSPC only.
      if (const int error = sqlite3_system_errno(database_); error == EDQUOT || error == EFBIG) return full();
      break;
    default:
      break;
  }
  // SQLite's text names tables and columns, never values.
  const std::string text = database_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database_);
  return fail("store.failed", "the metadata cannot be used: " + text + " (SQLite " + std::to_string(code) + ")");
}

Query::Query(Connection& connection, std::string_view sql) : connection_(&connection) {
  auto statement = connection.prepare(sql);
  if (statement) {
    statement_ = *statement;
  } else {
    status_ = fail(statement.error());
  }
}

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::check(int code) {
  if (status_ && code != SQLITE_OK) status_ = connection_->failure(code);
}

void Query::bind_one(std::string_view value) {
  if (!status_) return;
  const char* data = value.data() == nullptr ? "" : value.data();  // a null pointer would be NULL
  check(sqlite3_bind_text64(statement_, ++parameter_, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Query::bind_one(std::int64_t value) {
  if (status_) check(sqlite3_bind_int64(statement_, ++parameter_, value));
}

void Query::bind_one(double value) {
  // SQLite would make NULL of what is no number.
  if (status_) check(sqlite3_bind_double(statement_, ++parameter_, std::isnan(value) ? 0.0 : value));
}

Result<bool> Query::step() {
  if (!status_) return fail(status_.error());
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return connection_->failure(code);
}

Status Query::run() {
  MIMUS_ASSIGN(const bool row, step());
  if (row) return fail("store.failed", "a change of the metadata gave rows");
  return {};
}

Status Query::run_on_one() {
  MIMUS_TRY(run());
  if (connection_->changes() == 0) return fail("store.failed", "a row that was to be changed is not there");
  return {};
}

std::string Query::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::uint64_t Query::natural(int column) const { return static_cast<std::uint64_t>(integer(column)); }

double Query::real(int column) const { return sqlite3_column_double(statement_, column); }

Timestamp Query::time(int column) const { return {integer(column)}; }

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

}  // namespace mimus::store
