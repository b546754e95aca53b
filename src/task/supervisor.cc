#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "task/child.h"
#include "task/housekeeping.h"
#include "task/work_folder.h"
#include "task/worker.h"

namespace mimus::task {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr milliseconds kFirstPause{100};
constexpr milliseconds kLongestPause{5000};
constexpr milliseconds kPulse{50};
constexpr std::chrono::seconds kGrownUp{10};  // a worker that lived so long did not die young
constexpr std::chrono::seconds kHealthyAfter{1};
constexpr std::chrono::seconds kLastWords{5};  // from SIGTERM to SIGKILL
constexpr std::chrono::hours kCollect{1};
constexpr std::int64_t kGraceMicros = 3600 * kMicrosPerSecond;  // for what is written first and named afterwards

Command default_worker(const store::Store& store) {
  return self({"worker", "--data", fs::absolute(store.folder).string()});
}

// This process's variables, and the number of tasks where it is given.
std::vector<std::string> variables(unsigned tasks) {
  std::vector<std::string> all;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    if (tasks == 0 || !text.starts_with("MIMUS_WORKERS=")) all.emplace_back(text);
  }
  if (tasks != 0) all.push_back("MIMUS_WORKERS=" + std::to_string(tasks));
  return all;
}

class WorkerSupervisor final : public Supervisor {
 public:
  WorkerSupervisor(store::Store& store, Command worker, std::vector<std::string> environment)
      : store_(&store), worker_(std::move(worker)), environment_(std::move(environment)) {
    collector_ = std::jthread([this](const std::stop_token& stop) { collect(stop); });
    keeper_ = std::jthread([this](const std::stop_token& stop) { keep(stop); });
  }

  [[nodiscard]] int worker_pid() const override { return pid_; }
  [[nodiscard]] bool is_healthy() const override {
    const std::int64_t started = started_;
    return started != 0 && Steady::now() - Steady::time_point(Steady::duration(started)) >= kHealthyAfter;
  }

 private:
  // The worker is the child of this thread, which lives as long as it is wanted.
  void keep(const std::stop_token& stop) {
    milliseconds pause = kFirstPause;
    while (!stop.stop_requested()) {
      const auto born = Steady::now();
      const std::string end = live(stop);
      if (stop.stop_requested()) return;
      if (Steady::now() - born >= kGrownUp) pause = kFirstPause;
      std::fprintf(stderr, "mimus: the worker %s; it is started again in %.1f s\n", end.c_str(),
                   std::chrono::duration<double>(pause).count());
      sleep(stop, pause);
      pause = std::min(pause * 2, kLongestPause);
    }
  }

  // One life of a worker; how it ended.
  std::string live(const std::stop_token& stop) {
    auto child = Child::start(worker_, {.in = -1, .out = STDOUT_FILENO, .error = STDERR_FILENO}, environment_);
    if (!child) return "could not be started: " + child.error().message;
    pid_ = child->pid();
    started_ = Steady::now().time_since_epoch().count();
    std::optional<int> status;
    while (!status && !stop.stop_requested()) status = child->wait(kPulse);
    if (!status) {
      child->ask_to_end();
      status = child->wait(kLastWords);
    }
    pid_ = 0;
    started_ = 0;
    return status ? describe_end(*status) : "did not end";  // and is killed with `child`
  }

  void collect(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto collected = store::collect_garbage(*store_, {now().micros - kGraceMicros});
      const Status swept = sweep_work_folders(*store_);
      const auto kept = keep_house(*store_, now());
      if (!collected) std::fprintf(stderr, "mimus: collecting garbage: %s", render(collected.error()).c_str());
      if (!kept) std::fprintf(stderr, "mimus: housekeeping: %s", render(kept.error()).c_str());
      if (!swept) std::fprintf(stderr, "mimus: sweeping work folders: %s", render(swept.error()).c_str());
      sleep(stop, kCollect);
    }
  }

  // Ends early when it is time to stop.
  void sleep(const std::stop_token& stop, milliseconds time) {
    std::unique_lock guard(mutex_);
    wake_.wait_for(guard, stop, time, [] { return false; });
  }

  store::Store* store_;
  Command worker_;
  std::vector<std::string> environment_;
  std::atomic<int> pid_ = 0;
  std::atomic<std::int64_t> started_ = 0;  // of the steady clock; 0: there is none
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread collector_;
  std::jthread keeper_;  // last: both are joined before the rest goes
};

}  // namespace

Result<std::unique_ptr<Supervisor>> Supervisor::start(store::Store& store, unsigned tasks, Command worker) {
  if (worker.program.empty()) worker = default_worker(store);
  // What every restart would fail with is told now.
  if (::access(worker.program.c_str(), X_OK) != 0) {
    return fail("process.start", "cannot run '" + worker.program + "': " + errno_text(errno));
  }
  return std::make_unique<WorkerSupervisor>(store, std::move(worker), variables(tasks));
}

}  // namespace mimus::task
