#include "task/worker.h"

#include <signal.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "task/child.h"
#include "task/testing.h"

namespace mimus::task {
namespace {

using testing::HasSubstr;
using testing::Not;

// The task's end when its process is `mode` and the limits are these.
Task end_of(Bench& bench, const std::string& mode, const RunLimits& limits = {}) {
  WorkerOptions options = options_for(fake(mode));
  options.limits = limits;
  const RunningWorker worker(bench.store, options);
  return bench.ended(bench.enqueue());
}

std::string reason(const Task& task) { return task.errors.empty() ? "" : task.errors.front().code; }

TEST(Worker, PublishesWhatTheProcessMade) {
  Bench bench("content");
  const Task task = end_of(bench, "copy");
  ASSERT_EQ(task.status, TaskStatus::Succeeded) << reason(task);
  EXPECT_EQ(task.artifacts, 2U);
  EXPECT_EQ(task.progress.fraction, 1);
  EXPECT_EQ(task.progress.records_done, 3U);
  EXPECT_EQ(task.attempt, 1U);
  EXPECT_TRUE(task.started_at && task.finished_at && task.worker.empty());
  EXPECT_EQ(task.content_hash.size(), 64U);
  const auto artifacts = require(bench.tasks.artifacts(bench.project, task.id));
  ASSERT_EQ(artifacts.size(), 2U);
  EXPECT_EQ(artifacts[0].name, "empty.txt");
  EXPECT_EQ(artifacts[1].name, "folder/result.txt");
  EXPECT_EQ(artifacts[1].records, 3U);
  const auto open = require(bench.tasks.open_artifact(bench.project, task.id, "folder/result.txt"));
  EXPECT_EQ(require(store::read_all(*open.bytes, 1000)), "content 7 1000000");
  EXPECT_EQ(open.media_type.substr(0, 10), "text/plain");
  EXPECT_EQ(code_of(bench.tasks.open_artifact(bench.project, task.id, "../x")), "artifact.not_found");
  EXPECT_TRUE(bench.is_clean());
}

TEST(Worker, KeepsTheFilesOfTheMomentOfTheTrigger) {
  Bench bench("before");
  const Task task = bench.enqueue();
  bench.add("datamimic.xml", "after");
  const RunningWorker worker(bench.store, options_for(fake("copy")));
  ASSERT_EQ(bench.ended(task).status, TaskStatus::Succeeded);
  const auto open = require(bench.tasks.open_artifact(bench.project, task.id, "folder/result.txt"));
  EXPECT_EQ(require(store::read_all(*open.bytes, 1000)), "before 7 1000000");
}

TEST(Worker, RunsAsManyTasksOfAProjectAsAllowedAtTheSameTime) {
  Bench bench;
  WorkerOptions options = options_for(fake("sleep"));
  options.running_per_project = 2;
  const Task first = bench.enqueue();
  const Task second = bench.enqueue();
  const Task third = bench.enqueue();
  const RunningWorker worker(bench.store, options);
  bench.running(first);
  bench.running(second);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(bench.get(third).status, TaskStatus::Pending);
  require(bench.tasks.cancel(bench.project, first.id, {}));
  bench.running(third);
}

TEST(Worker, CancelsARunningTaskWithinASecond) {
  for (const char* mode : {"sleep", "deaf"}) {
    Bench bench;
    const RunningWorker worker(bench.store, options_for(fake(mode)));
    const Task task = bench.enqueue();
    ASSERT_TRUE(bench.hears(task, mode == std::string("deaf") ? "deaf" : "asleep"));
    const auto begin = std::chrono::steady_clock::now();
    require(bench.tasks.cancel(bench.project, task.id, {}));
    EXPECT_EQ(bench.ended(task).status, TaskStatus::Cancelled);
    // One second on an idle machine; the rest is for a busy one.
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
    EXPECT_EQ(require(bench.tasks.artifacts(bench.project, task.id)).size(), 0U);
    EXPECT_TRUE(bench.is_clean());
  }
}

TEST(Worker, TellsWhyAProcessDied) {
  const std::pair<const char*, const char*> cases[] = {{"abort", "signal 6"},
                                                       {"kill", "signal 9"},
                                                       {"exit", "status 3"},
                                                       {"silent", "status 0 before it had reported an end"}};
  for (const auto& [mode, text] : cases) {
    Bench bench;
    const Task task = end_of(bench, mode);
    EXPECT_EQ(task.status, TaskStatus::Failed);
    ASSERT_EQ(reason(task), "task.died") << mode;
    EXPECT_THAT(task.errors.front().message, HasSubstr(text));
    EXPECT_TRUE(bench.is_clean());
  }
}

TEST(Worker, RefusesAWrongNumberOfTasks) {
  const Bench bench;
  setenv("MIMUS_WORKERS", "many", 1);
  testing::internal::CaptureStderr();
  EXPECT_EQ(worker_main(bench.folder.path()), 1);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("[worker.tasks]"));
  unsetenv("MIMUS_WORKERS");
}

TEST(Worker, SaysWhenAFailedRunHasToldNoReason) {
  Bench bench;
  const Task task = end_of(bench, "fail-silently");
  EXPECT_EQ(task.status, TaskStatus::Failed);
  EXPECT_EQ(reason(task), "task.failed");
}

TEST(Worker, KeepsTheFindingsOfAFailedRun) {
  Bench bench;
  const Task task = end_of(bench, "fail");
  EXPECT_EQ(task.status, TaskStatus::Failed);
  ASSERT_EQ(reason(task), "source.empty");
  EXPECT_EQ(task.errors.front().where.file, "a.xml");
  EXPECT_EQ(task.errors.front().where.line, 4);
  EXPECT_EQ(task.errors.front().where.column, 9);
  EXPECT_THAT(bench.log(task), HasSubstr("a.xml:4:9: no rows [source.empty]"));
}

TEST(Worker, EndsATaskThatGoesPastALimit) {
  struct Case {
    const char* mode;
    RunLimits limits;
    const char* text;
  };
  const Case cases[] = {{"sleep", {.wall_seconds = 1}, "longer than 1 seconds"},
                        {"burn-time", {.cpu_seconds = 1}, "CPU time"},
                        {"out-of-memory", {}, "memory"},
                        {"fill-disk", {.output_bytes = 20ULL << 20U}, "more than 20,971,520 bytes"},
                        {"many", {.artifacts = 100}, "more than 100 files"},
                        {"copy", {.output_bytes = 3}, "more than 3 bytes"}};
  for (const Case& test : cases) {
    Bench bench;
    const Task task = end_of(bench, test.mode, test.limits);
    EXPECT_EQ(task.status, TaskStatus::Failed) << test.mode;
    ASSERT_EQ(reason(task), "task.limit") << test.mode;
    EXPECT_THAT(task.errors.front().message, HasSubstr(test.text));
    EXPECT_FALSE(fs::exists(bench.store.artifacts(bench.project) / task.id));
    EXPECT_EQ(task.artifacts, 0U);
    EXPECT_TRUE(bench.is_clean());
  }
}

TEST(Worker, RefusesArtifactsPastTheProjectsQuota) {
  Bench bench;
  const Task task = end_of(bench, "copy", {.project_artifact_bytes = 3});
  EXPECT_EQ(task.status, TaskStatus::Failed);
  EXPECT_EQ(reason(task), "project.quota");
  EXPECT_FALSE(fs::exists(bench.store.artifacts(bench.project) / task.id));
}

TEST(Worker, PublishesNothingButPlainFiles) {
  for (const char* mode : {"symlink", "hard-link", "bad-name"}) {
    Bench bench;
    const Task task = end_of(bench, mode);
    EXPECT_EQ(task.status, TaskStatus::Failed) << mode;
    EXPECT_EQ(reason(task), "task.artifact") << mode;
  }
}

TEST(Worker, EndsAProcessThatWritesSomethingElseThanReports) {
  for (const char* mode : {"garbage", "endless-line"}) {
    Bench bench;
    EXPECT_EQ(reason(end_of(bench, mode)), "task.protocol") << mode;
  }
}

TEST(Worker, KillsWhatAProcessHasStarted) {
  Bench bench;
  const Task task = end_of(bench, "leave-child");
  EXPECT_EQ(task.status, TaskStatus::Succeeded);
  const std::string log = bench.log(task);
  const int child = std::stoi(log.substr(log.find("child ") + 6));
  // Dead; whether anybody has reaped it is not our matter.
  EXPECT_TRUE(eventually([&] {
    const auto state = read_file("/proc/" + std::to_string(child) + "/stat");
    return !state || state->find(") Z ") != std::string::npos;
  }));
}

TEST(Worker, GivesAProcessNothingButItsPipes) {
  Bench bench;
  const Task task = end_of(bench, "surroundings");
  EXPECT_THAT(bench.log(task), HasSubstr("variables 0, descriptors 0, leader 1"));
}

TEST(Worker, KeepsTheLogInItsLimits) {
  Bench bench;
  const Task task = end_of(bench, "strange", {.log_bytes = 40'000, .log_line_bytes = 1000});
  EXPECT_EQ(task.status, TaskStatus::Succeeded);
  const std::string log = bench.log(task);
  EXPECT_LE(log.size(), 40'000U);
  EXPECT_THAT(log, HasSubstr("escape \\x1b[31m bidi \\u202e line\\x0afeed"));
  EXPECT_THAT(log, HasSubstr("line 10\n"));
  EXPECT_THAT(log, Not(HasSubstr("line 1999")));
  EXPECT_THAT(log, HasSubstr("the log is full"));
  std::size_t longest = 0;
  for (std::size_t at = 0, end = 0; (end = log.find('\n', at)) != std::string::npos; at = end + 1) {
    longest = std::max(longest, end + 1 - at);
  }
  EXPECT_LE(longest, 1000U);
}

TEST(Worker, PutsItsTasksBackWhenItIsStopped) {
  Bench bench;
  RunningWorker worker(bench.store, options_for(fake("sleep")));
  const Task task = bench.enqueue();
  ASSERT_TRUE(bench.hears(task, "asleep"));
  require(worker.stop());
  const Task waiting = bench.get(task);
  EXPECT_EQ(waiting.status, TaskStatus::Pending);
  EXPECT_EQ(waiting.attempt, 0U);
  EXPECT_TRUE(fs::is_empty(bench.store.work()));
  const RunningWorker next(bench.store, options_for(fake("copy")));
  EXPECT_EQ(bench.ended(task).status, TaskStatus::Succeeded);
}

TEST(Worker, StopsTheTaskOfARemovedProject) {
  Bench bench;
  const RunningWorker worker(bench.store, options_for(fake("sleep")));
  const Task task = bench.enqueue();
  ASSERT_TRUE(bench.hears(task, "asleep"));
  require(bench.projects.purge(bench.project));
  EXPECT_TRUE(bench.is_clean());
}

// ---- workers that die

std::string undisturbed_hash() {
  Bench bench("content");
  return end_of(bench, "copy").content_hash;
}

TEST(Worker, TakesUpTheTaskOfAKilledWorkerWithTheSameResult) {
  Bench bench("content");
  const Task task = bench.enqueue();
  // A claim of an hour: it is the worker's death that is noticed, not the clock.
  auto killed = require(Child::start(worker_process(bench.folder.path(), {"fake", "copy-slowly"}, 3'600'000),
                                     {.in = -1, .out = -1, .error = STDERR_FILENO}, {}));
  ASSERT_TRUE(bench.hears(task, "begun"));
  bench.add("datamimic.xml", "changed meanwhile");
  killed.kill_group();
  ASSERT_TRUE(killed.wait(kSoon));
  const RunningWorker worker(bench.store, options_for(fake("copy")));
  const Task ended = bench.ended(task);
  EXPECT_EQ(ended.status, TaskStatus::Succeeded);
  EXPECT_EQ(ended.attempt, 2U);
  EXPECT_EQ(ended.content_hash, undisturbed_hash());
  EXPECT_TRUE(bench.is_clean());
}

// Stops a worker at a moment at which it does not hold the lock of the metadata: nobody could write while it stands
// still.
void stop_between_writes(Bench& bench, const Task& task, pid_t worker) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    // Just after it has written, it does not write.
    const auto before = bench.get(task).progress.records_done;
    ASSERT_TRUE(eventually([&] { return bench.get(task).progress.records_done != before; }));
    ::kill(worker, SIGSTOP);
    if (bench.store.metadata->write([](store::Writer&) { return Status(); })) return;
    ::kill(worker, SIGCONT);
  }
  FAIL() << "the worker writes all the time";
}

TEST(Worker, FencesOutAWorkerThatWasThoughtDead) {
  Bench bench("content");
  const Task task = bench.enqueue();
  auto late = require(Child::start(worker_process(bench.folder.path(), {"fake", "copy-slowly"}, 500),
                                   {.in = -1, .out = -1, .error = STDERR_FILENO}, {}));
  ASSERT_TRUE(bench.hears(task, "begun"));
  const std::string first = bench.get(task).worker;
  stop_between_writes(bench, task, late.pid());
  {
    WorkerOptions options = options_for(fake("copy"));
    options.claim_milliseconds = 60'000;
    const RunningWorker worker(bench.store, options);
    ASSERT_EQ(bench.ended(task).status, TaskStatus::Succeeded);
  }
  const Task ended = bench.get(task);
  EXPECT_EQ(ended.attempt, 2U);
  // Its process has gone on meanwhile; what it made must not take the place of what is published.
  ::kill(late.pid(), SIGCONT);
  EXPECT_TRUE(eventually([&] { return fs::is_empty(bench.store.work() / first); }));
  const Task after = bench.get(task);
  EXPECT_EQ(after.attempt, 2U);
  EXPECT_EQ(after.finished_at, ended.finished_at);
  EXPECT_EQ(after.content_hash, undisturbed_hash());
  late.ask_to_end();
  EXPECT_TRUE(late.wait(kSoon));
}

TEST(Worker, GivesUpATaskWhoseWorkersDieAgainAndAgain) {
  Bench bench;
  const Task task = bench.enqueue();
  WorkerOptions options = options_for(fake("copy"));
  options.attempts = 2;
  for (int life = 0; life < 2; ++life) {
    auto killed = require(Child::start(worker_process(bench.folder.path(), {"fake", "sleep"}),
                                       {.in = -1, .out = -1, .error = STDERR_FILENO}, {}));
    ASSERT_TRUE(eventually([&] { return bench.get(task).attempt == static_cast<std::uint32_t>(life) + 1; }));
    killed.kill_group();
    ASSERT_TRUE(killed.wait(kSoon));
  }
  const RunningWorker worker(bench.store, options);
  const Task ended = bench.ended(task);
  EXPECT_EQ(ended.status, TaskStatus::Failed);
  EXPECT_EQ(reason(ended), "task.attempts");
}

}  // namespace
}  // namespace mimus::task
