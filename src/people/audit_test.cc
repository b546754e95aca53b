// The chain of the audit log, and what SQLite refuses.
#include "people/audit.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "store/audit_chain.h"
#include "store/testing.h"

namespace mimus::people {
namespace {

using store::code_of;
using store::require;

class AuditTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  store::Store data = require(store::open_store(folder.path()));
  Audit audit{data};

  void append(std::string_view action, std::string_view project = {}, std::int64_t second = 0) {
    require(data.metadata->write([&](store::Writer& rows) {
      return record(rows, {.id = "u1", .name = "Ada", .kind = "user", .address = "192.0.2.1"},
                    {second * kMicrosPerSecond}, {.action = action, .project = project, .target = "x"});
    }));
  }
  // As somebody would with the database at hand; false when SQLite refuses.
  bool tamper(const std::string& sql) {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open((folder.path() / "mimus.db").c_str(), &database), SQLITE_OK);
    const int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(database);
    return code == SQLITE_OK;
  }
};

TEST_F(AuditTest, TheCanonicalFormIsTheDocumentedOne) {
  store::AuditEntry entry;
  entry.seq = 12;
  entry.at = {3};
  entry.actor_kind = "cli";
  entry.action = "user.create";
  entry.target = "a,1:b";
  entry.previous = "ff";
  EXPECT_EQ(store::audit_form(entry), "2:12,1:3,3:cli,0:,0:,0:,11:user.create,0:,5:a,1:b,0:,0:,2:ff,");
  // Computed with Python's hashlib.
  EXPECT_EQ(store::audit_hash(entry), "61aa5447e5e0c6693d17ef7ecb85fb8d5383d771651863d7f8195c990cc477e2");
}

TEST_F(AuditTest, EntriesFormAChain) {
  EXPECT_EQ(require(audit.verify()).entries, 0U);
  for (int i = 0; i < 5; ++i) {
    append("user.create", "p");
  }
  const AuditState state = require(audit.verify());
  EXPECT_EQ(state.entries, 5U);
  append("user.update");
  EXPECT_EQ(require(audit.verify(state.head)).entries, 6U);
  EXPECT_EQ(code_of(audit.verify(std::string(64, 'a'))), "audit.cut");
}

TEST_F(AuditTest, ChangesAreRefused) {
  append("user.create");
  append("user.update");
  for (const char* sql :
       {"UPDATE audit_entry SET target = 'y' WHERE seq = 1", "DELETE FROM audit_entry WHERE seq = 2",
        "DELETE FROM audit_entry", "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 1",
        "INSERT INTO audit_entry SELECT 7, at, actor_kind, actor_id, actor_name, address, action, "
        "project_id, target, before, after, previous, hash FROM audit_entry WHERE seq = 1"}) {
    EXPECT_FALSE(tamper(sql)) << sql;
  }
  EXPECT_EQ(require(audit.verify()).entries, 2U);
}

TEST_F(AuditTest, WhatWasForcedIsFound) {
  const std::string force =
      "DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept; DROP TRIGGER audit_grows_at_its_end;";
  for (int i = 0; i < 4; ++i) append("user.create");
  const std::string head = require(audit.verify()).head;
  ASSERT_TRUE(tamper(force + "UPDATE audit_entry SET target = 'y' WHERE seq = 2"));
  const auto changed = audit.verify();
  EXPECT_EQ(code_of(changed), "audit.broken");
  EXPECT_NE(changed.error().message.find("entry 2"), std::string::npos);
  ASSERT_TRUE(tamper("UPDATE audit_entry SET target = 'x' WHERE seq = 2"));
  EXPECT_EQ(code_of(audit.verify()), "");
  ASSERT_TRUE(tamper("DELETE FROM audit_entry WHERE seq = 4"));
  EXPECT_EQ(code_of(audit.verify()), "");  // the end: only a known hash tells
  EXPECT_EQ(code_of(audit.verify(head)), "audit.cut");
  ASSERT_TRUE(tamper("DELETE FROM audit_entry WHERE seq = 2"));
  EXPECT_EQ(code_of(audit.verify()), "audit.broken");
}

TEST_F(AuditTest, IsPartOfTheTransaction) {
  const Status failed = data.metadata->write([&](store::Writer& rows) -> Status {
    require(record(rows, {}, {}, {.action = "user.create"}));
    return fail("user.exists", "undone");
  });
  EXPECT_EQ(code_of(failed), "user.exists");
  EXPECT_EQ(require(audit.verify()).entries, 0U);
}

TEST_F(AuditTest, IsReadByFilterPageByPage) {
  append("file.create", "p1", 10);
  append("file.update", "p1", 20);
  append("file.update", "p2", 30);
  append("user.update", "", 40);
  const auto seqs = [&](const AuditFilter& filter) {
    std::string text;
    for (const AuditEntry& entry : require(audit.list(filter, 100, {})).entries) text += std::to_string(entry.seq);
    return text;
  };
  EXPECT_EQ(seqs({}), "4321");
  EXPECT_EQ(seqs({.project_id = "p1"}), "21");
  EXPECT_EQ(seqs({.action_prefix = "file.update"}), "32");
  EXPECT_EQ(seqs({.actor = "Ada", .action_prefix = "user."}), "4");
  EXPECT_EQ(seqs({.actor = "nobody"}), "");
  EXPECT_EQ(seqs({.from = Timestamp{20 * kMicrosPerSecond}, .until = Timestamp{40 * kMicrosPerSecond}}), "32");
  const AuditPage page = require(audit.list({}, 3, {}));
  EXPECT_EQ(page.entries.size(), 3U);
  EXPECT_EQ(require(audit.list({}, 3, page.next)).entries.front().seq, 1U);
  for (const char* bad : {"x", "0", "-1"}) EXPECT_EQ(code_of(audit.list({}, 3, bad)), "request.cursor") << bad;
}

}  // namespace
}  // namespace mimus::people
