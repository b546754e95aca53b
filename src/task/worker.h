// Workers take tasks from the queue and run each in a process of its own; a supervisor keeps a worker alive.
//
//   mimus serve ── Supervisor ──▶ mimus worker ── Worker ──▶ mimus task-process (one a task, sandboxed)
//
// A worker renews its claim on each task; when it stops (killed, or the machine hangs) the claim lapses and another
// worker takes the task up again with the same seed, clock and files. A claim carries the number of the attempt: a
// worker that was thought dead and comes back can no longer publish.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "base/result.h"
#include "store/store.h"
#include "task/command.h"

namespace mimus::task {

// Limits of one task; past them it is FAILED with task.limit.
struct RunLimits {
  std::int64_t wall_seconds = 3600;
  std::int64_t cpu_seconds = 4 * 3600;
  std::uint64_t memory_bytes = 4ULL << 30U;  // private data of its process
  std::uint64_t output_bytes = 20ULL << 30U;
  std::uint64_t artifacts = 1'000'000;
  std::uint64_t open_files = 1024;
  std::uint64_t processes = 4096;  // of the whole user: the kernel counts no other way
  std::uint64_t log_bytes = 10ULL << 20U;
  std::uint64_t log_line_bytes = 8ULL << 10U;
  std::uint64_t project_artifact_bytes = 100ULL << 30U;  // all tasks of a project: project.quota
};

struct WorkerOptions {
  Command task_process = self({"task-process"});
  unsigned tasks = 0;  // at the same time; 0: one for each core
  std::uint64_t running_per_project = 2;
  std::int64_t claim_milliseconds = 10'000;  // renewed four times in that time at least
  std::uint32_t attempts = 20;               // a task whose workers died so often is FAILED with task.attempts
  RunLimits limits;
};

// Takes and runs tasks until `stop` is true, then stops those under way (they go back into the queue) and returns.
// Several workers may share a store.
[[nodiscard]] Status run_worker(store::Store& store, const WorkerOptions& options, const std::atomic<bool>& stop);

// The command `mimus worker`: run_worker() until SIGTERM or SIGINT. `tasks`: 0 takes the variable MIMUS_WORKERS, else
// one for each core. Returns the exit status; prints failures to stderr.
[[nodiscard]] int worker_main(const fs::path& data, unsigned tasks = 0, WorkerOptions options = {});

// Keeps one worker process alive: starts it, and again when it dies (after a pause that grows from 0.1 s to 5 s while
// it dies young). The worker is stopped when the supervisor is destroyed, and killed by the kernel when this process
// dies. Also removes garbage of the store, at the start and every hour.
class Supervisor {
 public:
  // `worker`: the command, by default `mimus worker --data <folder>` of the running program. `tasks` as above.
  [[nodiscard]] static Result<std::unique_ptr<Supervisor>> start(store::Store& store, unsigned tasks = 0,
                                                                 Command worker = {});
  virtual ~Supervisor() = default;
  // Process id of the worker, or 0 while there is none.
  [[nodiscard]] virtual int worker_pid() const = 0;
  // Whether the worker has run for a second without dying: for health checks.
  [[nodiscard]] virtual bool is_healthy() const = 0;
};

}  // namespace mimus::task
