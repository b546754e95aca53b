#include "database/sqlite_connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "base/text.h"

namespace mimus {
namespace {

constexpr std::chrono::milliseconds kNap{5};
// Between two looks at whether the run is cancelled: about a millisecond.
constexpr int kStepsBetweenLooks = 20'000;
constexpr std::size_t kMostReason = 300;
constexpr int kMostValueBytes = 64 << 20;
constexpr int kMostSqlBytes = 16 << 20;

struct Limit {
  int category;
  int value;
};
// What is given here is far from what people write, and far below what would take a machine's memory or stack.
constexpr std::array kLimits{Limit{SQLITE_LIMIT_LENGTH, kMostValueBytes},
                             Limit{SQLITE_LIMIT_SQL_LENGTH, kMostSqlBytes},
                             Limit{SQLITE_LIMIT_COLUMN, 2000},
                             Limit{SQLITE_LIMIT_EXPR_DEPTH, 500},
                             Limit{SQLITE_LIMIT_COMPOUND_SELECT, 500},
                             Limit{SQLITE_LIMIT_VDBE_OP, 25'000'000},
                             Limit{SQLITE_LIMIT_FUNCTION_ARG, 100},
                             Limit{SQLITE_LIMIT_ATTACHED, 0},
                             Limit{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 10'000},
                             Limit{SQLITE_LIMIT_VARIABLE_NUMBER, 32'766},
                             Limit{SQLITE_LIMIT_TRIGGER_DEPTH, 100},
                             Limit{SQLITE_LIMIT_WORKER_THREADS, 0}};

// Those that tell something, or that say what statements mean; not those that say how and where data are kept.
constexpr std::array<std::string_view, 24> kPragmas{"application_id",
                                                    "case_sensitive_like",
                                                    "collation_list",
                                                    "count_changes",
                                                    "defer_foreign_keys",
                                                    "foreign_key_check",
                                                    "foreign_key_list",
                                                    "foreign_keys",
                                                    "function_list",
                                                    "ignore_check_constraints",
                                                    "index_info",
                                                    "index_list",
                                                    "index_xinfo",
                                                    "integrity_check",
                                                    "legacy_alter_table",
                                                    "optimize",
                                                    "quick_check",
                                                    "recursive_triggers",
                                                    "reverse_unordered_selects",
                                                    "schema_version",
                                                    "table_info",
                                                    "table_list",
                                                    "table_xinfo",
                                                    "user_version"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

std::string_view view_of(const char* text) { return text == nullptr ? std::string_view() : text; }

}  // namespace

// SQLite's files with another clock. SQLite knows it by its name as long as the connection lives.
struct SqliteConnection::Clock {
  sqlite3_vfs files{};
  std::string name;
  std::int64_t julian_milliseconds = 0;

  explicit Clock(Timestamp now) {
    static std::atomic<std::uint64_t> clocks = 0;
    constexpr std::int64_t kEpoch = 210'866'760'000'000;  // 1970-01-01 in milliseconds of the Julian day number
    const std::int64_t milliseconds = now.micros >= 0 ? now.micros / 1000 : (now.micros - 999) / 1000;
    julian_milliseconds = kEpoch + milliseconds;
    files = *sqlite3_vfs_find(nullptr);
    name = "mimus-clock-" + std::to_string(clocks++);
    files.zName = name.c_str();
    files.pNext = nullptr;
    files.xCurrentTime = [](sqlite3_vfs* vfs, double* out) {
      *out = static_cast<double>(clock_of(vfs)) / 86'400'000.0;
      return SQLITE_OK;
    };
    files.xCurrentTimeInt64 = [](sqlite3_vfs* vfs, sqlite3_int64* out) {
      *out = clock_of(vfs);
      return SQLITE_OK;
    };
  }
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  ~Clock() { sqlite3_vfs_unregister(&files); }

  // `files` is the first member.
  static std::int64_t clock_of(sqlite3_vfs* vfs) { return reinterpret_cast<Clock*>(vfs)->julian_milliseconds; }
};

// random() and randomblob(n) of SQL, from the run's seed: the k-th call of a connection takes the k-th draw.
struct SqlRandom {
  static std::uint64_t next(sqlite3_context* context) {
    auto& connection = *static_cast<SqliteConnection*>(sqlite3_user_data(context));
    return connection.settings_.random.draw({.root = connection.draws_++, .ordinal = 0});
  }
  static void number(sqlite3_context* context, int, sqlite3_value**) {
    sqlite3_result_int64(context, static_cast<std::int64_t>(next(context)));
  }
  static void bytes(sqlite3_context* context, int, sqlite3_value** arguments) {
    const std::int64_t size = std::max<std::int64_t>(1, sqlite3_value_int64(arguments[0]));
    if (size > kMostValueBytes) return sqlite3_result_error_toobig(context);
    std::string out;
    out.reserve(static_cast<std::size_t>(size) + sizeof(std::uint64_t));
    while (out.size() < static_cast<std::size_t>(size)) {
      const std::uint64_t draw = next(context);
      out.append(reinterpret_cast<const char*>(&draw), sizeof draw);
    }
    sqlite3_result_blob64(context, out.data(), static_cast<sqlite3_uint64>(size), SQLITE_TRANSIENT);
  }
};

void SqliteConnection::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(SqliteSettings settings) {
  std::error_code error;
  fs::create_directories(settings.file.parent_path(), error);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(std::move(settings)));
  const SqliteSettings& own = connection->settings_;
  if (error) {
    return fail("database.open", "cannot make the folder of the database file '" + own.shown + "': " + error.message());
  }
  connection->clock_ = std::make_unique<Clock>(own.now);
  sqlite3_vfs_register(&connection->clock_->files, 0);
  const int code = sqlite3_open_v2(
      own.file.c_str(), &connection->database_,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
      connection->clock_->name.c_str());
  if (code == SQLITE_OK) {
    MIMUS_TRY(connection->protect());
    return connection;
  }
  return fail("database.open", "cannot open the database file '" + own.shown +
                                   "': " + std::string(view_of(sqlite3_errmsg(connection->database_))));
}

SqliteConnection::SqliteConnection(SqliteSettings settings) : settings_(std::move(settings)) {}

SqliteConnection::~SqliteConnection() { sqlite3_close_v2(database_); }

Status SqliteConnection::protect() {
  for (const Limit& limit : kLimits) sqlite3_limit(database_, limit.category, limit.value);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0, nullptr);
  sqlite3_busy_handler(database_, wait_for_lock, this);
  sqlite3_progress_handler(database_, kStepsBetweenLooks, look_for_end, this);
  sqlite3_create_function_v2(database_, "random", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, this, SqlRandom::number, nullptr,
                             nullptr, nullptr);
  sqlite3_create_function_v2(database_, "randomblob", 1, SQLITE_UTF8 | SQLITE_INNOCUOUS, this, SqlRandom::bytes,
                             nullptr, nullptr, nullptr);
  std::string text =
      "PRAGMA cell_size_check = ON;"  // a damaged page is found when it is read
      "PRAGMA secure_delete = OFF;"
      "PRAGMA temp_store = MEMORY;";
  // A file that is in use by nobody else needs no shared memory, which a task's process does not have.
  if (settings_.is_private) text += "PRAGMA locking_mode = EXCLUSIVE;PRAGMA journal_mode = TRUNCATE;";
  text += settings_.is_private   ? "PRAGMA synchronous = OFF;"
          : settings_.is_durable ? "PRAGMA synchronous = FULL;"
                                 : "PRAGMA synchronous = NORMAL;";
  const int code = sqlite3_exec(database_, text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(failure(code));
  sqlite3_set_authorizer(database_, authorize, this);
  return {};
}

int SqliteConnection::authorize(void* self, int action, const char* first, const char* second, const char*,
                                const char*) {
  auto& connection = *static_cast<SqliteConnection*>(self);
  if (connection.is_own_ || connection.is_allowed(action, view_of(first), view_of(second))) return SQLITE_OK;
  return SQLITE_DENY;
}

bool SqliteConnection::is_allowed(int action, std::string_view first, std::string_view second) {
  switch (action) {
    case SQLITE_ATTACH:
      refused_ = "ATTACH (or VACUUM), which reaches other files";
      return false;
    case SQLITE_DETACH:
      refused_ = "DETACH";
      return false;
    case SQLITE_PRAGMA:
      if (std::ranges::find(kPragmas, lower(first)) != kPragmas.end()) return true;
      refused_ = "PRAGMA " + std::string(first);
      return false;
    case SQLITE_FUNCTION: {
      const std::string name = lower(second);
      if (name != "load_extension" && name != "fts3_tokenizer") return true;
      refused_ = "the function " + name;
      return false;
    }
    case SQLITE_TRANSACTION:
      transaction_ = first == "BEGIN"    ? Transaction::Begin
                     : first == "COMMIT" ? Transaction::Commit
                                         : Transaction::Rollback;
      return true;
    default:
      return true;
  }
}

int SqliteConnection::look_for_end(void* self) {
  const auto& is_cancelled = static_cast<SqliteConnection*>(self)->settings_.is_cancelled;
  return is_cancelled && is_cancelled() ? 1 : 0;
}

int SqliteConnection::wait_for_lock(void* self, int attempt) {
  const auto& connection = *static_cast<SqliteConnection*>(self);
  if (attempt * kNap >= connection.settings_.patience || look_for_end(self) != 0) return 0;
  std::this_thread::sleep_for(kNap);
  return 1;
}

std::expected<SqliteConnection::Prepared, SqliteConnection::Mistake> SqliteConnection::prepare(std::string_view sql) {
  refused_.clear();
  transaction_ = Transaction::None;
  if (sql.size() > static_cast<std::size_t>(kMostSqlBytes)) {
    return std::unexpected(Mistake{0, {.code = "database.sql", .message = "a text of SQL has at most 16 MiB"}});
  }
  // Its end would be taken for the end of the text.
  if (const std::size_t null = sql.find('\0'); null != std::string_view::npos) {
    return std::unexpected(Mistake{null, {.code = "database.sql", .message = "a text of SQL holds no null bytes"}});
  }
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), 0, &statement, &tail);
  Statement owned(statement);
  if (code != SQLITE_OK) {
    const int offset = sqlite3_error_offset(database_);
    return std::unexpected(Mistake{offset < 0 ? 0 : static_cast<std::size_t>(offset), failure(code)});
  }
  return Prepared{std::move(owned), static_cast<std::size_t>(tail - sql.data()), transaction_};
}

Result<SqliteConnection::Statement> SqliteConnection::prepare_own(std::string_view sql) {
  refused_.clear();
  is_own_ = true;
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), 0, &statement, nullptr);
  is_own_ = false;
  if (code != SQLITE_OK) return fail(failure(code));
  return Statement(statement);
}

Status SqliteConnection::run_own(std::string_view sql) {
  MIMUS_ASSIGN(const Statement statement, prepare_own(sql));
  MIMUS_TRY(step(statement.get()));
  return {};
}

Result<bool> SqliteConnection::step(sqlite3_stmt* statement) {
  errno = 0;
  const int code = sqlite3_step(statement);
  system_error_ = errno;
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return fail(failure(code));
}

bool SqliteConnection::is_in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }

Diagnostic SqliteConnection::failure(int code) const {
  const std::string name = "'" + settings_.shown + "'";
  switch (code & 0xFF) {
    case SQLITE_INTERRUPT:
      return {.code = "run.cancelled", .message = "the run was cancelled"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      if (settings_.is_cancelled && settings_.is_cancelled()) {
        return {.code = "run.cancelled", .message = "the run was cancelled"};
      }
      return {.code = "database.locked",
              .message = "another process holds the database file " + name,
              .hint = "try again when it has ended"};
    case SQLITE_AUTH:
    case SQLITE_ERROR:
      if (refused_.empty()) break;
      return {.code = "database.refused", .message = "descriptors may not use " + refused_};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {.code = "database.open", .message = "the file " + name + " is no database of SQLite, or is damaged"};
    case SQLITE_IOERR:
      // SQLite itself knows of a full disk only.
      if (system_error_ != EDQUOT && system_error_ != EFBIG && system_error_ != ENOSPC) break;
      [[fallthrough]];
    case SQLITE_FULL:
      return {.code = "database.full", .message = "there is no room left for the database file " + name};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return {.code = "database.open", .message = "the database file " + name + " cannot be written"};
    case SQLITE_NOMEM:
      return {.code = "run.memory", .message = "a statement of SQL needs more memory than there is"};
    default:
      break;
  }
  std::string reason(view_of(database_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database_)));
  if (reason.size() > kMostReason) reason = reason.substr(0, kMostReason) + " …";
  return {.code = "database.sql", .message = reason};
}

}  // namespace mimus
