// SqliteConnection: one connection to a file of SQLite, guarded: a descriptor and the file itself are not trusted.
//
// Statements cannot reach another file (ATTACH, VACUUM INTO), load code, or change how the file is kept (most PRAGMAs);
// lengths, depths and numbers are limited; what runs long asks whether the run is cancelled. The clock of SQL
// (CURRENT_TIMESTAMP, datetime('now')) is the run's, and random() draws from the run's seed: the same run gives the
// same rows. One thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "base/time.h"
#include "random/philox.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mimus {

struct SqliteSettings {
  fs::path file;      // absolute, without symbolic links; it is created when it is missing, and its folder
  std::string shown;  // what people know it by: "db/air.sqlite"
  Timestamp now;      // the clock of SQL
  Stream random;      // what random() draws from
  // Nobody else uses the file, and it is thrown away when the run fails: no locks, no waiting for the disk.
  bool is_private = false;
  // What a commit has changed has reached the disk. Without it the operating system decides when.
  bool is_durable = false;
  std::function<bool()> is_cancelled;          // empty: never
  std::chrono::milliseconds patience{10'000};  // how long the lock of another process is waited for
};

class SqliteConnection {
 public:
  // Fails with database.open.
  [[nodiscard]] static Result<std::unique_ptr<SqliteConnection>> open(SqliteSettings settings);
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection();

  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalizer>;

  // What a statement does to transactions.
  enum class Transaction : std::uint8_t { None, Begin, Commit, Rollback };
  struct Prepared {
    Statement statement;  // nullptr: the text holds none, but blanks and comments
    std::size_t end = 0;  // of the statement in the text
    Transaction transaction = Transaction::None;
  };
  // A failure has the offset of the mistake in the text.
  struct Mistake {
    std::size_t offset = 0;
    Diagnostic finding;
  };
  // The first statement of a text of the descriptor's.
  [[nodiscard]] std::expected<Prepared, Mistake> prepare(std::string_view sql);
  // A statement of our own, which nothing refuses.
  [[nodiscard]] Result<Statement> prepare_own(std::string_view sql);
  [[nodiscard]] Status run_own(std::string_view sql);

  // True when there is a row, false at the end.
  [[nodiscard]] Result<bool> step(sqlite3_stmt* statement);
  // What went wrong last; `code` is SQLite's.
  [[nodiscard]] Diagnostic failure(int code) const;

  [[nodiscard]] bool is_in_transaction() const;
  [[nodiscard]] sqlite3* handle() const { return database_; }

 private:
  struct Clock;
  explicit SqliteConnection(SqliteSettings settings);

  [[nodiscard]] Status protect();
  static int authorize(void* self, int action, const char* first, const char* second, const char* schema,
                       const char* trigger);
  [[nodiscard]] bool is_allowed(int action, std::string_view first, std::string_view second);
  static int look_for_end(void* self);
  static int wait_for_lock(void* self, int attempt);
  friend struct SqlRandom;

  SqliteSettings settings_;
  sqlite3* database_ = nullptr;
  std::unique_ptr<Clock> clock_;
  std::uint64_t draws_ = 0;
  int system_error_ = 0;  // of the last step
  bool is_own_ = false;   // the statement that is being prepared is ours
  std::string refused_;   // by the statement that was prepared last
  Transaction transaction_ = Transaction::None;
};

}  // namespace mimus
