#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/files.h"
#include "project/projects.h"
#include "store/testing.h"

namespace mimus::project {
namespace {

using store::code_of;
using store::require;

constexpr std::int64_t kSecond = kMicrosPerSecond;
const Actor kAnn{"ann-id", "ann"};
const Actor kBob{"bob-id", "bob"};

class LeasesTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  store::Store data = require(store::open_store(folder.path()));
  Timestamp time = {1'800'000'000 * kSecond};
  Files files{data, {}, [this] { return time; }};
  std::string id = require(Projects(data, files).create("p")).id;
  store::Blob bytes = require(files.store_bytes("x"));

  LeasesTest() { require(files.create(id, "a", bytes, kAnn)); }
  void wait(std::int64_t seconds) { time.micros += seconds * kSecond; }
  LockState state() { return require(files.get(id, "a")).lock; }
};

TEST_F(LeasesTest, OneEditsAtATime) {
  const LockState taken = require(files.unlock(id, "a", kAnn));
  EXPECT_TRUE(taken.locked);
  EXPECT_EQ(taken.holder, "ann");
  EXPECT_EQ(taken.expires_at.micros, time.micros + 60 * kSecond);
  EXPECT_EQ(state().holder, "ann");

  const auto refused = files.unlock(id, "a", kBob);
  ASSERT_EQ(code_of(refused), "file.locked");
  EXPECT_THAT(refused.error().fields, testing::ElementsAre(testing::Pair("holder", "ann"),
                                                           testing::Pair("expires_at", "2027-01-15T08:01:00Z")));
  EXPECT_THAT(refused.error().message, testing::HasSubstr("'ann' until 2027-01-15T08:01:00Z"));
  EXPECT_EQ(code_of(files.update(id, "a", bytes, kBob)), "file.locked");
  EXPECT_EQ(code_of(files.put(id, "a", bytes, kBob)), "file.locked");
  EXPECT_EQ(code_of(files.remove(id, "a", kBob)), "file.locked");
  EXPECT_EQ(code_of(files.update(id, "a", bytes, kAnn)), "");

  EXPECT_FALSE(require(files.lock(id, "a", kAnn)).locked);
  EXPECT_EQ(code_of(files.update(id, "a", bytes, kBob)), "");
}

TEST_F(LeasesTest, AWriteNeedsNone) {
  EXPECT_EQ(code_of(files.update(id, "a", bytes, kBob)), "");
  EXPECT_FALSE(state().locked);  // and takes none
}

TEST_F(LeasesTest, Lapse) {
  require(files.unlock(id, "a", kAnn));
  wait(59);
  EXPECT_TRUE(state().locked);
  EXPECT_EQ(code_of(files.unlock(id, "a", kBob)), "file.locked");
  wait(1);
  EXPECT_FALSE(state().locked);
  EXPECT_FALSE(require(files.list(id)).at(0).lock.locked);
  EXPECT_EQ(require(files.unlock(id, "a", kBob)).holder, "bob");
  // Ann's time was over: she is no longer the one who edits.
  EXPECT_EQ(code_of(files.update(id, "a", bytes, kAnn)), "file.locked");
}

TEST_F(LeasesTest, AreRenewedByUnlockAndByTheHoldersWrites) {
  require(files.unlock(id, "a", kAnn));
  wait(50);
  require(files.unlock(id, "a", kAnn));
  wait(50);
  EXPECT_EQ(require(files.update(id, "a", bytes, kAnn)).lock.expires_at.micros, time.micros + 60 * kSecond);
  wait(50);
  EXPECT_EQ(require(files.update_all(id, {{"a", bytes}}, kAnn)).at(0).lock.holder, "ann");
  wait(59);
  EXPECT_TRUE(state().locked);
  wait(1);
  EXPECT_FALSE(state().locked);
  // A write does not bring a lapsed lease back.
  EXPECT_FALSE(require(files.update(id, "a", bytes, kAnn)).lock.locked);
}

TEST_F(LeasesTest, LockEndsOnlyTheActorsOwn) {
  EXPECT_FALSE(require(files.lock(id, "a", kBob)).locked);  // nothing to end
  require(files.unlock(id, "a", kAnn));
  const LockState after = require(files.lock(id, "a", kBob));
  EXPECT_TRUE(after.locked);
  EXPECT_EQ(after.holder, "ann");
  EXPECT_EQ(state().holder, "ann");
}

TEST_F(LeasesTest, CanBeTakenOverByForce) {
  require(files.unlock(id, "a", kAnn));
  EXPECT_EQ(require(files.unlock(id, "a", kBob, true)).holder, "bob");
  EXPECT_EQ(code_of(files.update(id, "a", bytes, kAnn)), "file.locked");
  EXPECT_EQ(require(files.lock(id, "a", kAnn)).holder, "bob");
}

TEST_F(LeasesTest, GoWithTheirFile) {
  require(files.unlock(id, "a", kAnn));
  require(files.remove(id, "a", kAnn));
  require(files.create(id, "a", bytes, kBob));
  EXPECT_FALSE(state().locked);
}

TEST_F(LeasesTest, AreOfFilesThatExist) {
  EXPECT_EQ(code_of(files.unlock(id, "b", kAnn)), "file.not_found");
  EXPECT_EQ(code_of(files.lock(id, "b", kAnn)), "file.not_found");
  EXPECT_EQ(code_of(files.unlock(id, "A", kAnn)), "file.not_found");
}

TEST_F(LeasesTest, TwoWithTheSameNameAreNotTheSame) {
  require(files.unlock(id, "a", kAnn));
  EXPECT_EQ(code_of(files.update(id, "a", bytes, {"other-id", "ann"})), "file.locked");
}

}  // namespace
}  // namespace mimus::project
