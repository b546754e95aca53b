#include <signal.h>

#include <gtest/gtest.h>

#include "task/testing.h"

namespace mimus::task {
namespace {

// A process that has ended, reaped or not.
bool is_gone(int pid) {
  const auto state = read_file("/proc/" + std::to_string(pid) + "/stat");
  return !state || state->find(") Z ") != std::string::npos;
}

TEST(Supervisor, StartsTheWorkerAgainWhenItDies) {
  Bench bench("content");
  int last = 0;
  {
    const auto supervisor =
        require(Supervisor::start(bench.store, 1, worker_process(bench.folder.path(), {"fake", "copy"})));
    ASSERT_TRUE(eventually([&] { return supervisor->worker_pid() != 0; }));
    for (int round = 0; round < 2; ++round) {
      const int pid = supervisor->worker_pid();
      ::kill(pid, SIGKILL);
      ASSERT_TRUE(eventually([&] { return supervisor->worker_pid() != 0 && supervisor->worker_pid() != pid; }));
    }
    EXPECT_EQ(bench.ended(bench.enqueue()).status, TaskStatus::Succeeded);
    EXPECT_TRUE(eventually([&] { return supervisor->is_healthy(); }));
    last = supervisor->worker_pid();
  }
  EXPECT_TRUE(is_gone(last));
  EXPECT_TRUE(fs::is_empty(bench.store.work()));
}

TEST(Supervisor, IsNotHealthyWithAWorkerThatDiesAtOnce) {
  Bench bench;
  const auto supervisor = require(Supervisor::start(bench.store, 1, {.program = "/bin/false", .arguments = {}}));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_FALSE(supervisor->is_healthy());
}

TEST(Supervisor, SaysWhenThereIsNoSuchWorker) {
  Bench bench;
  EXPECT_EQ(code_of(Supervisor::start(bench.store, 1, {.program = "/nowhere", .arguments = {}})), "process.start");
}

TEST(Supervisor, SweepsWhatTheDeadHaveLeft) {
  Bench bench;
  fs::create_directories(bench.store.work() / "check-dead/files");
  const auto supervisor =
      require(Supervisor::start(bench.store, 1, worker_process(bench.folder.path(), {"fake", "copy"})));
  EXPECT_TRUE(eventually([&] { return !fs::exists(bench.store.work() / "check-dead"); }));
}

}  // namespace
}  // namespace mimus::task
