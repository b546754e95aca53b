#include "task/claims.h"

#include <algorithm>

#include "run/run.h"
#include "task/work_folder.h"

namespace mimus::task {
namespace {

using store::Task;
using store::TaskStatus;

// Ends the row's task without artifacts.
void close(Task& row, TaskStatus status, Timestamp at) {
  row.status = status;
  row.finished_at = at;
  row.worker.clear();
  row.worker_until = {};
}

Diagnostic too_many_attempts(std::uint32_t attempts) {
  return {.code = "task.attempts",
          .message = "the workers of this task died " + std::to_string(attempts) + " times",
          .hint = "the server's log tells why; trigger the task again"};
}

}  // namespace

Claims::Claims(store::Store& store, ClaimRules rules, store::Clock clock)
    : store_(&store), rules_(std::move(rules)), clock_(std::move(clock)) {}

bool Claims::is_lapsed(const Task& task, const std::set<std::string>& under_way) const {
  if (task.worker == rules_.worker) return !under_way.contains(task.id);
  return task.worker_until <= clock_() || is_abandoned(*store_, task.worker);
}

bool Claims::holds(const std::optional<Task>& row, std::uint32_t attempt) const {
  return row && row->status == TaskStatus::Running && row->worker == rules_.worker && row->attempt == attempt;
}

ClaimState Claims::state_of(const std::optional<Task>& row, std::uint32_t attempt) const {
  if (!holds(row, attempt)) return ClaimState::Lost;
  return row->cancel_requested ? ClaimState::CancelRequested : ClaimState::Held;
}

Result<bool> Claims::has_work(const std::set<std::string>& under_way) const {
  bool found = false;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(const auto next, rows.next_task(rules_.running_per_project));
    MIMUS_ASSIGN(const auto running, rows.tasks_with(TaskStatus::Running));
    found = next || std::ranges::any_of(running, [&](const Task& task) { return is_lapsed(task, under_way); });
    return {};
  }));
  return found;
}

Status Claims::claim(store::Writer& rows, Task& task) const {
  const Timestamp at = clock_();
  task.status = TaskStatus::Running;
  task.worker = rules_.worker;
  task.worker_until = {at.micros + rules_.claim_milliseconds * 1000};
  ++task.attempt;
  if (!task.started_at) task.started_at = at;
  task.progress = {};
  task.engine_version = engine_version();
  task.datapack_version = datapack_version();
  return rows.replace_task(task);
}

Result<std::optional<Task>> Claims::take_lapsed(store::Writer& rows, const std::set<std::string>& under_way) const {
  MIMUS_ASSIGN(auto running, rows.tasks_with(TaskStatus::Running));
  for (Task& task : running) {
    if (!is_lapsed(task, under_way)) continue;
    if (!task.cancel_requested && task.attempt < rules_.attempts) return std::optional(std::move(task));
    if (task.cancel_requested) {
      close(task, TaskStatus::Cancelled, clock_());
    } else {
      task.errors = {too_many_attempts(task.attempt)};
      close(task, TaskStatus::Failed, clock_());
    }
    MIMUS_TRY(rows.replace_task(task));
  }
  return std::optional<Task>();
}

Result<std::optional<Task>> Claims::take(const std::set<std::string>& under_way) {
  // Readers never wait: only when there is something to do is a transaction begun that others wait for.
  MIMUS_ASSIGN(const bool work, has_work(under_way));
  std::optional<Task> taken;
  if (!work) return taken;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(taken, take_lapsed(rows, under_way));
    if (!taken) {
      MIMUS_ASSIGN(taken, rows.next_task(rules_.running_per_project));
    }
    return taken ? claim(rows, *taken) : Status();
  }));
  return taken;
}

Result<std::vector<ClaimState>> Claims::look(const std::vector<Renewal>& renewals) const {
  std::vector<ClaimState> states;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    for (const Renewal& renewal : renewals) {
      MIMUS_ASSIGN(const auto row, rows.task(renewal.task));
      states.push_back(state_of(row, renewal.attempt));
    }
    return {};
  }));
  return states;
}

Result<std::vector<ClaimState>> Claims::renew(const std::vector<Renewal>& renewals) {
  std::vector<ClaimState> states;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    states.clear();
    for (const Renewal& renewal : renewals) {
      MIMUS_ASSIGN(auto row, rows.task(renewal.task));
      states.push_back(state_of(row, renewal.attempt));
      if (states.back() == ClaimState::Lost) continue;
      row->worker_until = {clock_().micros + rules_.claim_milliseconds * 1000};
      row->progress = renewal.progress;
      MIMUS_TRY(rows.replace_task(*row));
    }
    return {};
  }));
  return states;
}

Status Claims::give_back(const Task& task) {
  return store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(auto row, rows.task(task.id));
    if (!holds(row, task.attempt)) return {};
    if (row->cancel_requested) {
      close(*row, TaskStatus::Cancelled, clock_());
    } else {
      row->status = TaskStatus::Pending;
      row->worker.clear();
      row->worker_until = {};
      row->progress = {};
      // Only attempts that ended badly count. The number stays a fence, since it is compared together with the worker,
      // and this worker knows that it has given up.
      --row->attempt;
    }
    return rows.replace_task(*row);
  });
}

Result<bool> Claims::finish(const Task& task, const Outcome& outcome,
                            const std::function<Status(store::Writer&)>& publish) {
  bool held = false;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(auto row, rows.task(task.id));
    held = holds(row, task.attempt);
    if (!held) return {};
    if (row->cancel_requested) {
      close(*row, TaskStatus::Cancelled, clock_());
      row->progress = outcome.progress;
      return rows.replace_task(*row);
    }
    if (outcome.status == TaskStatus::Succeeded) {
      if (publish) MIMUS_TRY(publish(rows));
      for (const store::Artifact& artifact : outcome.artifacts) MIMUS_TRY(rows.insert_artifact(artifact));
      row->artifacts = outcome.artifacts.size();
      row->artifact_bytes = outcome.artifact_bytes;
      row->content_hash = outcome.content_hash;
      row->statistics = outcome.statistics;
    }
    row->errors = outcome.errors;
    row->progress = outcome.progress;
    close(*row, outcome.status, clock_());
    return rows.replace_task(*row);
  }));
  return held;
}

}  // namespace mimus::task
