#include "store/store.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "store/testing.h"

namespace mimus::store {
namespace {

constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;

unsigned mode_of(const fs::path& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

// Everything below `folder` was last written two hours ago.
void make_old(const fs::path& folder) {
  const timespec old{::time(nullptr) - 7200, 0};
  const timespec times[2] = {old, old};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    ::utimensat(AT_FDCWD, entry.path().c_str(), times, 0);
  }
}

TEST(Store, MakesItsFolderForItsOwnerAlone) {
  const TemporaryFolder folder;
  const Store store = require(open_store(folder.path() / "a/b/"));
  EXPECT_EQ(store.folder, folder.path() / "a/b");
  EXPECT_EQ(mode_of(store.folder), 0700U);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(store.folder)) {
    EXPECT_EQ(mode_of(entry.path()) & 077U, 0U) << entry.path();
  }
  EXPECT_TRUE(fs::is_directory(store.work()));
  EXPECT_EQ(store.artifacts("p").parent_path(), store.folder / "artifacts");
  EXPECT_EQ(store.logs("p").parent_path(), store.folder / "logs");
}

TEST(Store, SaysWhyItCannotOpen) {
  const TemporaryFolder folder;
  require(mimus::write_file(folder.path() / "file", "x"));
  EXPECT_EQ(code_of(open_store(folder.path() / "file")), "store.failed");
  EXPECT_EQ(code_of(open_store(folder.path() / "file/below")), "store.failed");
  EXPECT_EQ(code_of(open_store("")), "store.failed");
}

TEST(Store, TwoSeeEachOther) {
  const TemporaryFolder folder;
  Store one = require(open_store(folder.path()));
  Store two = require(open_store(folder.path()));
  require(one.metadata->write([](Writer& rows) { return rows.insert_project({.id = "p", .name = "p"}); }));
  require(two.metadata->read([](Reader& rows) -> Status {
    EXPECT_TRUE(require(rows.project("p")));
    return {};
  }));
  require(two.metadata->write([](Writer& rows) { return rows.remove_project("p"); }));
  require(one.metadata->read([](Reader& rows) -> Status {
    EXPECT_FALSE(require(rows.project("p")));
    return {};
  }));
  const Blob blob = require(one.blobs->put("x"));
  EXPECT_EQ(code_of(two.blobs->open(blob.sha256)), "");
}

class GarbageTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  Store store = require(open_store(folder.path()));

  GarbageTest() {
    write([](Writer& rows) { return rows.insert_project({.id = "p", .name = "p"}); });
  }
  void write(const std::function<Status(Writer&)>& body) { require(store.metadata->write(body)); }
  void insert_task(std::string id, TaskStatus status, std::string manifest) {
    Task task;
    task.id = std::move(id);
    task.project_id = "p";
    task.status = status;
    task.manifest = std::move(manifest);
    write([&](Writer& rows) { return rows.insert_task(task); });
  }
  [[nodiscard]] bool has(const Blob& blob) const { return store.blobs->open(blob.sha256).has_value(); }
  std::uint64_t collect() { return require(collect_garbage(store, {now().micros - kHour})); }
};

TEST_F(GarbageTest, KeepsBlobsOfFilesAndOfUnfinishedTasks) {
  const Blob file = require(store.blobs->put("file"));
  const Blob earlier = require(store.blobs->put("what the file was when the task was made"));
  const Blob finished = require(store.blobs->put("what it was before that"));
  const auto manifest = [](const Blob& blob) { return R"({"files": [{"sha256": ")" + blob.sha256 + "\"}]}"; };
  const Blob waiting = require(store.blobs->put(manifest(earlier)));
  const Blob done = require(store.blobs->put(manifest(finished)));
  write([&](Writer& rows) {
    return rows.insert_file({.project_id = "p", .name = "a", .key = "a", .sha256 = file.sha256, .size = 4});
  });
  insert_task("t1", TaskStatus::Running, waiting.sha256);
  insert_task("t2", TaskStatus::Succeeded, done.sha256);
  EXPECT_EQ(collect(), 0U);  // nothing is old enough
  make_old(store.folder / "blobs");
  EXPECT_EQ(collect(), 2U);
  EXPECT_TRUE(has(file) && has(earlier) && has(waiting));
  EXPECT_FALSE(has(finished) || has(done));
}

TEST_F(GarbageTest, RemovesFoldersOfProjectsThatAreGone) {
  for (const char* project : {"p", "gone"}) {
    fs::create_directories(store.artifacts(project) / "task");
    fs::create_directories(store.logs(project));
    require(mimus::write_file(store.artifacts(project) / "task/a.csv", "x"));
  }
  EXPECT_EQ(collect(), 0U);
  make_old(store.folder);
  EXPECT_EQ(collect(), 2U);
  EXPECT_TRUE(fs::exists(store.artifacts("p") / "task/a.csv"));
  EXPECT_FALSE(fs::exists(store.artifacts("gone")));
  EXPECT_FALSE(fs::exists(store.logs("gone")));
}

TEST_F(GarbageTest, NeverFollowsALinkOutOfTheFolder) {
  const TemporaryFolder outside;
  require(mimus::write_file(outside.path() / "precious", "x"));
  fs::create_symlink(outside.path(), store.artifacts("gone"));
  const timespec old{::time(nullptr) - 7200, 0};
  const timespec times[2] = {old, old};
  ::utimensat(AT_FDCWD, store.artifacts("gone").c_str(), times, AT_SYMLINK_NOFOLLOW);
  EXPECT_EQ(collect(), 1U);
  EXPECT_TRUE(fs::exists(outside.path() / "precious"));
}

TEST_F(GarbageTest, ForgetsIdempotencyKeysAfterTheirDay) {
  const Timestamp time = now();
  const auto put = [&](std::string key, std::int64_t hours) {
    write([&](Writer& rows) {
      return rows.put_idempotency_key(
          {.project_id = "p", .token_id = "t", .key = key, .created_at = {time.micros - hours * kHour}});
    });
  };
  put("young", 23);
  put("old", 26);
  collect();
  require(store.metadata->read([&](Reader& rows) -> Status {
    EXPECT_TRUE(require(rows.idempotency_key("p", "t", "young")));
    EXPECT_FALSE(require(rows.idempotency_key("p", "t", "old")));
    return {};
  }));
}

}  // namespace
}  // namespace mimus::store
