// The metadata store over SQLite: one connection that writes, as many that read as there are readers at a time.
#include <fcntl.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "store/connection.h"
#include "store/schema.h"
#include "store/sqlite_rows.h"
#include "store/store.h"

namespace mimus::store {
namespace {

// Read connections kept open while nobody uses them.
constexpr std::size_t kIdleReaders = 16;

// A transaction that is undone unless it was committed: also when the body throws.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (open_) (void)connection_->run("ROLLBACK");
  }

  [[nodiscard]] Status begin(const char* sql) {
    MIMUS_TRY(connection_->run(sql));
    open_ = true;
    return {};
  }
  [[nodiscard]] Status commit() {
    MIMUS_TRY(connection_->run("COMMIT"));
    open_ = false;
    return {};
  }

 private:
  Connection* connection_;
  bool open_ = false;
};

// A lock that can be waited for as long as said. Not std::timed_mutex: ThreadSanitizer does not know how that waits.
class Turn {
 public:
  [[nodiscard]] bool take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    if (!given_back_.wait_for(lock, patience, [this] { return !taken_; })) return false;
    taken_ = true;
    return true;
  }
  void give_back() {
    {
      const std::lock_guard lock(mutex_);
      taken_ = false;
    }
    given_back_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_back_;
  bool taken_ = false;
};

// A turn, taken and given back.
class TakenTurn {
 public:
  explicit TakenTurn(Turn& turn) : turn_(&turn), taken_(turn.take(std::chrono::milliseconds(kBusyMilliseconds))) {}
  TakenTurn(const TakenTurn&) = delete;
  TakenTurn& operator=(const TakenTurn&) = delete;
  ~TakenTurn() {
    if (taken_) turn_->give_back();
  }
  [[nodiscard]] bool taken() const { return taken_; }

 private:
  Turn* turn_;
  bool taken_;
};

class SqliteMetadata final : public Metadata {
 public:
  SqliteMetadata(fs::path path, std::unique_ptr<Connection> writer)
      : path_(std::move(path)), writer_(std::move(writer)) {}

  Status read(const std::function<Status(Reader&)>& body) override {
    MIMUS_ASSIGN(std::unique_ptr<Connection> connection, take_reader());
    Status status;
    {
      Transaction transaction(*connection);
      MIMUS_TRY(transaction.begin("BEGIN"));
      SqliteRows rows(*connection);
      status = body(rows);
      if (status) status = transaction.commit();
    }
    give_back(std::move(connection));
    return status;
  }

  Status write(const std::function<Status(Writer&)>& body) override {
    const TakenTurn turn(writers_);
    if (!turn.taken()) return fail("store.busy", "the metadata is locked for more than 10 s", "try again");
    Transaction transaction(*writer_);
    MIMUS_TRY(transaction.begin("BEGIN IMMEDIATE"));
    SqliteRows rows(*writer_);
    MIMUS_TRY(body(rows));
    return transaction.commit();
  }

 private:
  Result<std::unique_ptr<Connection>> take_reader() {
    {
      const std::lock_guard lock(readers_mutex_);
      if (!readers_.empty()) {
        std::unique_ptr<Connection> connection = std::move(readers_.back());
        readers_.pop_back();
        return connection;
      }
    }
    return Connection::open(path_, true);
  }

  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(readers_mutex_);
    if (readers_.size() < kIdleReaders) readers_.push_back(std::move(connection));
  }

  fs::path path_;
  Turn writers_;
  std::unique_ptr<Connection> writer_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Connection>> readers_;
};

// SQLite would make the file readable for all; its companions (-wal, -shm) get the file's mode. One that is there is
// not opened: closing it would give up the locks that other connections of this process hold.
Status make_file(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file && errno == EEXIST) return {};
  if (!file) return fail("store.failed", "cannot open '" + path.string() + "': " + errno_text(errno));
  return sync_folder(path.parent_path());
}

// Two processes that switch a new database at the same moment disturb each other, without a call of the busy handler.
Status set_journal(Connection& connection) {
  constexpr int kAttempts = 200;
  for (int attempt = 0;; ++attempt) {
    const Status status = connection.run("PRAGMA journal_mode = WAL");
    if (status || status.error().code != "store.busy" || attempt == kAttempts) return status;
    wait_for_lock(&connection, attempt);
  }
}

}  // namespace

Result<std::unique_ptr<Metadata>> open_sqlite(const fs::path& path) {
  MIMUS_TRY(make_file(path));
  MIMUS_ASSIGN(std::unique_ptr<Connection> writer, Connection::open(path, false));
  MIMUS_TRY(set_journal(*writer));
  MIMUS_TRY(migrate(*writer, schema_steps()));
  return std::make_unique<SqliteMetadata>(path, std::move(writer));
}

}  // namespace mimus::store
