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
  store::TemporaryFolder folder_;
  store::Store store_ = require(store::open_store(folder_.path()));
  Timestamp time_ = {1'800'000'000 * kSecond};
  Files files_{store_, {}, [this] { return time_; }};
  std::string id_ = require(Projects(store_, files_).create("p")).id;
  store::Blob blob_ = require(files_.store_bytes("x"));

  LeasesTest() { require(files_.create(id_, "a", blob_, kAnn)); }
  void wait(std::int64_t seconds) { time_.micros += seconds * kSecond; }
  LockState state() { return require(files_.get(id_, "a")).lock; }
};

TEST_F(LeasesTest, OneEditsAtATime) {
  const LockState taken = require(files_.unlock(id_, "a", kAnn));
  EXPECT_TRUE(taken.locked);
  EXPECT_EQ(taken.holder, "ann");
  EXPECT_EQ(taken.expires_at.micros, time_.micros + 60 * kSecond);
  EXPECT_EQ(state().holder, "ann");

  const auto refused = files_.unlock(id_, "a", kBob);
  ASSERT_EQ(code_of(refused), "file.locked");
  EXPECT_THAT(refused.error().fields, testing::ElementsAre(testing::Pair("holder", "ann"),
                                                           testing::Pair("expires_at", "2027-01-15T08:01:00Z")));
  EXPECT_THAT(refused.error().message, testing::HasSubstr("'ann' until 2027-01-15T08:01:00Z"));
  EXPECT_EQ(code_of(files_.update(id_, "a", blob_, kBob)), "file.locked");
  EXPECT_EQ(code_of(files_.put(id_, "a", blob_, kBob)), "file.locked");
  EXPECT_EQ(code_of(files_.remove(id_, "a", kBob)), "file.locked");
  EXPECT_EQ(code_of(files_.update(id_, "a", blob_, kAnn)), "");

  EXPECT_FALSE(require(files_.lock(id_, "a", kAnn)).locked);
  EXPECT_EQ(code_of(files_.update(id_, "a", blob_, kBob)), "");
}

TEST_F(LeasesTest, AWriteNeedsNone) {
  EXPECT_EQ(code_of(files_.update(id_, "a", blob_, kBob)), "");
  EXPECT_FALSE(state().locked);  // and takes none
}

TEST_F(LeasesTest, Lapse) {
  require(files_.unlock(id_, "a", kAnn));
  wait(59);
  EXPECT_TRUE(state().locked);
  EXPECT_EQ(code_of(files_.unlock(id_, "a", kBob)), "file.locked");
  wait(1);
  EXPECT_FALSE(state().locked);
  EXPECT_FALSE(require(files_.list(id_)).at(0).lock.locked);
  EXPECT_EQ(require(files_.unlock(id_, "a", kBob)).holder, "bob");
  // Ann's time was over: she is no longer the one who edits.
  EXPECT_EQ(code_of(files_.update(id_, "a", blob_, kAnn)), "file.locked");
}

TEST_F(LeasesTest, AreRenewedByUnlockAndByTheHoldersWrites) {
  require(files_.unlock(id_, "a", kAnn));
  wait(50);
  require(files_.unlock(id_, "a", kAnn));
  wait(50);
  EXPECT_EQ(require(files_.update(id_, "a", blob_, kAnn)).lock.expires_at.micros, time_.micros + 60 * kSecond);
  wait(50);
  EXPECT_EQ(require(files_.update_all(id_, {{"a", blob_}}, kAnn)).at(0).lock.holder, "ann");
  wait(59);
  EXPECT_TRUE(state().locked);
  wait(1);
  EXPECT_FALSE(state().locked);
  // A write does not bring a lapsed lease back.
  EXPECT_FALSE(require(files_.update(id_, "a", blob_, kAnn)).lock.locked);
}

TEST_F(LeasesTest, LockEndsOnlyTheActorsOwn) {
  EXPECT_FALSE(require(files_.lock(id_, "a", kBob)).locked);  // nothing to end
  require(files_.unlock(id_, "a", kAnn));
  const LockState after = require(files_.lock(id_, "a", kBob));
  EXPECT_TRUE(after.locked);
  EXPECT_EQ(after.holder, "ann");
  EXPECT_EQ(state().holder, "ann");
}

TEST_F(LeasesTest, CanBeTakenOverByForce) {
  require(files_.unlock(id_, "a", kAnn));
  EXPECT_EQ(require(files_.unlock(id_, "a", kBob, true)).holder, "bob");
  EXPECT_EQ(code_of(files_.update(id_, "a", blob_, kAnn)), "file.locked");
  EXPECT_EQ(require(files_.lock(id_, "a", kAnn)).holder, "bob");
}

TEST_F(LeasesTest, GoWithTheirFile) {
  require(files_.unlock(id_, "a", kAnn));
  require(files_.remove(id_, "a", kAnn));
  require(files_.create(id_, "a", blob_, kBob));
  EXPECT_FALSE(state().locked);
}

TEST_F(LeasesTest, AreOfFilesThatExist) {
  EXPECT_EQ(code_of(files_.unlock(id_, "b", kAnn)), "file.not_found");
  EXPECT_EQ(code_of(files_.lock(id_, "b", kAnn)), "file.not_found");
  EXPECT_EQ(code_of(files_.unlock(id_, "A", kAnn)), "file.not_found");
}

TEST_F(LeasesTest, TwoWithTheSameNameAreNotTheSame) {
  require(files_.unlock(id_, "a", kAnn));
  EXPECT_EQ(code_of(files_.update(id_, "a", blob_, {"other-id", "ann"})), "file.locked");
}

}  // namespace
}  // namespace mimus::project
