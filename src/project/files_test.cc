#include "project/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  store::TemporaryFolder folder_;
  store::Store store_ = require(store::open_store(folder_.path() / "data"));
  Timestamp time_ = {1'800'000'000 * kSecond};
  store::Clock clock_ = [this] { return time_; };
  Files files_{store_, {}, clock_};
  Projects projects_{store_, files_, clock_};
  std::string id_ = require(projects_.create("first")).id;

  store::Blob blob(std::string_view text) { return require(files_.store_bytes(text)); }
  std::string text(std::string_view name) {
    return require(store::read_all(*require(files_.open(id_, name)).bytes, 1U << 20U));
  }
  std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const FileMetadata& file : require(files_.list(id_))) all.push_back(file.name);
    return all;
  }
};

TEST_F(FilesTest, ComeAndChangeAndGo) {
  const FileMetadata created = require(files_.create(id_, "script/a.json", blob("{}"), kAnn));
  EXPECT_EQ(created.name, "script/a.json");
  EXPECT_EQ(created.extension, ".json");
  EXPECT_EQ(created.media_type, "application/json");
  EXPECT_EQ(created.size, 2U);
  EXPECT_EQ(created.updated_by, "ann");
  EXPECT_EQ(created.uri, id_ + "/script/a.json");
  EXPECT_EQ(created.created_at, time_);
  EXPECT_FALSE(created.lock.locked);
  EXPECT_EQ(text("script/a.json"), "{}");

  time_.micros += kSecond;
  const FileMetadata updated = require(files_.update(id_, "script/a.json", blob("[1]"), kBob));
  EXPECT_EQ(updated.created_at, created.created_at);
  EXPECT_EQ(updated.updated_at, time_);
  EXPECT_EQ(updated.updated_by, "bob");
  EXPECT_NE(updated.sha256, created.sha256);
  EXPECT_EQ(text("script/a.json"), "[1]");
  EXPECT_EQ(require(projects_.get(id_)).files, 1U);
  EXPECT_EQ(require(projects_.get(id_)).bytes, 3U);

  require(files_.remove(id_, "script/a.json", kAnn));
  EXPECT_EQ(code_of(files_.get(id_, "script/a.json")), "file.not_found");
  EXPECT_EQ(code_of(files_.open(id_, "script/a.json")), "file.not_found");
  EXPECT_EQ(code_of(files_.remove(id_, "script/a.json", kAnn)), "file.not_found");
  EXPECT_EQ(code_of(files_.update(id_, "script/a.json", blob("{}"), kAnn)), "file.not_found");
  EXPECT_EQ(require(projects_.get(id_)).files, 0U);
  EXPECT_EQ(require(projects_.get(id_)).bytes, 0U);
  EXPECT_TRUE(names().empty());
}

}  // namespace
}  // namespace mimus::project
