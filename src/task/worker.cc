#include "task/worker.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <list>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "task/assignment.h"
#include "task/claims.h"
#include "task/work_folder.h"

namespace mimus::task {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr milliseconds kPulse{25};
constexpr milliseconds kLook{200};   // how often it is asked whether a task is cancelled
constexpr milliseconds kWrite{300};  // how often the progress is written
constexpr std::chrono::minutes kSweep{1};
constexpr std::chrono::seconds kPatience{60};  // with a store that fails

// A worker's loop: takes tasks, keeps their claims, forgets those that are done. The tasks themselves are done on
// threads of their own.
class Worker {
 public:
  Worker(store::Store& store, const WorkerOptions& options, WorkFolder folder)
      : store_(&store),
        options_(options),
        folder_(std::move(folder)),
        path_(fs::absolute(folder_.path())),
        claims_(store, {.worker = folder_.name(),
                        .claim_milliseconds = options.claim_milliseconds,
                        .running_per_project = options.running_per_project,
                        .attempts = options.attempts}) {
    if (options_.tasks == 0) options_.tasks = std::max(1U, std::thread::hardware_concurrency());
  }

  Status run(const std::atomic<bool>& stop) {
    while (!stop) {
      forget_done();
      Status status = keep_claims();
      if (status) status = take_tasks();
      if (status && Steady::now() >= next_sweep_) status = sweep();
      if (!note(status)) return status;
      pause();
    }
    for (const auto& assignment : assignments_) assignment->stop(StopReason::Shutdown);
    assignments_.clear();  // waits for them
    return {};
  }

 private:
  void forget_done() {
    std::erase_if(assignments_, [](const auto& assignment) { return assignment->is_done(); });
  }

  Status take_tasks() {
    while (assignments_.size() < options_.tasks) {
      std::set<std::string> under_way;
      for (const auto& assignment : assignments_) under_way.insert(assignment->renewal().task);
      MIMUS_ASSIGN(auto task, claims_.take(under_way));
      if (!task) return {};
      // Its last worker may be dead, and have left something.
      if (task->attempt > 1) next_sweep_ = {};
      const fs::path folder = path_ / (task->id + "-" + std::to_string(task->attempt));
      assignments_.push_back(std::make_unique<Assignment>(*store_, claims_, options_, *std::move(task), folder, [this] {
        const std::lock_guard guard(mutex_);
        woken_ = true;
        wake_.notify_one();
      }));
    }
    return {};
  }

  Status keep_claims() {
    const auto time = Steady::now();
    if (assignments_.empty() || time < next_look_) return {};
    next_look_ = time + kLook;
    std::vector<Renewal> renewals;
    bool news = false;
    for (const auto& assignment : assignments_) {
      news = assignment->has_news() || news;
      renewals.push_back(assignment->renewal());
    }
    news_ = news_ || news;
    const bool is_due = time >= next_renewal_ || (news_ && time >= next_write_);
    MIMUS_ASSIGN(const auto states, is_due ? claims_.renew(renewals) : claims_.look(renewals));
    if (is_due) {
      news_ = false;
      next_write_ = time + kWrite;
      next_renewal_ = time + milliseconds(options_.claim_milliseconds / 5);
    }
    obey(states);
    return {};
  }

  void obey(const std::vector<ClaimState>& states) {
    auto state = states.begin();
    for (const auto& assignment : assignments_) {
      if (*state == ClaimState::CancelRequested) assignment->stop(StopReason::Cancelled);
      // An assignment that has just ended its task does not hold it any more either.
      if (*state == ClaimState::Lost && !assignment->is_done()) assignment->stop(StopReason::Lost);
      ++state;
    }
  }

  Status sweep() {
    next_sweep_ = Steady::now() + kSweep;
    return sweep_work_folders(*store_);
  }

  // Failures of the store are told once in a while; false when they have gone on for too long.
  bool note(const Status& status) {
    const auto time = Steady::now();
    if (status) {
      last_good_ = time;
      return true;
    }
    if (time >= next_complaint_) {
      std::fprintf(stderr, "mimus worker: %s", render(status.error()).c_str());
      next_complaint_ = time + std::chrono::seconds(10);
    }
    return time - last_good_ < kPatience;
  }

  void pause() {
    std::unique_lock guard(mutex_);
    wake_.wait_for(guard, kPulse, [this] { return woken_; });
    woken_ = false;
  }

  store::Store* store_;
  WorkerOptions options_;
  WorkFolder folder_;
  fs::path path_;
  Claims claims_;
  bool news_ = false;
  Steady::time_point next_look_ = {};
  Steady::time_point next_write_ = {};
  Steady::time_point next_renewal_ = {};
  Steady::time_point next_sweep_ = {};
  Steady::time_point next_complaint_ = {};
  Steady::time_point last_good_ = Steady::now();
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  // Last: they use all of the above until they have ended.
  std::list<std::unique_ptr<Assignment>> assignments_;
};

}  // namespace

Status run_worker(store::Store& store, const WorkerOptions& options, const std::atomic<bool>& stop) {
  MIMUS_ASSIGN(WorkFolder folder, WorkFolder::create(store, "worker"));
  Worker worker(store, options, std::move(folder));
  return worker.run(stop);
}

}  // namespace mimus::task
