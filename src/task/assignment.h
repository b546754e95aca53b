// One claimed task, from its files to its end, on a thread of its own.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "store/store.h"
#include "task/claims.h"
#include "task/worker.h"

namespace mimus::task {

// Why an assignment is to end early.
enum class StopReason {
  None,
  Cancelled,  // the task ends as CANCELLED
  Lost,       // the claim is lost: nothing may be written any more
  Shutdown,   // the worker stops: the task goes back into the queue
};

// Thread-safe.
class Assignment {
 public:
  // Begins at once. `store`, `claims` and `options` must outlive it. `folder` belongs to the assignment, which makes
  // and removes it. `done` is called at the end, on the assignment's thread.
  Assignment(store::Store& store, Claims& claims, const WorkerOptions& options, store::Task task, fs::path folder,
             std::function<void()> done);
  Assignment(const Assignment&) = delete;
  Assignment& operator=(const Assignment&) = delete;
  ~Assignment() = default;  // waits for the end

  // The first reason counts, except that a lost claim counts always.
  void stop(StopReason reason);
  [[nodiscard]] bool is_done() const { return done_; }
  // What to write when the claim is renewed.
  [[nodiscard]] Renewal renewal() const;
  // Whether the progress has changed since the last call.
  [[nodiscard]] bool has_news() { return news_.exchange(false); }

 private:
  void work();
  void set_progress(const store::TaskProgress& progress);
  [[nodiscard]] Outcome attempt();
  void conclude(Outcome outcome);
  [[nodiscard]] Result<bool> finish(const Outcome& outcome);
  [[nodiscard]] Status publish(store::Writer& rows, const Outcome& outcome);

  store::Store* store_;
  Claims* claims_;
  const WorkerOptions* options_;
  const store::Task task_;
  const fs::path folder_;
  bool moved_ = false;  // the artifacts are in their place, though the row may not say so yet

  std::atomic<StopReason> stop_ = StopReason::None;
  std::atomic<bool> done_ = false;
  std::atomic<bool> news_ = false;
  mutable std::mutex mutex_;
  store::TaskProgress progress_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace mimus::task
