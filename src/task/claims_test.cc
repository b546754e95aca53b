#include "task/claims.h"

#include <gtest/gtest.h>

#include "task/testing.h"
#include "task/work_folder.h"

namespace mimus::task {
namespace {

using store::Task;

// Two workers and a clock that goes when it is told.
class ClaimsTest : public testing::Test {
 protected:
  [[nodiscard]] Claims claims_of(const std::string& worker, std::uint32_t attempts = 20) {
    return {bench.store,
            {.worker = worker, .claim_milliseconds = 10'000, .running_per_project = 2, .attempts = attempts},
            clock};
  }
  void pass_seconds(std::int64_t seconds) { *time += seconds * kMicrosPerSecond; }
  static std::vector<Renewal> renewal(const Task& task) { return {{.task = task.id, .attempt = task.attempt}}; }

  std::shared_ptr<std::int64_t> time = std::make_shared<std::int64_t>(1'000'000'000'000'000);
  store::Clock clock = [time = time] { return Timestamp{*time}; };
  Bench bench{"<setup/>", {}, {}, clock};
  Claims first = claims_of("first");
  Claims second = claims_of("second");
};

TEST_F(ClaimsTest, TakesTheOldestTaskOnce) {
  const Task older = bench.enqueue();
  const Task newer = bench.enqueue();
  EXPECT_EQ(require(first.take())->id, older.id);
  EXPECT_EQ(require(second.take())->id, newer.id);
  EXPECT_FALSE(require(first.take({older.id})));
  EXPECT_EQ(bench.get(older).worker, "first");
  EXPECT_EQ(bench.get(older).attempt, 1U);
}

TEST_F(ClaimsTest, TakesUpALapsedTaskOnly) {
  bench.enqueue();
  const Task task = *require(first.take());
  pass_seconds(9);
  EXPECT_EQ(require(first.renew(renewal(task))).front(), ClaimState::Held);
  pass_seconds(9);
  EXPECT_FALSE(require(second.take()));
  pass_seconds(2);
  const Task again = *require(second.take());
  EXPECT_EQ(again.id, task.id);
  EXPECT_EQ(again.attempt, 2U);
  EXPECT_EQ(again.seed, task.seed);
  EXPECT_EQ(again.now, task.now);
  EXPECT_EQ(again.manifest, task.manifest);
  EXPECT_EQ(again.started_at, task.started_at);
}

TEST_F(ClaimsTest, FencesOutWhoeverHasLostTheClaim) {
  bench.enqueue();
  const Task lost = *require(first.take());
  pass_seconds(11);
  const Task task = *require(second.take());
  bool published = false;
  const Outcome success{.status = TaskStatus::Succeeded, .content_hash = "late"};
  EXPECT_FALSE(require(first.finish(lost, success, [&](store::Writer&) -> Status {
    published = true;
    return {};
  })));
  EXPECT_FALSE(published);
  EXPECT_EQ(require(first.renew(renewal(lost))).front(), ClaimState::Lost);
  EXPECT_EQ(require(first.look(renewal(lost))).front(), ClaimState::Lost);
  require(first.give_back(lost));
  EXPECT_EQ(bench.get(task).status, TaskStatus::Running);
  EXPECT_EQ(bench.get(task).worker, "second");
  EXPECT_TRUE(require(second.finish(task, {.status = TaskStatus::Succeeded, .content_hash = "right"})));
  EXPECT_EQ(bench.get(task).content_hash, "right");
  EXPECT_FALSE(require(second.finish(task, success)));
}

TEST_F(ClaimsTest, TakesUpAtOnceWhatADeadWorkerHeld) {
  bench.enqueue();
  std::optional<WorkFolder> folder = require(WorkFolder::create(bench.store, "worker"));
  const std::string name = folder->name();
  Claims dying = claims_of(name);
  ASSERT_TRUE(require(dying.take()));
  EXPECT_FALSE(require(second.take()));
  folder.reset();
  fs::create_directory(bench.store.work() / name);  // there, and nobody holds the lock
  EXPECT_TRUE(require(second.take()));
}

TEST_F(ClaimsTest, EndsACancelledTaskWhateverItsOutcome) {
  bench.enqueue();
  const Task task = *require(first.take());
  EXPECT_EQ(require(bench.tasks.cancel(bench.project, task.id, {})).status, TaskStatus::Running);
  EXPECT_EQ(require(first.look(renewal(task))).front(), ClaimState::CancelRequested);
  bool published = false;
  EXPECT_TRUE(require(first.finish(task, {.status = TaskStatus::Succeeded}, [&](store::Writer&) -> Status {
    published = true;
    return {};
  })));
  EXPECT_FALSE(published);
  EXPECT_EQ(bench.get(task).status, TaskStatus::Cancelled);
}

TEST_F(ClaimsTest, EndsACancelledTaskOfADeadWorker) {
  bench.enqueue();
  const Task task = *require(first.take());
  require(bench.tasks.cancel(bench.project, task.id, {}));
  pass_seconds(11);
  EXPECT_FALSE(require(second.take()));
  EXPECT_EQ(bench.get(task).status, TaskStatus::Cancelled);
}

TEST_F(ClaimsTest, GivesUpAfterSoManyAttempts) {
  Claims impatient = claims_of("second", 2);
  bench.enqueue();
  const Task task = *require(first.take());
  pass_seconds(11);
  EXPECT_EQ(require(impatient.take())->attempt, 2U);
  pass_seconds(11);
  Claims third = claims_of("third", 2);
  EXPECT_FALSE(require(third.take()));
  const Task ended = bench.get(task);
  EXPECT_EQ(ended.status, TaskStatus::Failed);
  EXPECT_EQ(ended.errors.front().code, "task.attempts");
}

TEST_F(ClaimsTest, ReturnsATaskWithoutCountingTheAttempt) {
  bench.enqueue();
  const Task task = *require(first.take());
  require(first.give_back(task));
  EXPECT_EQ(bench.get(task).status, TaskStatus::Pending);
  EXPECT_EQ(require(second.take())->attempt, 1U);
  EXPECT_FALSE(require(first.finish(task, {.status = TaskStatus::Succeeded})));
}

TEST_F(ClaimsTest, TakesAgainWhatItHasGivenUp) {
  bench.enqueue();
  const Task task = *require(first.take());
  EXPECT_FALSE(require(first.take({task.id})));
  EXPECT_EQ(require(first.take())->attempt, 2U);
}

TEST_F(ClaimsTest, ChangesNothingWhenPublishingFails) {
  bench.enqueue();
  const Task task = *require(first.take());
  const auto ended = first.finish(task, {.status = TaskStatus::Succeeded},
                                  [](store::Writer&) -> Status { return fail("project.quota", "full"); });
  EXPECT_EQ(code_of(ended), "project.quota");
  EXPECT_EQ(bench.get(task).status, TaskStatus::Running);
}

}  // namespace
}  // namespace mimus::task
