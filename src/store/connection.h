// One SQLite connection, and statements on it: the C API behind values that give back what they take.
//
// Private to this room. A Connection and its statements belong to one thread at a time.
// Errors: store.busy (locked for longer than kBusyMilliseconds), store.full (no room on the disk), store.failed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/file.h"
#include "base/result.h"
#include "base/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mimus::store {

inline constexpr int kBusyMilliseconds = 10'000;

// SQLite's busy handler, called with the number of earlier calls: sleeps a little; 0 when the time is up. `connection`
// is a Connection.
int wait_for_lock(void* connection, int attempt);

class Connection {
 public:
  // Opens the database `path`, which exists (an empty file is an empty database). `read_only` refuses changes. A lock
  // of another is waited for as long as said.
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const fs::path& path, bool read_only,
                                                                std::int64_t busy_milliseconds = kBusyMilliseconds);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // Runs statements without parameters or results.
  [[nodiscard]] Status run(const char* sql);
  // The compiled statement, kept for the next time. `sql` must have static storage.
  [[nodiscard]] Result<sqlite3_stmt*> prepare(std::string_view sql);
  // How many rows the last statement changed.
  [[nodiscard]] std::int64_t changes() const;
  // What went wrong last.
  [[nodiscard]] std::unexpected<Diagnostic> failure(int code) const;

 private:
  Connection() = default;

  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  sqlite3* database_ = nullptr;
  std::int64_t busy_milliseconds_ = kBusyMilliseconds;
  std::int64_t waiting_since_ = 0;  // milliseconds; of the busy handler
  std::unordered_map<std::string_view, std::unique_ptr<sqlite3_stmt, Finalizer>> statements_;

  friend int wait_for_lock(void* connection, int attempt);
};

// One execution of a statement: bind the parameters in their order, then step. The bound texts must outlive it.
class Query {
 public:
  // `sql` must have static storage.
  Query(Connection& connection, std::string_view sql);
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  template <class... Values>
  Query& bind(const Values&... values) {
    (bind_one(values), ...);
    return *this;
  }

  // True when there is a row, false at the end.
  [[nodiscard]] Result<bool> step();
  // Runs a statement that gives no rows.
  [[nodiscard]] Status run();
  // The same; no changed row is store.failed, since the caller has looked before.
  [[nodiscard]] Status run_on_one();

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t natural(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] Timestamp time(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  void bind_one(std::string_view value);
  void bind_one(const std::string& value) { bind_one(std::string_view(value)); }
  void bind_one(std::int64_t value);
  void bind_one(std::uint64_t value) { bind_one(static_cast<std::int64_t>(value)); }
  void bind_one(std::uint32_t value) { bind_one(static_cast<std::int64_t>(value)); }
  void bind_one(bool value) { bind_one(static_cast<std::int64_t>(value)); }
  void bind_one(double value);
  void bind_one(Timestamp value) { bind_one(value.micros); }
  template <class T>
  void bind_one(const std::optional<T>& value) {
    if (value) {
      bind_one(*value);
    } else {
      ++parameter_;  // parameters are NULL until they are bound
    }
  }
  void check(int code);

  Connection* connection_;
  sqlite3_stmt* statement_ = nullptr;
  int parameter_ = 0;
  Status status_;
};

}  // namespace mimus::store
