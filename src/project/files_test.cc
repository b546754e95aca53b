#include "project/files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "project/projects.h"
#include "store/testing.h"

namespace mimus::project {
namespace {

using store::code_of;
using store::require;

constexpr std::int64_t kSecond = kMicrosPerSecond;
const Actor kAnn{"ann-id", "ann"};
const Actor kBob{"bob-id", "bob"};

class FilesTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  store::Store data = require(store::open_store(folder.path() / "data"));
  Timestamp time = {1'800'000'000 * kSecond};
  store::Clock clock = [this] { return time; };
  Files files{data, {}, clock};
  Projects projects{data, files, {}, clock};
  std::string id = require(projects.create("first")).id;

  store::Blob blob(std::string_view text) { return require(files.store_bytes(text)); }
  std::string text(std::string_view name) {
    return require(store::read_all(*require(files.open(id, name)).bytes, 1U << 20U));
  }
  std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const FileMetadata& file : require(files.list(id))) all.push_back(file.name);
    return all;
  }
};

TEST_F(FilesTest, ComeAndChangeAndGo) {
  const FileMetadata created = require(files.create(id, "script/a.json", blob("{}"), kAnn));
  EXPECT_EQ(created.name, "script/a.json");
  EXPECT_EQ(created.extension, ".json");
  EXPECT_EQ(created.media_type, "application/json");
  EXPECT_EQ(created.size, 2U);
  EXPECT_EQ(created.updated_by, "ann");
  EXPECT_EQ(created.uri, id + "/script/a.json");
  EXPECT_EQ(created.created_at, time);
  EXPECT_FALSE(created.lock.locked);
  EXPECT_EQ(text("script/a.json"), "{}");

  time.micros += kSecond;
  const FileMetadata updated = require(files.update(id, "script/a.json", blob("[1]"), kBob));
  EXPECT_EQ(updated.created_at, created.created_at);
  EXPECT_EQ(updated.updated_at, time);
  EXPECT_EQ(updated.updated_by, "bob");
  EXPECT_NE(updated.sha256, created.sha256);
  EXPECT_EQ(text("script/a.json"), "[1]");
  EXPECT_EQ(require(projects.get(id)).files, 1U);
  EXPECT_EQ(require(projects.get(id)).bytes, 3U);

  require(files.remove(id, "script/a.json", kAnn));
  EXPECT_EQ(code_of(files.get(id, "script/a.json")), "file.not_found");
  EXPECT_EQ(code_of(files.open(id, "script/a.json")), "file.not_found");
  EXPECT_EQ(code_of(files.remove(id, "script/a.json", kAnn)), "file.not_found");
  EXPECT_EQ(code_of(files.update(id, "script/a.json", blob("{}"), kAnn)), "file.not_found");
  EXPECT_EQ(require(projects.get(id)).files, 0U);
  EXPECT_EQ(require(projects.get(id)).bytes, 0U);
  EXPECT_TRUE(names().empty());
}

TEST_F(FilesTest, ThatExistAreLeftAsTheyWere) {
  require(files.create(id, "a.xml", blob("one"), kAnn));
  time.micros += kSecond;
  EXPECT_EQ(code_of(files.create(id, "a.xml", blob("two"), kBob)), "file.exists");
  EXPECT_EQ(code_of(files.create(id, "A.xml", blob("two"), kBob)), "file.exists");
  EXPECT_EQ(code_of(files.put(id, "A.XML", blob("two"), kBob)), "file.exists");
  EXPECT_EQ(text("a.xml"), "one");
  EXPECT_EQ(require(files.get(id, "a.xml")).updated_by, "ann");
  EXPECT_EQ(require(files.get(id, "a.xml")).updated_at.micros, time.micros - kSecond);
}

TEST_F(FilesTest, AreFoundByTheirNameWhateverItsNormalisation) {
  require(files.create(id, "cafe\u0301.csv", blob("1"), kAnn));
  EXPECT_EQ(require(files.get(id, "caf\u00e9.csv")).name, "caf\u00e9.csv");
  EXPECT_EQ(require(files.get(id, "cafe\u0301.csv")).name, "caf\u00e9.csv");
  EXPECT_EQ(code_of(files.create(id, "CAF\u00c9.csv", blob("2"), kAnn)), "file.exists");
  const auto wrong_case = files.get(id, "Caf\u00e9.csv");
  ASSERT_EQ(code_of(wrong_case), "file.not_found");
  EXPECT_EQ(wrong_case.error().hint, "did you mean 'caf\u00e9.csv'?");
  EXPECT_EQ(code_of(files.update(id, "Caf\u00e9.csv", blob("2"), kAnn)), "file.not_found");
  EXPECT_EQ(code_of(files.remove(id, "Caf\u00e9.csv", kAnn)), "file.not_found");
}

TEST_F(FilesTest, AFolderAndAFileCannotShareAName) {
  require(files.create(id, "a/b/c", blob("1"), kAnn));
  for (const char* name : {"a", "a/b", "A/B", "a/b/c/d", "A/B/C/d/e"}) {
    EXPECT_EQ(code_of(files.create(id, name, blob("2"), kAnn)), "file.exists") << name;
    EXPECT_EQ(code_of(files.put(id, name, blob("2"), kAnn)), "file.exists") << name;
  }
  require(files.create(id, "a/b-c", blob("2"), kAnn));
  require(files.create(id, "a/b/d", blob("2"), kAnn));
  EXPECT_THAT(names(), testing::ElementsAre("a/b-c", "a/b/c", "a/b/d"));
  require(files.remove(id, "a/b/c", kAnn));
  require(files.remove(id, "a/b/d", kAnn));
  require(files.create(id, "a/b", blob("3"), kAnn));  // the folder has gone with its files
}

TEST_F(FilesTest, OfAnotherProjectAreNotSeen) {
  const std::string other = require(projects.create("second")).id;
  require(files.create(id, "a", blob("1"), kAnn));
  EXPECT_EQ(code_of(files.get(other, "a")), "file.not_found");
  EXPECT_TRUE(require(files.list(other)).empty());
  require(files.create(other, "a", blob("2"), kAnn));
  require(files.remove(other, "a", kAnn));
  EXPECT_EQ(text("a"), "1");
}

TEST_F(FilesTest, EveryFunctionChecksTheProjectAndTheName) {
  const store::Blob some = blob("x");
  const auto codes = [&](std::string_view project, std::string_view name) {
    return std::vector<std::string>{code_of(files.get(project, name)),
                                    code_of(files.open(project, name)),
                                    code_of(files.create(project, name, some, kAnn)),
                                    code_of(files.update(project, name, some, kAnn)),
                                    code_of(files.put(project, name, some, kAnn)),
                                    code_of(files.remove(project, name, kAnn)),
                                    code_of(files.unlock(project, name, kAnn)),
                                    code_of(files.lock(project, name, kAnn)),
                                    code_of(files.update_all(project, {{std::string(name), some}}, kAnn)),
                                    code_of(files.create_all(project, {{std::string(name), some}}, kAnn))};
  };
  EXPECT_THAT(codes("nowhere", "a"), testing::Each("project.not_found"));
  EXPECT_THAT(codes(id, "../a"), testing::Each("file.bad_name"));
  EXPECT_EQ(code_of(files.list("nowhere")), "project.not_found");
  EXPECT_EQ(code_of(files.list_page("nowhere", 1, "")), "project.not_found");
  EXPECT_EQ(code_of(files.copy_all("nowhere", folder.path() / "copy")), "project.not_found");
}

TEST_F(FilesTest, UpdateGuardsAgainstLostUpdates) {
  const std::string one = require(files.create(id, "a", blob("one"), kAnn)).sha256;
  const std::string two = require(files.update(id, "a", blob("two"), kAnn, one)).sha256;
  EXPECT_EQ(code_of(files.update(id, "a", blob("three"), kBob, one)), "file.changed");
  EXPECT_EQ(code_of(files.remove(id, "a", kBob, one)), "file.changed");
  EXPECT_EQ(text("a"), "two");
  require(files.remove(id, "a", kBob, two));
}

TEST_F(FilesTest, ArePagedInOrderOfName) {
  for (const char* name : {"d", "b", "a", "c/x", "e"}) require(files.create(id, name, blob(name), kAnn));
  std::vector<std::string> seen;
  std::string cursor;
  int pages = 0;
  do {
    const FilePage page = require(files.list_page(id, 2, cursor));
    EXPECT_LE(page.files.size(), 2U);
    for (const FileMetadata& file : page.files) seen.push_back(file.name);
    cursor = page.next;
    ++pages;
  } while (!cursor.empty());
  EXPECT_EQ(pages, 3);
  EXPECT_THAT(seen, testing::ElementsAre("a", "b", "c/x", "d", "e"));
  EXPECT_TRUE(require(files.list_page(id, 5, "")).next.empty());  // exactly full: no empty page after it
  // A cursor stays good when its file is deleted.
  const std::string next = require(files.list_page(id, 2, "")).next;
  require(files.remove(id, "b", kAnn));
  EXPECT_EQ(require(files.list_page(id, 2, next)).files.at(0).name, "c/x");
}

TEST_F(FilesTest, PagesRefuseWhatIsNoCursorOrLimit) {
  EXPECT_EQ(code_of(files.list_page(id, 0, "")), "request.limit");
  EXPECT_EQ(code_of(files.list_page(id, 1001, "")), "request.limit");
  for (const char* cursor : {"x", "zz", "6", "2e2e", "ff", "00", "6A", "' OR 1=1"}) {
    EXPECT_EQ(code_of(files.list_page(id, 1, cursor)), "request.cursor") << cursor;
  }
}

TEST_F(FilesTest, AnOpenFileStaysReadable) {
  require(files.create(id, "a", blob("old"), kAnn));
  const OpenFile open = require(files.open(id, "a"));
  require(files.update(id, "a", blob("new"), kAnn));
  require(files.remove(id, "a", kAnn));
  require(store::collect_garbage(data, {now().micros + 3600 * kSecond}));
  EXPECT_EQ(require(store::read_all(*open.bytes, 100)), "old");
}

// Who has read a file's name just before it was changed can still read its bytes for the collector's grace time.
TEST_F(FilesTest, ContentOutOfUseOutlivesTheGraceTime) {
  const store::Blob changed = blob("changed");
  const store::Blob removed = blob("removed");
  require(files.create(id, "a", changed, kAnn));
  require(files.create(id, "b", removed, kAnn));
  const timespec times[2] = {{1'000'000, 0}, {1'000'000, 0}};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(data.folder / "blobs")) {
    ::utimensat(AT_FDCWD, entry.path().c_str(), times, 0);
  }
  require(files.update(id, "a", blob("new"), kAnn));
  require(files.remove(id, "b", kAnn));
  require(store::collect_garbage(data, {now().micros - 3600 * kSecond}));
  EXPECT_EQ(code_of(data.blobs->open(changed.sha256)), "");
  EXPECT_EQ(code_of(data.blobs->open(removed.sha256)), "");
}

TEST_F(FilesTest, AreCopiedReadOnly) {
  require(files.create(id, "a/b/c.txt", blob("deep"), kAnn));
  require(files.create(id, "top", blob("top"), kAnn));
  const fs::path copy = folder.path() / "copy";
  require(files.copy_all(id, copy));
  EXPECT_EQ(require(mimus::read_file(copy / "a/b/c.txt")), "deep");
  EXPECT_EQ(require(mimus::read_file(copy / "top")), "top");
  EXPECT_EQ(fs::status(copy / "top").permissions(), fs::perms::owner_read);
  EXPECT_EQ(code_of(files.copy_all(id, copy)), "store.failed");
}

// ---- several at once

TEST_F(FilesTest, UpdatesAllOrNone) {
  for (const char* name : {"a", "b"}) require(files.create(id, name, blob("old"), kAnn));
  const std::vector<FileMetadata> updated =
      require(files.update_all(id, {{"b", blob("new b")}, {"a", blob("new a")}}, kBob));
  EXPECT_EQ(updated.at(0).name, "b");
  EXPECT_EQ(updated.at(1).sha256, blob("new a").sha256);

  require(files.create(id, "locked", blob("old"), kAnn));
  require(files.unlock(id, "locked", kAnn));
  const auto refused = [&](const FileContent& bad) {
    const std::string code = code_of(files.update_all(id, {{"a", blob("x")}, bad, {"b", blob("x")}}, kBob));
    EXPECT_EQ(text("a"), "new a");
    EXPECT_EQ(text("b"), "new b");
    return code;
  };
  EXPECT_EQ(refused({"missing", blob("x")}), "file.not_found");
  EXPECT_EQ(refused({"../x", blob("x")}), "file.bad_name");
  EXPECT_EQ(refused({"a", blob("y")}), "file.duplicate");
  EXPECT_EQ(refused({"locked", blob("x")}), "file.locked");
  EXPECT_TRUE(require(files.update_all(id, {}, kBob)).empty());
}

TEST_F(FilesTest, CreatesAllOrNone) {
  require(files.create_all(id, {{"a", blob("1")}, {"b/c", blob("2")}}, kAnn));
  EXPECT_EQ(code_of(files.create_all(id, {{"new", blob("1")}, {"A", blob("2")}}, kAnn)), "file.exists");
  EXPECT_EQ(code_of(files.create_all(id, {{"new", blob("1")}, {"NEW", blob("2")}}, kAnn)), "file.duplicate");
  EXPECT_EQ(code_of(files.create_all(id, {{"new", blob("1")}, {"new/x", blob("2")}}, kAnn)), "file.exists");
  EXPECT_THAT(names(), testing::ElementsAre("a", "b/c"));
}

TEST_F(FilesTest, OneOfManyCreatorsWins) {
  const store::Blob some = blob("x");
  std::atomic<int> created = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        const auto made = files.create(id, "file " + std::to_string(i), some, kAnn);
        created += made ? 1 : 0;
        refused += code_of(made) == "file.exists" ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(created, 10);
  EXPECT_EQ(refused, 30);
}

// ---- limits

TEST_F(FilesTest, AreNotLargerThanTheLimit) {
  Files small(data, {.file_bytes = 3}, clock);
  EXPECT_EQ(code_of(small.store_bytes("abcd")), "file.too_large");
  const auto upload = require(small.open_upload());
  require(upload->append("abc"));
  EXPECT_EQ(code_of(upload->append("d")), "file.too_large");
  require(small.store_bytes("abc"));
}

TEST_F(FilesTest, AProjectHasAQuota) {
  Files small(data, {.project_bytes = 10, .project_files = 3}, clock);
  require(small.create(id, "a", blob("12345"), kAnn));
  require(small.create(id, "b", blob("12345"), kAnn));
  EXPECT_EQ(code_of(small.create(id, "c", blob("1"), kAnn)), "project.quota");
  EXPECT_EQ(code_of(small.update(id, "b", blob("123456"), kAnn)), "project.quota");
  // What grows and what shrinks are counted together.
  require(small.update_all(id, {{"a", blob("1234567")}, {"b", blob("123")}}, kAnn));
  require(small.update(id, "a", blob("12"), kAnn));
  require(small.create(id, "c", blob("1"), kAnn));
  EXPECT_EQ(code_of(small.create(id, "d", blob(""), kAnn)), "project.quota");
  EXPECT_EQ(code_of(small.create_all(id, {{"d", blob("")}}, kAnn)), "project.quota");
  // A project that is over a limit that was lowered may shrink.
  Files smaller(data, {.project_bytes = 1, .project_files = 1}, clock);
  require(smaller.update(id, "a", blob("1"), kAnn));
  EXPECT_EQ(code_of(smaller.update(id, "a", blob("12"), kAnn)), "project.quota");
  require(smaller.remove(id, "b", kAnn));
  EXPECT_THAT(names(), testing::ElementsAre("a", "c"));
}

}  // namespace
}  // namespace mimus::project
