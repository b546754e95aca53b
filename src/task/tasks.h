// Tasks as their owners see them: made, watched, cancelled; their logs and artifacts.
//
// A task keeps the files its project had when it was made, its seed and its clock: when a worker dies, another one runs
// it again with the same result. Workers (worker.h) do the work; this service only writes and reads rows.
//
// Thread-safe, also several processes over one store.
// Errors of every function: store.busy, store.failed; task.not_found where a task is named (also for a task of another
// project).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "people/actor.h"
#include "project/files.h"
#include "store/store.h"
#include "task/command.h"
#include "task/manifest.h"
#include "task/preview.h"

namespace mimus::task {

using store::Artifact;
using store::Task;
using store::TaskParameter;
using store::TaskProgress;
using store::TaskStatus;

struct CsvForm {
  std::string delimiter;
  std::string encoding;
};

struct TaskOptions {
  std::string entry = "datamimic.xml";
  std::optional<std::uint64_t> seed;  // 0 … 2^53-1; drawn when absent
  std::optional<Timestamp> now;       // the clock's time when absent
  std::string environment;
  std::vector<TaskParameter> parameters;
  double count_factor = 1.0;
  // The form of CSV files where the descriptor names none: the project's settings when absent.
  std::optional<CsvForm> csv;
};

// Where a task comes from.
struct Origin {
  std::string trigger = "api";  // "api", "ui", "schedule", "mcp"
  people::Actor actor = {};
};

// A request that may come twice. `request_hash` is the caller's hash of the request; any text.
struct Idempotency {
  std::string key;  // 1 … 128 visible ASCII characters
  std::string request_hash;
};

struct TaskPage {
  std::vector<Task> tasks;  // newest first
  std::string next;         // cursor of the next page; empty: this was the last
};

struct LogPart {
  std::string text;        // whole lines, control characters escaped
  std::uint64_t next = 0;  // offset after it
};

struct OpenArtifact {
  Artifact artifact;
  std::string media_type;
  std::unique_ptr<store::Bytes> bytes;
};

struct TaskLimits {
  std::uint64_t waiting = 20;  // a project
  std::int64_t idempotency_seconds = 24 * 3600;
};

// Each has a process, and a thread that waits for it.
inline constexpr int kConcurrentLooks = 4;

class Tasks {
 public:
  // `store` must outlive the service. `checker` is the command that checks a descriptor before its task is accepted
  // (self({"task-process"}) in the program); with none, descriptors are not checked when the task is made, and a wrong
  // one fails when it runs.
  Tasks(store::Store& store, project::Files& files, Command checker, TaskLimits limits = {}, store::Clock clock = now);

  // Puts a task into the queue; returned means durable. With `idempotency`, the same key of the same actor and the same
  // hash give the first task, another hash idempotency.mismatch.
  // project.not_found; request.invalid (`fields` name what is wrong with the options); environment.not_found;
  // descriptor.invalid (no entry file, or it does not parse: `where` has the place in it); queue.full.
  [[nodiscard]] Result<Task> enqueue(std::string_view project, const TaskOptions& options, const Origin& origin,
                                     const std::optional<Idempotency>& idempotency = {});
  [[nodiscard]] Result<Task> get(std::string_view project, std::string_view id) const;
  // Newest first. `limit` 1 … 1,000. request.limit, request.cursor.
  [[nodiscard]] Result<TaskPage> list(const store::TaskFilter& filter, std::uint64_t limit,
                                      std::string_view cursor) const;
  // How many tasks of all projects have that status.
  [[nodiscard]] Result<std::uint64_t> count(TaskStatus status) const;
  // A new task with the options, seed and clock of that one, over the project's files as they are now. What enqueue()
  // may say; task.not_found.
  [[nodiscard]] Result<Task> run_again(std::string_view project, std::string_view id, const Origin& origin);
  // With its artifacts and log. task.running unless it has ended.
  [[nodiscard]] Status remove(std::string_view project, std::string_view id, const people::Actor& actor);
  // A waiting task is cancelled at once; a running one within a second (the answer may still say RUNNING); a finished
  // one stays as it is.
  [[nodiscard]] Result<Task> cancel(std::string_view project, std::string_view id, const people::Actor& actor);
  // The findings about a descriptor of a project, or about all of them when `entry` is empty; executes nothing. Empty
  // without a checker. `content`: of the entry, which need not be saved. file.not_found, file.bad_name;
  // descriptor.invalid when the checker does not come to an end; preview.busy.
  [[nodiscard]] Result<Diagnostics> check(std::string_view project, std::string_view entry,
                                          const std::optional<std::string>& content = {}) const;
  // The first records of every generate of a descriptor, made in a process like a task's. Mistakes of the descriptor
  // are in the result. request.invalid, file.not_found, file.bad_name; preview.busy when too many are under way.
  [[nodiscard]] Result<PreviewResult> preview(std::string_view project, const PreviewRequest& request) const;

  // The statistics of its columns (docs/reference/statistics.md). statistics.not_found when there are none.
  [[nodiscard]] Result<std::string> statistics(std::string_view project, std::string_view id) const;

  // Whole lines from byte `after` on, at most about `limit` bytes; empty when there are none yet.
  [[nodiscard]] Result<LogPart> log(std::string_view project, std::string_view id, std::uint64_t after,
                                    std::uint64_t limit = 1U << 20U) const;

  // In order of name; those published so far. With `after`, those after that name.
  [[nodiscard]] Result<std::vector<Artifact>> artifacts(std::string_view project, std::string_view id,
                                                        std::string_view after = {},
                                                        std::uint64_t limit = 1'000'000) const;
  // artifact.not_found. Ranges are read by bytes->read_at().
  [[nodiscard]] Result<OpenArtifact> open_artifact(std::string_view project, std::string_view id,
                                                   std::string_view name) const;

 private:
  [[nodiscard]] Result<Manifest> entry_manifest(std::string_view project, std::string& entry,
                                                const std::optional<std::string>& content) const;
  [[nodiscard]] Result<store::Blob> write_manifest(std::string_view project, std::string_view entry) const;

  store::Store* store_;
  project::Files* files_;
  Command checker_;
  TaskLimits limits_;
  store::Clock clock_;
  mutable Slots slots_{kConcurrentLooks};  // of checks and previews that people wait for
};

}  // namespace mimus::task
