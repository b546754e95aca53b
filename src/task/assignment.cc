#include "task/assignment.h"

#include <chrono>
#include <cstdio>
#include <utility>

#include "base/text.h"
#include "task/attempt.h"
#include "task/log_file.h"
#include "task/publish.h"
#include "task/work_folder.h"

namespace mimus::task {
namespace {

using store::TaskStatus;

// The metadata may be locked or its disk full for a while; the claim is renewed in that time.
constexpr int kFinishTries = 5;
constexpr std::chrono::seconds kFinishPause{1};

// Trying again would not help: the task cannot be published.
bool is_final(const Diagnostic& reason) { return reason.code == "project.quota" || reason.code == "store.full"; }

Outcome failed(Diagnostics errors) {
  Outcome outcome;
  outcome.errors = std::move(errors);
  return outcome;
}

}  // namespace

Assignment::Assignment(store::Store& store, Claims& claims, const WorkerOptions& options, store::Task task,
                       fs::path folder, std::function<void()> done)
    : store_(&store), claims_(&claims), options_(&options), task_(std::move(task)), folder_(std::move(folder)) {
  thread_ = std::jthread([this, done = std::move(done)] {
    work();
    done_ = true;
    done();
  });
}

void Assignment::stop(StopReason reason) {
  StopReason none = StopReason::None;
  if (reason == StopReason::Lost) {
    stop_ = reason;
  } else {
    stop_.compare_exchange_strong(none, reason);
  }
}

Renewal Assignment::renewal() const {
  const std::lock_guard guard(mutex_);
  return {.task = task_.id, .attempt = task_.attempt, .progress = progress_};
}

void Assignment::set_progress(const store::TaskProgress& progress) {
  const std::lock_guard guard(mutex_);
  progress_ = progress;
  news_ = true;
}

void Assignment::work() {
  // A bug in here must not take the other tasks of this worker along.
  try {
    Outcome outcome = attempt();
    conclude(std::move(outcome));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mimus worker: task %s: internal error: %s\n", task_.id.c_str(), error.what());
    if (stop_ != StopReason::Lost) {
      [[maybe_unused]] const auto ended =
          finish(failed({{"internal", "internal error; the server's log tells more", {}, {}}}));
    }
  }
  remove_tree(folder_);
}

Outcome Assignment::attempt() {
  AttemptContext context{.store = store_,
                         .options = options_,
                         .task = &task_,
                         .folder = folder_,
                         .stopped = [this] { return stop_ != StopReason::None; },
                         .progress = [this](const store::TaskProgress& progress) { set_progress(progress); }};
  auto outcome = attempt_task(context);
  if (outcome) return *std::move(outcome);
  Outcome bad = failed({std::move(outcome).error()});
  bad.progress = renewal().progress;
  return bad;
}

void Assignment::conclude(Outcome outcome) {
  switch (stop_.load()) {
    case StopReason::Lost:
      return;
    case StopReason::Shutdown:
      if (outcome.status != TaskStatus::Succeeded) {
        if (const Status returned = claims_->give_back(task_); !returned) {
          std::fprintf(stderr, "mimus worker: %s", render(returned.error()).c_str());
        }
        return;
      }
      break;
    case StopReason::Cancelled:
      outcome = {.status = TaskStatus::Cancelled, .errors = {}, .progress = outcome.progress};
      break;
    case StopReason::None:
      break;
  }
  auto ended = finish(outcome);
  if (!ended && is_final(ended.error())) {
    outcome = failed({std::move(ended).error()});
    ended = finish(outcome);
  }
  if (!ended) {
    std::fprintf(stderr, "mimus worker: task %s will be taken up again: %s", task_.id.c_str(),
                 render(ended.error()).c_str());
    return;
  }
  // What an earlier attempt may have put there just before it died.
  if (*ended && !moved_) remove_tree(store_->artifacts(task_.project_id) / task_.id);
}

Result<bool> Assignment::finish(const Outcome& outcome) {
  for (int tries = 1;; ++tries) {
    auto ended = claims_->finish(task_, outcome, [&](store::Writer& rows) { return publish(rows, outcome); });
    if (ended || tries == kFinishTries || stop_ == StopReason::Lost || is_final(ended.error())) return ended;
    std::this_thread::sleep_for(kFinishPause);
  }
}

// Inside of the transaction that ends the task: whoever has lost the claim does not come so far.
Status Assignment::publish(store::Writer& rows, const Outcome& outcome) {
  MIMUS_ASSIGN(const std::uint64_t used, rows.artifact_bytes(task_.project_id));
  const std::uint64_t room = options_->limits.project_artifact_bytes;
  if (used + outcome.artifact_bytes > room) {
    return fail("project.quota",
                "the project's artifacts would take " + with_thousands(used + outcome.artifact_bytes) + " bytes of " +
                    with_thousands(room),
                "delete artifacts of older tasks");
  }
  if (outcome.artifacts.empty() || moved_) return {};
  MIMUS_TRY(move_into_place(attempt_output(folder_) / "out", store_->artifacts(task_.project_id) / task_.id,
                            folder_ / "scrap"));
  moved_ = true;
  return {};
}

}  // namespace mimus::task
