#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/files.h"
#include "project/projects.h"
#include "store/testing.h"

namespace mimus::project {
namespace {

using store::code_of;
using store::require;
using testing::ElementsAre;

class VersionsTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  store::Store data = require(store::open_store(folder.path() / "data"));
  Files files{data, {.versions = 3, .version_bytes = 40}};
  Projects projects{data, files};
  std::string id = require(projects.create("p")).id;
  Actor ann{.id = "a", .name = "Ann"};

  void put(std::string_view name, std::string_view text) {
    require(files.put(id, name, require(files.store_bytes(text)), ann));
  }
  // Newest first: the bytes of each, "-" for a removal.
  std::vector<std::string> history(std::string_view name) {
    std::vector<std::string> texts;
    for (const Version& version : require(files.versions(id, name, 100, {})).versions)
      texts.push_back(text(version.id));
    return texts;
  }
  std::string text(const std::string& version) {
    const OpenVersion open = require(files.open_version(id, version));
    if (!open.bytes) return "-";
    std::string bytes(open.bytes->size(), '\0');
    require(open.bytes->read_at(0, bytes));
    return bytes;
  }
  std::string newest(std::string_view name) { return require(files.versions(id, name, 1, {})).versions.at(0).id; }
};

TEST_F(VersionsTest, EachChangeIsOne) {
  put("a", "1");
  put("a", "2");
  put("a", "2");  // no change
  require(files.remove(id, "a", ann));
  EXPECT_THAT(history("a"), ElementsAre("-", "2", "1"));
  const Version version = require(files.versions(id, "a", 1, {})).versions.at(0);
  EXPECT_EQ(version.name, "a");
  EXPECT_EQ(version.created_by, "Ann");
  EXPECT_EQ(version.size, 0U);
}

TEST_F(VersionsTest, OldBytesOutliveTheGarbage) {
  put("a", "1");
  const std::string first = newest("a");
  put("a", "2");
  require(store::collect_garbage(data, {now().micros + kMicrosPerDay}));
  EXPECT_EQ(text(first), "1");
}

TEST_F(VersionsTest, AreRestoredAsANewOne) {
  put("a", "1");
  const std::string first = newest("a");
  put("a", "2");
  require(files.restore(id, first, ann));
  EXPECT_THAT(history("a"), ElementsAre("1", "2", "1"));
  require(files.remove(id, "a", ann));
  EXPECT_EQ(code_of(files.restore(id, newest("a"), ann)), "version.removed");
  require(files.restore(id, require(files.versions(id, "a", 9, {})).versions.at(1).id, ann));
  EXPECT_EQ(require(files.get(id, "a")).size, 1U);
  EXPECT_EQ(code_of(files.restore(id, "nothing", ann)), "version.not_found");
}

TEST_F(VersionsTest, AreOfTheirProjectOnly) {
  put("a", "1");
  const std::string other = require(projects.create("q")).id;
  EXPECT_EQ(code_of(files.open_version(other, newest("a"))), "version.not_found");
  EXPECT_EQ(code_of(files.restore(other, newest("a"), ann)), "version.not_found");
}

TEST_F(VersionsTest, TheOldestGoBeyondTheLimits) {
  for (const char* text : {"1", "2", "3", "4"}) put("a", text);
  EXPECT_THAT(history("a"), ElementsAre("4", "3", "2"));
  put("b", std::string(39, 'x'));  // 42 bytes with the others: all but the newest of each file go
  EXPECT_THAT(history("a"), ElementsAre("4"));
  EXPECT_EQ(history("b").size(), 1U);
  EXPECT_EQ(require(projects.get(id)).version_bytes, 40U);
}

TEST_F(VersionsTest, ComePageByPage) {
  put("a", "1");
  put("b", "2");
  put("c", "3");
  const VersionPage first = require(files.versions(id, {}, 2, {}));
  ASSERT_EQ(first.versions.size(), 2U);
  EXPECT_EQ(first.versions[0].name, "c");
  const VersionPage second = require(files.versions(id, {}, 2, first.next));
  ASSERT_EQ(second.versions.size(), 1U);
  EXPECT_EQ(second.versions[0].name, "a");
  EXPECT_EQ(second.next, "");
  EXPECT_EQ(code_of(files.versions(id, {}, 0, {})), "request.limit");
  EXPECT_EQ(code_of(files.versions(id, {}, 2, "nonsense")), "request.cursor");
}

TEST_F(VersionsTest, ARenamedFileKeepsItsBytes) {
  put("a", "1");
  EXPECT_EQ(require(files.rename(id, "a", "dir/b", ann)).name, "dir/b");
  EXPECT_EQ(code_of(files.get(id, "a")), "file.not_found");
  EXPECT_THAT(history("a"), ElementsAre("-", "1"));
  EXPECT_THAT(history("dir/b"), ElementsAre("1"));
  put("c", "2");
  EXPECT_EQ(code_of(files.rename(id, "c", "dir/b", ann)), "file.exists");
  EXPECT_EQ(require(files.get(id, "c")).size, 1U);
  require(files.rename(id, "c", "C", ann));  // in case only
  EXPECT_EQ(require(files.get(id, "C")).size, 1U);
}

}  // namespace
}  // namespace mimus::project
