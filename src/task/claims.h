// The queue: which worker has which task.
//
// A claim is (worker, attempt, until). Every change to a claimed task happens in a transaction that first compares the
// claim with the row, so a worker that was thought dead cannot change anything any more.
//
// Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace mimus::task {

struct ClaimRules {
  std::string worker;  // name of this worker: of its work folder
  std::int64_t claim_milliseconds = 10'000;
  std::uint64_t running_per_project = 2;
  std::uint32_t attempts = 20;
};

// What is known of a claimed task when its claim is renewed.
struct Renewal {
  std::string task;
  std::uint32_t attempt = 0;
  store::TaskProgress progress;
};
enum class ClaimState { Held, CancelRequested, Lost };

// The end of a task.
struct Outcome {
  store::TaskStatus status = store::TaskStatus::Failed;
  Diagnostics errors;
  store::TaskProgress progress;
  std::vector<store::Artifact> artifacts;
  std::uint64_t artifact_bytes = 0;
  std::string content_hash;
  std::string statistics;  // blob; empty when there are none
};

class Claims {
 public:
  // `store` must outlive this.
  Claims(store::Store& store, ClaimRules rules, store::Clock clock = now);

  // Takes the next task: first one whose worker is dead or whose claim has lapsed, then the oldest waiting one of a
  // project that may run another. Ends lapsed ones that are cancelled or were tried too often. `under_way`: the ids of
  // the tasks that this worker is at; another one that is claimed in its name was given up, and is taken again.
  [[nodiscard]] Result<std::optional<store::Task>> take(const std::set<std::string>& under_way = {});
  // In the order given. Prolongs the claims that are still held and writes the progress.
  [[nodiscard]] Result<std::vector<ClaimState>> renew(const std::vector<Renewal>& renewals);
  // The same without writing anything.
  [[nodiscard]] Result<std::vector<ClaimState>> look(const std::vector<Renewal>& renewals) const;
  // Puts the task back into the queue; this attempt does not count. Nothing happens when the claim is lost.
  [[nodiscard]] Status give_back(const store::Task& task);
  // Ends the task; false when the claim is lost. A task that was cancelled meanwhile ends as CANCELLED, whatever the
  // outcome. `publish` is called before the row is written, in the same transaction, when it is to succeed: its failure
  // is returned, and nothing is changed.
  [[nodiscard]] Result<bool> finish(const store::Task& task, const Outcome& outcome,
                                    const std::function<Status(store::Writer&)>& publish = {});

 private:
  [[nodiscard]] bool is_lapsed(const store::Task& task, const std::set<std::string>& under_way) const;
  [[nodiscard]] bool holds(const std::optional<store::Task>& row, std::uint32_t attempt) const;
  [[nodiscard]] Result<bool> has_work(const std::set<std::string>& under_way) const;
  [[nodiscard]] Status claim(store::Writer& rows, store::Task& task) const;
  [[nodiscard]] Result<std::optional<store::Task>> take_lapsed(store::Writer& rows,
                                                               const std::set<std::string>& under_way) const;
  [[nodiscard]] ClaimState state_of(const std::optional<store::Task>& row, std::uint32_t attempt) const;

  store::Store* store_;
  ClaimRules rules_;
  store::Clock clock_;
};

}  // namespace mimus::task
