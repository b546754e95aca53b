#include "store/metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <thread>
#include <tuple>

#include "store/store.h"
#include "store/testing.h"

namespace mimus::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MetadataTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::unique_ptr<Metadata> metadata = require(open_sqlite(folder.path() / "m.db"));

  static Project project(std::string id) { return {.id = std::move(id), .name = "p", .demo = "", .created_at = {1}}; }
  static File file(std::string project, const std::string& name, std::uint64_t size = 3) {
    return {.project_id = std::move(project),
            .name = name,
            .key = name,
            .sha256 = "sha-of-" + name,
            .size = size,
            .created_at = {1},
            .updated_at = {2},
            .updated_by = "ann"};
  }
  static Task task(std::string id, std::string project, TaskStatus status = TaskStatus::Pending) {
    Task task;
    task.id = std::move(id);
    task.project_id = std::move(project);
    task.status = status;
    task.manifest = "manifest-" + task.id;
    return task;
  }

  void write(const std::function<Status(Writer&)>& body) { require(metadata->write(body)); }
  void read(const std::function<void(Reader&)>& body) {
    require(metadata->read([&](Reader& rows) -> Status {
      body(rows);
      return {};
    }));
  }
};

std::vector<std::string> names_of(const std::vector<File>& files) {
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const File& file : files) names.push_back(file.name);
  return names;
}

std::vector<std::string> ids_of(const std::vector<Task>& tasks) {
  std::vector<std::string> ids;
  ids.reserve(tasks.size());
  for (const Task& task : tasks) ids.push_back(task.id);
  return ids;
}

TEST_F(MetadataTest, KeepsWhatWasWritten) {
  write([](Writer& rows) { return rows.insert_project(project("p1")); });
  write([](Writer& rows) { return rows.insert_file(file("p1", "a", 10)); });
  read([](Reader& rows) {
    const auto project = require(rows.project("p1"));
    ASSERT_TRUE(project);
    EXPECT_EQ(project->name, "p");
    EXPECT_EQ(project->files, 1U);
    EXPECT_EQ(project->bytes, 10U);
    const auto file = require(rows.file("p1", "a"));
    ASSERT_TRUE(file);
    EXPECT_EQ(file->sha256, "sha-of-a");
    EXPECT_EQ(file->updated_at, Timestamp{2});
    EXPECT_FALSE(require(rows.project("p2")));
    EXPECT_FALSE(require(rows.file("p1", "b")));
  });
}

TEST_F(MetadataTest, WritesAllOfATransactionOrNothing) {
  write([](Writer& rows) { return rows.insert_project(project("p1")); });
  const Status failed = metadata->write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_file(file("p1", "a")));
    return fail("test.wanted", "no");
  });
  EXPECT_EQ(code_of(failed), "test.wanted");
  EXPECT_THROW((void)metadata->write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_file(file("p1", "b")));
    throw std::runtime_error("a bug");
  }),
               std::runtime_error);
  read([](Reader& rows) {
    EXPECT_THAT(require(rows.files("p1", "", 10)), IsEmpty());
    EXPECT_EQ(require(rows.project("p1"))->files, 0U);
  });
  write([](Writer& rows) { return rows.insert_file(file("p1", "c")); });  // and it goes on
}

TEST_F(MetadataTest, RefusesWhatServicesMustNotDo) {
  write([](Writer& rows) { return rows.insert_project(project("p1")); });
  const auto fails = [this](const std::function<Status(Writer&)>& body) {
    EXPECT_EQ(code_of(metadata->write(body)), "store.failed");
  };
  fails([](Writer& rows) { return rows.insert_project(project("p1")); });
  fails([](Writer& rows) { return rows.insert_file(file("nowhere", "a")); });
  fails([](Writer& rows) { return rows.replace_file(file("p1", "a")); });
  fails([](Writer& rows) { return rows.replace_task(task("t", "p1")); });
  fails([](Writer& rows) { return rows.put_lease({.project_id = "p1", .key = "a", .holder = "h"}); });
  // A reader that is a writer in disguise cannot write either.
  EXPECT_EQ(
      code_of(metadata->read([](Reader& rows) { return dynamic_cast<Writer&>(rows).insert_project(project("p2")); })),
      "store.failed");
}

TEST_F(MetadataTest, AReaderSeesOneStateToItsEnd) {
  write([](Writer& rows) { return rows.insert_project(project("p1")); });
  require(metadata->read([this](Reader& rows) -> Status {
    EXPECT_EQ(require(rows.project("p1"))->files, 0U);
    std::thread([this] { write([](Writer& w) { return w.insert_file(file("p1", "a")); }); }).join();
    EXPECT_EQ(require(rows.project("p1"))->files, 0U);
    EXPECT_FALSE(require(rows.file("p1", "a")));
    return {};
  }));
  read([](Reader& rows) { EXPECT_TRUE(require(rows.file("p1", "a"))); });
}

TEST_F(MetadataTest, ListsFilesInOrderOfName) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    for (const char* name : {"b", "a/z", "B", "ä", "a", "c"}) MIMUS_TRY(rows.insert_file(file("p1", name)));
    return {};
  });
  read([](Reader& rows) {
    EXPECT_THAT(names_of(require(rows.files("p1", "", UINT64_MAX))), ElementsAre("B", "a", "a/z", "b", "c", "ä"));
    EXPECT_THAT(names_of(require(rows.files("p1", "a", 2))), ElementsAre("a/z", "b"));
    EXPECT_THAT(require(rows.files("p2", "", 10)), IsEmpty());
  });
}

TEST_F(MetadataTest, FindsAFileBelowAFolderOnly) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    for (const char* name : {"a-b/x", "ab", "a.c", "a0/x", "d/e/f"}) MIMUS_TRY(rows.insert_file(file("p1", name)));
    return {};
  });
  read([](Reader& rows) {
    EXPECT_FALSE(require(rows.file_below("p1", "a")));
    EXPECT_FALSE(require(rows.file_below("p1", "d/e/f")));
    EXPECT_EQ(require(rows.file_below("p1", "d"))->name, "d/e/f");
    EXPECT_EQ(require(rows.file_below("p1", "d/e"))->name, "d/e/f");
    EXPECT_FALSE(require(rows.file_below("p2", "d")));
  });
}

TEST_F(MetadataTest, CountsFilesThroughEveryChange) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.insert_file(file("p1", "a", 10)));
    MIMUS_TRY(rows.insert_file(file("p1", "b", 5)));
    MIMUS_TRY(rows.replace_file(file("p1", "a", 100)));
    return rows.remove_file("p1", "b");
  });
  read([](Reader& rows) {
    EXPECT_EQ(require(rows.project("p1"))->files, 1U);
    EXPECT_EQ(require(rows.project("p1"))->bytes, 100U);
  });
}

TEST_F(MetadataTest, ALeaseGoesWithItsFile) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.insert_file(file("p1", "a")));
    const Lease lease{.project_id = "p1", .key = "a", .holder = "h", .holder_name = "Ann", .expires_at = {7}};
    MIMUS_TRY(rows.put_lease(lease));
    return rows.put_lease({.project_id = "p1", .key = "a", .holder = "i", .holder_name = "Bob", .expires_at = {9}});
  });
  read([](Reader& rows) {
    EXPECT_EQ(require(rows.lease("p1", "a"))->holder_name, "Bob");
    EXPECT_EQ(require(rows.leases("p1")).at(0).expires_at, Timestamp{9});
  });
  write([](Writer& rows) { return rows.remove_file("p1", "a"); });
  read([](Reader& rows) { EXPECT_THAT(require(rows.leases("p1")), IsEmpty()); });
}

TEST_F(MetadataTest, KeepsTokens) {
  const Token token{.id = "t1",
                    .project_id = "p1",
                    .name = "laptop",
                    .hash = "h1",
                    .scope = Scope::Admin,
                    .created_at = {1},
                    .expires_at = {2}};
  write([&](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.insert_project(project("p2")));
    MIMUS_TRY(rows.insert_token(token));
    Token other = token;
    other.id = "t2";
    other.hash = "h2";
    other.project_id = "p2";
    return rows.insert_token(other);
  });
  write([](Writer& rows) { return rows.set_token_used("t1", {5}); });
  read([](Reader& rows) {
    const auto found = require(rows.token_by_hash("h1"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, "t1");
    EXPECT_EQ(found->scope, Scope::Admin);
    EXPECT_EQ(found->last_used_at, Timestamp{5});
    EXPECT_FALSE(require(rows.token("t2"))->last_used_at);
    EXPECT_EQ(require(rows.tokens("")).size(), 2U);
    EXPECT_EQ(require(rows.tokens("p2")).size(), 1U);
  });
  write([](Writer& rows) { return rows.remove_token("t1"); });
  read([](Reader& rows) { EXPECT_FALSE(require(rows.token_by_hash("h1"))); });
}

TEST_F(MetadataTest, RemovesEverythingOfAProjectAndNothingElse) {
  write([](Writer& rows) -> Status {
    for (const char* id : {"p1", "p2"}) {
      const std::string project_id = id;
      MIMUS_TRY(rows.insert_project(project(id)));
      MIMUS_TRY(rows.insert_file(file(id, "a")));
      MIMUS_TRY(rows.put_lease({.project_id = id, .key = "a", .holder = "h"}));
      MIMUS_TRY(rows.insert_token({.id = "token-" + project_id, .project_id = id, .hash = project_id}));
      MIMUS_TRY(rows.insert_task(task("task-" + project_id, id)));
      MIMUS_TRY(rows.insert_artifact({.task_id = "task-" + project_id, .name = "x", .sha256 = "s", .size = 1}));
      MIMUS_TRY(rows.put_idempotency_key({.project_id = id, .token_id = "t", .key = "k"}));
    }
    return rows.remove_project("p1");
  });
  const auto things = [](Reader& rows, const std::string& id) {
    return std::vector<bool>{require(rows.project(id)).has_value(),
                             require(rows.file(id, "a")).has_value(),
                             require(rows.lease(id, "a")).has_value(),
                             require(rows.token("token-" + id)).has_value(),
                             require(rows.task("task-" + id)).has_value(),
                             require(rows.artifact("task-" + id, "x")).has_value(),
                             require(rows.idempotency_key(id, "t", "k")).has_value()};
  };
  read([&](Reader& rows) {
    EXPECT_THAT(things(rows, "p1"), testing::Each(false));
    EXPECT_THAT(things(rows, "p2"), testing::Each(true));
    EXPECT_EQ(require(rows.artifact_bytes("p2")), 1U);
  });
}

Task full_task() {
  Task all;
  all.id = "t1";
  all.project_id = "p1";
  all.status = TaskStatus::Failed;
  all.entry = "datamimic.xml";
  all.seed = (1ULL << 53U) - 1;
  all.now = {-5};
  all.environment = "test";
  all.parameters = {{"a", true}, {"b", std::int64_t{-3}}, {"c", 1.0}, {"d", std::string("ü\n")}, {"a", false}};
  all.count_factor = 2.5;
  all.trigger = "api";
  all.created_by = "token";
  all.created_at = {10};
  all.started_at = Timestamp{11};
  all.finished_at = Timestamp{12};
  all.progress = {.records_done = 1,
                  .records_total = 2,
                  .bytes_written = 3,
                  .records_per_second = 4.5,
                  .current = "orders",
                  .fraction = 0.5};
  all.errors = {{.code = "x.y",
                 .message = "m",
                 .hint = "h",
                 .where = {"f.xml", 1, 2, 3},
                 .severity = Severity::Warning,
                 .line_text = "<x>",
                 .fields = {{"count", "too big"}}},
                {.code = "z"}};
  all.artifacts = 6;
  all.artifact_bytes = 7;
  all.content_hash = "c";
  all.engine_version = "1";
  all.datapack_version = "2";
  all.manifest = "m";
  all.cancel_requested = true;
  all.worker = "w";
  all.attempt = UINT32_MAX;
  all.worker_until = {13};
  return all;
}

void expect_equal(const Task& a, const Task& b) {
  EXPECT_EQ(
      std::tie(a.id, a.project_id, a.status, a.entry, a.seed, a.now, a.environment, a.parameters, a.count_factor),
      std::tie(b.id, b.project_id, b.status, b.entry, b.seed, b.now, b.environment, b.parameters, b.count_factor));
  EXPECT_EQ(
      std::tie(a.trigger, a.created_by, a.created_at, a.started_at, a.finished_at, a.artifacts, a.artifact_bytes),
      std::tie(b.trigger, b.created_by, b.created_at, b.started_at, b.finished_at, b.artifacts, b.artifact_bytes));
  EXPECT_EQ(std::tie(a.content_hash, a.engine_version, a.datapack_version, a.manifest, a.cancel_requested, a.worker),
            std::tie(b.content_hash, b.engine_version, b.datapack_version, b.manifest, b.cancel_requested, b.worker));
  EXPECT_EQ(std::tie(a.attempt, a.worker_until), std::tie(b.attempt, b.worker_until));
  const TaskProgress& p = a.progress;
  const TaskProgress& q = b.progress;
  EXPECT_EQ(std::tie(p.records_done, p.records_total, p.bytes_written, p.records_per_second, p.current, p.fraction),
            std::tie(q.records_done, q.records_total, q.bytes_written, q.records_per_second, q.current, q.fraction));
  ASSERT_EQ(a.errors.size(), b.errors.size());
  for (std::size_t i = 0; i < a.errors.size(); ++i) {
    const Diagnostic& x = a.errors[i];
    const Diagnostic& y = b.errors[i];
    EXPECT_EQ(std::tie(x.code, x.message, x.hint, x.severity, x.line_text, x.fields),
              std::tie(y.code, y.message, y.hint, y.severity, y.line_text, y.fields));
    EXPECT_EQ(std::tie(x.where.file, x.where.line, x.where.column, x.where.length),
              std::tie(y.where.file, y.where.line, y.where.column, y.where.length));
  }
}

TEST_F(MetadataTest, KeepsEveryMemberOfATask) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.insert_task(task("t1", "p1")));
    return rows.insert_task(task("t2", "p1"));
  });
  write([](Writer& rows) { return rows.replace_task(full_task()); });
  read([](Reader& rows) {
    expect_equal(*require(rows.task("t1")), full_task());
    expect_equal(*require(rows.task("t2")), task("t2", "p1"));
  });
}

TEST_F(MetadataTest, TakesFiguresThatAreNoNumbers) {
  Task odd = task("t1", "p1");
  odd.progress.records_per_second = std::numeric_limits<double>::quiet_NaN();
  odd.errors = {{.code = "x", .message = "not UTF-8: \xff"}};
  write([&](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    return rows.insert_task(odd);
  });
  read([](Reader& rows) { EXPECT_EQ(require(rows.task("t1"))->progress.records_per_second, 0); });
}

TEST_F(MetadataTest, ListsTasksNewestFirst) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.insert_project(project("p2")));
    MIMUS_TRY(rows.insert_task(task("t1", "p1")));
    MIMUS_TRY(rows.insert_task(task("t2", "p1", TaskStatus::Failed)));
    MIMUS_TRY(rows.insert_task(task("t3", "p1")));
    return rows.insert_task(task("t4", "p2"));
  });
  read([](Reader& rows) {
    EXPECT_THAT(ids_of(require(rows.tasks({.project = "p1"}, "", 10))), ElementsAre("t3", "t2", "t1"));
    EXPECT_THAT(ids_of(require(rows.tasks({.project = "p1"}, "t3", 1))), ElementsAre("t2"));
    EXPECT_THAT(ids_of(require(rows.tasks({.project = "p1", .status = TaskStatus::Pending}, "", 10))),
                ElementsAre("t3", "t1"));
    EXPECT_THAT(ids_of(require(rows.tasks({.project = "p1", .status = TaskStatus::Running}, "", 10))), IsEmpty());
    EXPECT_THAT(ids_of(require(rows.tasks_with(TaskStatus::Pending))), ElementsAre("t1", "t3", "t4"));
    EXPECT_EQ(require(rows.count_tasks("p1", TaskStatus::Pending)), 2U);
    EXPECT_EQ(require(rows.count_tasks("p2", TaskStatus::Failed)), 0U);
    EXPECT_EQ(require(rows.count_tasks({}, TaskStatus::Failed)), 1U);
    EXPECT_EQ(require(rows.count_tasks({}, TaskStatus::Pending)), 3U);
  });
}

TEST_F(MetadataTest, TheNextTaskIsOfAProjectThatHasRoom) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.insert_project(project("p2")));
    MIMUS_TRY(rows.insert_task(task("t1", "p1", TaskStatus::Running)));
    MIMUS_TRY(rows.insert_task(task("t2", "p1")));
    MIMUS_TRY(rows.insert_task(task("t3", "p2")));
    return rows.insert_task(task("t4", "p1"));
  });
  read([](Reader& rows) {
    EXPECT_EQ(require(rows.next_task(2))->id, "t2");
    EXPECT_EQ(require(rows.next_task(1))->id, "t3");
    EXPECT_FALSE(require(rows.next_task(0)));
  });
}

TEST_F(MetadataTest, KeepsArtifacts) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.insert_task(task("t1", "p1")));
    MIMUS_TRY(rows.insert_task(task("t2", "p1")));
    MIMUS_TRY(rows.insert_artifact({.task_id = "t1", .name = "b", .sha256 = "s", .size = 5, .records = 7}));
    MIMUS_TRY(rows.insert_artifact({.task_id = "t1", .name = "a", .sha256 = "s", .size = 6}));
    return rows.insert_artifact({.task_id = "t2", .name = "a", .sha256 = "s", .size = 7});
  });
  read([](Reader& rows) {
    const auto all = require(rows.artifacts("t1", "", 10));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "a");
    EXPECT_FALSE(all[0].records);
    EXPECT_EQ(all[1].records, 7U);
    EXPECT_EQ(require(rows.artifacts("t1", "a", 10)).size(), 1U);
    EXPECT_EQ(require(rows.artifact_bytes("p1")), 18U);
    EXPECT_EQ(require(rows.artifact_bytes("p2")), 0U);
  });
}

TEST_F(MetadataTest, ForgetsOldIdempotencyKeys) {
  const auto key = [](std::string text, std::int64_t at) {
    return IdempotencyKey{.project_id = "p1", .token_id = "t", .key = std::move(text), .created_at = {at}};
  };
  write([&](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.put_idempotency_key(key("old", 1)));
    MIMUS_TRY(rows.put_idempotency_key(key("new", 1)));
    MIMUS_TRY(rows.put_idempotency_key(key("new", 5)));
    return rows.remove_idempotency_keys({5});
  });
  read([](Reader& rows) {
    EXPECT_FALSE(require(rows.idempotency_key("p1", "t", "old")));
    EXPECT_TRUE(require(rows.idempotency_key("p1", "t", "new")));
    EXPECT_FALSE(require(rows.idempotency_key("p1", "other", "new")));
  });
}

TEST_F(MetadataTest, NamesTheBlobsInUse) {
  write([](Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project("p1")));
    MIMUS_TRY(rows.insert_file(file("p1", "a")));
    MIMUS_TRY(rows.insert_task(task("t1", "p1")));
    MIMUS_TRY(rows.insert_task(task("t2", "p1", TaskStatus::Running)));
    return rows.insert_task(task("t3", "p1", TaskStatus::Succeeded));
  });
  read([](Reader& rows) {
    EXPECT_THAT(require(rows.live_blobs()), testing::UnorderedElementsAre("sha-of-a", "manifest-t1", "manifest-t2"));
  });
}

TEST(Names, OfScopesAndStatuses) {
  for (const Scope scope : {Scope::Read, Scope::Generate, Scope::Write, Scope::Admin}) {
    EXPECT_EQ(parse_scope(scope_name(scope)), scope);
  }
  EXPECT_FALSE(parse_scope("Read"));
  EXPECT_EQ(task_status_name(TaskStatus::Cancelled), "CANCELLED");
  EXPECT_EQ(parse_task_status("RUNNING"), TaskStatus::Running);
  EXPECT_FALSE(parse_task_status(""));
}

}  // namespace
}  // namespace mimus::store
