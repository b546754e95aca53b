// The database itself: its versions, locks, several processes, a full disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <array>
#include <thread>

#include "store/connection.h"
#include "store/schema.h"
#include "store/store.h"
#include "store/testing.h"

namespace mimus::store {
namespace {

class SqliteTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  fs::path path = folder.path() / "m.db";

  // A connection to a file that may be new.
  [[nodiscard]] std::unique_ptr<Connection> connect(std::int64_t busy_milliseconds = kBusyMilliseconds) const {
    if (!fs::exists(path)) require(mimus::write_file(path, ""));
    return require(Connection::open(path, false, busy_milliseconds));
  }
  static std::int64_t number(Connection& connection, std::string_view sql) {
    Query query(connection, sql);
    EXPECT_TRUE(require(query.step()));
    return query.integer(0);
  }
  static Status insert(Metadata& metadata, std::string id) {
    return metadata.write([&](Writer& rows) { return rows.insert_project({.id = std::move(id), .name = "p"}); });
  }
  static std::size_t count(Metadata& metadata) {
    std::size_t count = 0;
    require(metadata.read([&](Reader& rows) -> Status {
      MIMUS_ASSIGN(const auto projects, rows.projects());
      count = projects.size();
      return {};
    }));
    return count;
  }
};

TEST_F(SqliteTest, MakesADurableDatabaseForItsOwnerAlone) {
  const auto metadata = require(open_sqlite(path));
  require(insert(*metadata, "p"));
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat status{};
    ASSERT_EQ(::stat((path.string() + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
  }
  const auto connection = connect();
  EXPECT_EQ(number(*connection, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
  EXPECT_EQ(number(*connection, "PRAGMA synchronous"), 2);
  EXPECT_EQ(number(*connection, "PRAGMA foreign_keys"), 1);
  EXPECT_EQ(number(*connection, "PRAGMA user_version"), static_cast<std::int64_t>(schema_steps().size()));
}

TEST_F(SqliteTest, BringsAnOlderDatabaseUpToDateAndKeepsItsRows) {
  require(insert(*require(open_sqlite(path)), "old"));
  std::vector<const char*> steps(schema_steps().begin(), schema_steps().end());
  steps.push_back("ALTER TABLE project ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'");
  {
    const auto connection = connect();
    require(migrate(*connection, steps));
    require(migrate(*connection, steps));  // once only: a second time the column would be there already
    EXPECT_EQ(number(*connection, "SELECT count(*) FROM project WHERE colour = 'red'"), 1);
    EXPECT_EQ(number(*connection, "PRAGMA user_version"), static_cast<std::int64_t>(steps.size()));
  }
  // What this program is then: an older one.
  const auto opened = open_sqlite(path);
  EXPECT_EQ(code_of(opened), "store.format");
}

TEST_F(SqliteTest, AStepThatFailsChangesNothing) {
  std::vector<const char*> steps(schema_steps().begin(), schema_steps().end());
  steps.push_back("CREATE TABLE extra (x); INSERT INTO nowhere VALUES (1)");
  {
    const auto connection = connect();
    require(migrate(*connection, schema_steps()));
    EXPECT_EQ(code_of(migrate(*connection, steps)), "store.failed");
    EXPECT_EQ(number(*connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"), 0);
  }
  require(insert(*require(open_sqlite(path)), "p"));
}

TEST_F(SqliteTest, RefusesTheDatabaseOfAnotherProgram) {
  require(connect()->run("CREATE TABLE other (x); INSERT INTO other VALUES (1)"));
  EXPECT_EQ(code_of(open_sqlite(path)), "store.format");
  EXPECT_EQ(number(*connect(), "SELECT count(*) FROM other"), 1);
}

TEST_F(SqliteTest, RefusesWhatIsNoDatabase) {
  require(mimus::write_file(path, std::string(5000, 'x')));
  EXPECT_EQ(code_of(open_sqlite(path)), "store.failed");
  EXPECT_EQ(require(mimus::read_file(path)), std::string(5000, 'x'));
  EXPECT_EQ(code_of(open_sqlite(folder.path() / "nowhere/m.db")), "store.failed");
  EXPECT_EQ(code_of(open_sqlite(folder.path())), "store.failed");
}

TEST_F(SqliteTest, SeveralProcessesMakeItAtTheSameMoment) {
  for (int round = 0; round < 5; ++round) {
    path = folder.path() / ("m" + std::to_string(round));
    std::vector<Child> children;
    children.reserve(6);
    for (int i = 0; i < 6; ++i) {
      children.emplace_back([this, i] {
        require(insert(*require(open_sqlite(path)), std::to_string(i)));
        return 0;
      });
    }
    for (Child& child : children) EXPECT_EQ(child.wait(), 0);
    EXPECT_EQ(count(*require(open_sqlite(path))), 6U);
  }
}

TEST_F(SqliteTest, SeveralProcessesAndThreadsWrite) {
  constexpr int kWriters = 3;
  constexpr int kRows = 40;
  std::vector<Child> children;
  children.reserve(kWriters);
  for (int c = 0; c < kWriters; ++c) {
    children.emplace_back([this, c] {
      const auto metadata = require(open_sqlite(path));
      std::vector<std::thread> threads;
      threads.reserve(2);
      for (int t = 0; t < 2; ++t) {
        threads.emplace_back([&, t] {
          for (int i = 0; i < kRows; ++i) {
            require(insert(*metadata, std::to_string(c) + "-" + std::to_string(t) + "-" + std::to_string(i)));
          }
        });
      }
      for (std::thread& thread : threads) thread.join();
      return 0;
    });
  }
  for (Child& child : children) EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(count(*require(open_sqlite(path))), static_cast<std::size_t>(kWriters) * 2 * kRows);
}

TEST_F(SqliteTest, WaitsForTheLockOfAnotherAndSaysWhenItIsTooLong) {
  const auto metadata = require(open_sqlite(path));
  const auto other = connect();
  require(other->run("BEGIN IMMEDIATE"));
  const auto impatient = connect(30);
  EXPECT_EQ(code_of(impatient->run("BEGIN IMMEDIATE")), "store.busy");
  EXPECT_EQ(count(*metadata), 0U);  // readers do not wait
  std::thread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    require(other->run("ROLLBACK"));
  });
  EXPECT_EQ(code_of(insert(*metadata, "p")), "");
  release.join();
}

TEST_F(SqliteTest, MoreReadersThanConnectionsAreKept) {
  const auto metadata = require(open_sqlite(path));
  require(insert(*metadata, "p"));
  std::atomic<int> inside = 0;
  std::vector<std::thread> threads;
  threads.reserve(40);
  for (int i = 0; i < 40; ++i) {
    threads.emplace_back([&] {
      require(metadata->read([&](Reader& rows) -> Status {
        ++inside;
        while (inside < 40) std::this_thread::yield();
        EXPECT_TRUE(require(rows.project("p")));
        return {};
      }));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count(*metadata), 1U);
}

TEST_F(SqliteTest, AFullDiskUndoesTheTransaction) {
  Child child([this] {
    const auto metadata = require(open_sqlite(path));
    require(insert(*metadata, "before"));
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200'000, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Status failed = metadata->write([](Writer& rows) -> Status {
      for (int i = 0; i < 10'000; ++i) {
        MIMUS_TRY(rows.insert_project({.id = std::to_string(i), .name = std::string(200, 'x')}));
      }
      return {};
    });
    if (code_of(failed) != "store.full") return 1;
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &none);
    require(insert(*metadata, "after"));
    return count(*metadata) == 2 ? 0 : 2;
  });
  EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(count(*require(open_sqlite(path))), 2U);
}

}  // namespace
}  // namespace mimus::store
