#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "database/column_builder.h"
#include "database/sqlite_database.h"

namespace mimus {
namespace {

using testing::HasSubstr;

// A folder of its own for each test.
class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest()
      : folder_(fs::canonical(fs::temp_directory_path()) / ("database-" + std::to_string(getpid()) + "-" + name())) {
    fs::create_directories(folder_);
  }
  ~DatabaseTest() override { fs::remove_all(folder_); }

  static std::string name() { return testing::UnitTest::GetInstance()->current_test_info()->name(); }

  [[nodiscard]] SqliteSettings settings() const {
    return {.file = folder_ / "db" / "t.sqlite",
            .shown = "db/t.sqlite",
            .now = *parse_rfc3339("2026-01-31T12:00:00.250Z"),
            .random = Stream(7)};
  }

  // The error of a script, or "".
  static std::string code_of(const std::optional<ScriptFailure>& failure) {
    return failure ? failure->finding.code : std::string();
  }
  static std::string code_of(const Status& status) { return status ? std::string() : status.error().code; }

  static std::string ask(Database& database, const std::string& sql) {
    const auto rows = database.ask(sql);
    if (!rows) return rows.error().code + ": " + rows.error().message;
    std::string out;
    append_repr(out, *rows);
    return out;
  }

  fs::path folder_;
};

// Rows given in a list.
class Rows final : public RowStream {
 public:
  explicit Rows(std::vector<std::vector<SqlCell>> rows) : rows_(std::move(rows)) {}
  [[nodiscard]] Result<bool> next(std::vector<SqlCell>& cells) override {
    if (at_ == rows_.size()) return false;
    cells = rows_[at_++];
    return true;
  }

 private:
  std::vector<std::vector<SqlCell>> rows_;
  std::size_t at_ = 0;
};

SqlCell cell(std::uint32_t column, std::int64_t value) {
  return {column, {.kind = SqlValue::Kind::Integer, .integer = value}};
}
SqlCell cell(std::uint32_t column, std::string_view value) {
  return {column, {.kind = SqlValue::Kind::Text, .bytes = value}};
}

TEST_F(DatabaseTest, MakesTheFileWhenItIsUsedFirst) {
  const auto database = make_sqlite_database(settings());
  EXPECT_FALSE(fs::exists(folder_ / "db"));
  EXPECT_EQ(database->version(), 0U);
  EXPECT_EQ(code_of(database->execute("CREATE TABLE t (a)")), "");
  EXPECT_TRUE(fs::exists(folder_ / "db" / "t.sqlite"));
  EXPECT_GT(database->version(), 0U);
}

TEST_F(DatabaseTest, RunsAScriptWholeOrNotAtAll) {
  const auto database = make_sqlite_database(settings());
  const auto failure =
      database->execute("CREATE TABLE t (a);\nINSERT INTO t VALUES (';');\nINSERT INTO gone VALUES (1);");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->finding.code, "database.sql");
  EXPECT_THAT(failure->finding.message, HasSubstr("no such table: gone"));
  EXPECT_EQ(failure->offset, 48U);
  EXPECT_EQ(ask(*database, "SELECT count(*) AS n FROM sqlite_schema"), "[{'n': 0}]");
  EXPECT_EQ(code_of(database->execute("BEGIN; CREATE TABLE t (a); COMMIT; -- a dump\n /* the end */ ;;")), "");
  EXPECT_EQ(ask(*database, "SELECT count(*) AS n FROM sqlite_schema"), "[{'n': 1}]");
}

TEST_F(DatabaseTest, RefusesWhatReachesBeyondItsFile) {
  const auto database = make_sqlite_database(settings());
  const std::string other = (folder_ / "other.sqlite").string();
  for (const std::string& sql :
       {"ATTACH '" + other + "' AS o", std::string("DETACH main"), std::string("PRAGMA journal_mode = OFF"),
        std::string("PRAGMA writable_schema = 1"), std::string("PRAGMA temp_store_directory = '/'"),
        std::string("SELECT load_extension('x')"), std::string("SELECT fts3_tokenizer('simple')"),
        std::string("ROLLBACK")}) {
    EXPECT_EQ(code_of(database->execute(sql)), "database.refused") << sql;
  }
  EXPECT_NE(code_of(database->execute("VACUUM INTO '" + other + "'")), "");
  EXPECT_NE(code_of(database->execute("COMMIT; VACUUM INTO '" + other + "'")), "");
  EXPECT_FALSE(fs::exists(other));
  EXPECT_EQ(code_of(database->execute("PRAGMA foreign_keys = ON; PRAGMA user_version = 3")), "");
}

TEST_F(DatabaseTest, RefusesViewsThatCallWhatIsRefused) {
  const auto database = make_sqlite_database(settings());
  ASSERT_EQ(code_of(database->execute("CREATE VIEW v AS SELECT load_extension('x') AS a")), "");
  EXPECT_THAT(ask(*database, "SELECT * FROM v"), HasSubstr("database."));
}

TEST_F(DatabaseTest, AsksQueriesThatChangeNothing) {
  const auto database = make_sqlite_database(settings());
  ASSERT_EQ(code_of(database->execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), ('x'), (NULL), (2.5), (x'00')")),
            "");
  EXPECT_EQ(ask(*database, "SELECT a FROM t ;-- done"),
            "[{'a': 1}, {'a': 'x'}, {'a': None}, {'a': 2.5}, {'a': b'\\x00'}]");
  EXPECT_EQ(ask(*database, "SELECT 1 AS a, 2 AS b, 3 AS a"), "[{'a': 3, 'b': 2}]");
  EXPECT_EQ(ask(*database, "SELECT a FROM t WHERE a = 9"), "[]");
  for (const char* sql : {"DELETE FROM t", "", "-- nothing", "SELECT 1; SELECT 2", "CREATE TABLE u (a)", "BEGIN"}) {
    EXPECT_THAT(ask(*database, sql), HasSubstr("database.query")) << sql;
  }
  EXPECT_THAT(ask(*database, "SELECT :a"), HasSubstr("database.parameter"));
  EXPECT_THAT(ask(*database, std::string("SELECT 1\0", 9)), HasSubstr("null bytes"));
  EXPECT_THAT(ask(*database, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"),
              HasSubstr("database.rows"));
}

TEST_F(DatabaseTest, HasTheClockAndTheRandomNumbersOfTheRun) {
  const std::string sql = "SELECT datetime('now') AS t, CURRENT_DATE AS d, random() AS r, hex(randomblob(3)) AS b";
  const std::string first = ask(*make_sqlite_database(settings()), sql);
  EXPECT_THAT(first, HasSubstr("'t': '2026-01-31 12:00:00', 'd': '2026-01-31'"));
  EXPECT_EQ(ask(*make_sqlite_database(settings()), sql), first);
  SqliteSettings other = settings();
  other.random = Stream(8);
  EXPECT_NE(ask(*make_sqlite_database(other), sql), first);
  // Two calls are two draws.
  EXPECT_EQ(ask(*make_sqlite_database(settings()), "SELECT random() = random() AS same"), "[{'same': 0}]");
}

TEST_F(DatabaseTest, EndsWhenTheRunIsCancelled) {
  std::atomic<bool> is_cancelled = false;
  SqliteSettings own = settings();
  own.is_cancelled = [&] { return is_cancelled.load(); };
  const auto database = make_sqlite_database(own);
  std::jthread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    is_cancelled = true;
  });
  const auto failure =
      database->execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
  EXPECT_EQ(code_of(failure), "run.cancelled");
}

TEST_F(DatabaseTest, LimitsLengthsAndDepths) {
  const auto database = make_sqlite_database(settings());
  EXPECT_THAT(ask(*database, "SELECT zeroblob(100000000) AS a"), HasSubstr("too big"));
  EXPECT_THAT(ask(*database, "SELECT randomblob(100000000) AS a"), HasSubstr("too big"));
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "-(";
  EXPECT_THAT(ask(*database, "SELECT " + deep + "1" + std::string(5000, ')')), HasSubstr("database.sql"));
  EXPECT_THAT(ask(*database, "SELECT 1 -- " + std::string(17 << 20, 'x')), HasSubstr("at most 16 MiB"));
}

TEST_F(DatabaseTest, FindsTablesAndColumnsInAnyCase) {
  const auto database = make_sqlite_database(settings());
  ASSERT_EQ(
      code_of(database->execute(
          "CREATE TABLE Order_Line (Id INTEGER PRIMARY KEY, a BOOLEAN, g INTEGER AS (Id + 1), A2 TEXT, a2 TEXT2);"
          "CREATE TABLE wr (x, y, z, PRIMARY KEY (z, x)) WITHOUT ROWID; CREATE VIEW v AS SELECT Id FROM Order_Line")),
      "database.sql");  // SQLite has no two columns that differ in case alone
  ASSERT_EQ(
      code_of(database->execute(
          "CREATE TABLE Order_Line (Id INTEGER PRIMARY KEY, a BOOLEAN, g INTEGER AS (Id + 1), rowid TEXT);"
          "CREATE TABLE wr (x, y, z, PRIMARY KEY (z, x)) WITHOUT ROWID; CREATE VIEW v AS SELECT Id FROM Order_Line")),
      "");
  const auto table = database->find_table("ORDER_LINE");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->name, "Order_Line");
  ASSERT_EQ(table->columns.size(), 4U);
  EXPECT_EQ(table->columns[1].kind, ColumnKind::Boolean);
  EXPECT_TRUE(table->columns[2].is_generated);
  EXPECT_EQ(table->order, "ORDER BY _rowid_");
  EXPECT_EQ(table->find("ID"), 0U);
  EXPECT_EQ(table->find("gone"), std::nullopt);
  EXPECT_EQ(database->find_table("wr")->order, "ORDER BY \"z\", \"x\"");
  EXPECT_EQ(database->find_table("V")->order, "");
  const auto gone = database->find_table("order_lin");
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, "database.table");
  EXPECT_EQ(gone.error().hint, "did you mean 'Order_Line'?");
  EXPECT_FALSE(database->find_table("sqlite_schema"));
}

TEST_F(DatabaseTest, TakesNamesThatNeedQuotes) {
  const auto database = make_sqlite_database(settings());
  ASSERT_EQ(code_of(database->execute(R"(CREATE TABLE "a""b; DROP TABLE x" ("c""d" INT, "select" TEXT))")), "");
  const auto table = database->find_table("a\"b; drop table X");
  ASSERT_TRUE(table);
  Rows rows({{cell(0, 1), cell(1, "x")}});
  EXPECT_FALSE(database->insert(*table, rows));
  std::vector<std::string> names;
  EXPECT_EQ(code_of(database->read_table(*table, {},
                                         [&](const std::shared_ptr<const Record>& batch) -> Status {
                                           for (const Field& field : batch->fields) names.push_back(field.name);
                                           EXPECT_EQ(batch->rows, 1U);
                                           return {};
                                         })),
            "");
  EXPECT_EQ(names, (std::vector<std::string>{"c\"d", "select"}));
}

TEST_F(DatabaseTest, InsertsAPageWholeOrNotAtAll) {
  const auto database = make_sqlite_database(settings());
  ASSERT_EQ(code_of(database->execute("CREATE TABLE t (a INTEGER UNIQUE, b TEXT DEFAULT 'd')")), "");
  const auto table = database->find_table("t");
  Rows good({{cell(0, 1), cell(1, "x")}, {cell(0, 2)}, {}});
  ASSERT_FALSE(database->insert(*table, good));
  Rows bad({{cell(0, 3)}, {cell(0, 2)}, {cell(0, 4)}});
  const auto failure = database->insert(*table, bad);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->row, 1U);
  EXPECT_THAT(failure->finding.message, HasSubstr("UNIQUE constraint failed: t.a"));
  const std::string all = "[{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'd'}, {'a': None, 'b': 'd'}]";
  EXPECT_EQ(ask(*database, "SELECT * FROM t"), all);
  EXPECT_EQ(code_of(database->commit()), "");
  EXPECT_EQ(ask(*make_sqlite_database(settings()), "SELECT * FROM t"), all);
}

TEST_F(DatabaseTest, WhatIsNotCommittedIsGone) {
  {
    const auto database = make_sqlite_database(settings());
    ASSERT_EQ(code_of(database->execute("CREATE TABLE t (a)")), "");
    Rows rows({{cell(0, 1)}});
    ASSERT_FALSE(database->insert(*database->find_table("t"), rows));
  }
  EXPECT_EQ(ask(*make_sqlite_database(settings()), "SELECT * FROM t"), "[]");
}

TEST_F(DatabaseTest, WaitsForTheLockOfAnother) {
  SqliteSettings own = settings();
  own.patience = std::chrono::milliseconds(20);
  const auto first = make_sqlite_database(own);
  const auto second = make_sqlite_database(own);
  ASSERT_EQ(code_of(first->execute("CREATE TABLE t (a)")), "");
  const TableShape table = *first->find_table("t");
  Rows rows({{cell(0, 1)}});
  ASSERT_FALSE(first->insert(table, rows));
  EXPECT_EQ(code_of(second->execute("INSERT INTO t VALUES (2)")), "database.locked");
  ASSERT_EQ(code_of(first->commit()), "");
  EXPECT_EQ(code_of(second->execute("INSERT INTO t VALUES (2)")), "");
}

TEST_F(DatabaseTest, SaysWhenThereIsNoRoom) {
  const auto database = make_sqlite_database(settings());
  ASSERT_EQ(code_of(database->execute("CREATE TABLE t (a)")), "");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 100'000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto failure = database->execute("INSERT INTO t VALUES (randomblob(1000000))");
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(code_of(failure), "database.full");
  EXPECT_EQ(ask(*database, "SELECT count(*) AS n FROM t"), "[{'n': 0}]");
}

TEST_F(DatabaseTest, RefusesFilesThatAreNoDatabases) {
  fs::create_directories(folder_ / "db");
  std::ofstream(folder_ / "db" / "t.sqlite") << std::string(2000, 'x');
  EXPECT_EQ(code_of(make_sqlite_database(settings())->execute("SELECT 1")), "database.open");
}

TEST_F(DatabaseTest, FollowsNoSymbolicLink) {
  fs::create_directories(folder_ / "db");
  fs::create_symlink(folder_ / "outside.sqlite", folder_ / "db" / "t.sqlite");
  EXPECT_EQ(code_of(make_sqlite_database(settings())->execute("CREATE TABLE t (a)")), "database.open");
  EXPECT_FALSE(fs::exists(folder_ / "outside.sqlite"));
}

TEST_F(DatabaseTest, ReadsInBatchesWithTypes) {
  const auto database = make_sqlite_database(settings());
  ASSERT_EQ(
      code_of(database->execute("CREATE TABLE t (a INTEGER, d DATETIME, m);"
                                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                                "INSERT INTO t SELECT i, '2026-01-01', CASE WHEN i = 3000 THEN 'x' ELSE i END FROM n")),
      "");
  std::vector<std::size_t> sizes;
  std::vector<Type> mixed;
  std::int64_t sum = 0;
  EXPECT_EQ(code_of(database->read_table(*database->find_table("t"), {},
                                         [&](const std::shared_ptr<const Record>& batch) -> Status {
                                           sizes.push_back(batch->rows);
                                           EXPECT_EQ(batch->fields[1].column.type, Type::DateTime);
                                           mixed.push_back(batch->fields[2].column.type);
                                           for (const std::int64_t a : batch->fields[0].column.ints) sum += a;
                                           return {};
                                         })),
            "");
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2048, 2048, 904}));
  EXPECT_EQ(mixed, (std::vector<Type>{Type::Int64, Type::Dynamic, Type::Int64}));
  EXPECT_EQ(sum, 5000LL * 5001 / 2);
  TableSelection some{.column = 2, .most_rows = 10};
  EXPECT_EQ(code_of(database->read_table(*database->find_table("t"), some,
                                         [&](const std::shared_ptr<const Record>& batch) -> Status {
                                           EXPECT_EQ(batch->rows, 10U);
                                           EXPECT_EQ(batch->fields.size(), 1U);
                                           return {};
                                         })),
            "");
}

TEST_F(DatabaseTest, RefusesTextsThatAreNotUtf8) {
  const auto database = make_sqlite_database(settings());
  ASSERT_EQ(code_of(database->execute("CREATE TABLE t (a TEXT); INSERT INTO t VALUES (CAST(x'ff' AS TEXT))")), "");
  EXPECT_THAT(ask(*database, "SELECT a FROM t"), HasSubstr("not UTF-8"));
}

TEST(ColumnBuilder, TakesTheNarrowestType) {
  ColumnBuilder builder;
  builder.add_null();
  builder.add_text("a");
  builder.add_null();
  builder.add_text("bc");
  Column texts = builder.take();
  EXPECT_EQ(texts.type, Type::String);
  EXPECT_EQ(*value_at(texts, 3).as_text(), "bc");
  EXPECT_TRUE(value_at(texts, 0).is_null());
  EXPECT_TRUE(texts.clean);
  builder.add_int(1);
  builder.add_null();
  builder.add_text("x\"");
  builder.add_float(0.5);
  builder.add_bool(true);
  builder.add_time({5});
  const Column mixed = builder.take();
  EXPECT_EQ(mixed.type, Type::Dynamic);
  EXPECT_EQ(*value_at(mixed, 0).as_int(), 1);
  EXPECT_TRUE(value_at(mixed, 1).is_null());
  EXPECT_EQ(*value_at(mixed, 2).as_text(), "x\"");
  EXPECT_EQ(value_at(mixed, 5).as_time()->micros, 5);
  builder.add_null();
  EXPECT_EQ(builder.take().type, Type::Null);
}

TEST(ColumnKind, IsToldByTheDeclaredType) {
  EXPECT_EQ(kind_of_declared("decimal(10, 2)"), ColumnKind::Decimal);
  EXPECT_EQ(kind_of_declared(" TimeStamp "), ColumnKind::DateTime);
  EXPECT_EQ(kind_of_declared("VARCHAR(20)"), ColumnKind::Text);
  EXPECT_EQ(kind_of_declared("POINT"), ColumnKind::Plain);
  EXPECT_EQ(kind_of_declared(""), ColumnKind::Plain);
  EXPECT_EQ(kind_of_declared("DATETIMES"), ColumnKind::Plain);
}

TEST(ColumnKind, ReadsAndWritesTimes) {
  EXPECT_EQ(sql_time(*parse_sql_time("2024-02-29T23:59:59.5")), "2024-02-29 23:59:59.500000");
  EXPECT_EQ(sql_time(*parse_sql_time("1969-12-31 23:59")), "1969-12-31 23:59:00.000000");
  EXPECT_EQ(sql_time(*parse_sql_time("0001-01-01")), "0001-01-01 00:00:00.000000");
  EXPECT_EQ(sql_clock(*parse_sql_clock("01:02:03.123456789")), "01:02:03.123456");
  for (const char* text : {"", "2023-02-29", "2024-13-01", "2024-01-01x", "2024-01-01 24:00", "2024-01-01 10",
                           "2024-1-1", "2024-01-01 10:00:60", "2024-01-01 10:00:00.", "2024-01-01 10:00:00Z"}) {
    EXPECT_FALSE(parse_sql_time(text)) << text;
  }
}

}  // namespace
}  // namespace mimus
