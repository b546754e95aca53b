#include "task/tasks.h"

#include "base/hash.h"
#include "people/audit.h"
#include "project/names.h"
#include "task/housekeeping.h"
#include "task/log_file.h"

namespace mimus::task {
namespace {

constexpr std::uint64_t kLargestPage = 1000;

std::unexpected<Diagnostic> no_task(std::string_view id) {
  return fail("task.not_found", "no task '" + std::string(id) + "'");
}

std::unexpected<Diagnostic> no_artifact(std::string_view name) {
  return fail("artifact.not_found", "the task has no artifact '" + std::string(name) + "'");
}

// A task of another project looks like none.
Result<Task> find_task(store::Reader& rows, std::string_view project, std::string_view id) {
  MIMUS_ASSIGN(auto task, rows.task(id));
  if (!task || task->project_id != project) return no_task(id);
  return *std::move(task);
}

}  // namespace

Tasks::Tasks(store::Store& store, project::Files& files, Command checker, TaskLimits limits, store::Clock clock)
    : store_(&store), files_(&files), checker_(std::move(checker)), limits_(limits), clock_(std::move(clock)) {}

Result<std::uint64_t> Tasks::count(TaskStatus status) const {
  std::uint64_t count = 0;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(count, rows.count_tasks({}, status));
    return {};
  }));
  return count;
}

Result<Task> Tasks::get(std::string_view project, std::string_view id) const {
  Task task;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(task, find_task(rows, project, id));
    return {};
  }));
  return task;
}

Result<TaskPage> Tasks::list(const store::TaskFilter& filter, std::uint64_t limit, std::string_view cursor) const {
  if (limit < 1 || limit > kLargestPage) {
    return fail("request.limit", "a page has 1 to " + std::to_string(kLargestPage) + " tasks");
  }
  if (!cursor.empty() && !is_uuid(cursor)) {
    return fail("request.cursor", "the cursor is none that a page has given");
  }
  TaskPage page;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    // One more than asked for tells whether there is a next page.
    MIMUS_ASSIGN(page.tasks, rows.tasks(filter, cursor, limit + 1));
    return {};
  }));
  if (page.tasks.size() > limit) {
    page.tasks.resize(limit);
    page.next = page.tasks.back().id;
  }
  return page;
}

Result<Task> Tasks::cancel(std::string_view project, std::string_view id, const people::Actor& actor) {
  Task task;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(task, find_task(rows, project, id));
    if (store::is_final(task.status) || task.cancel_requested) return {};
    task.cancel_requested = true;
    MIMUS_TRY(people::record(rows, actor, clock_(), {.action = "task.cancel", .project = project, .target = task.id}));
    if (task.status == TaskStatus::Pending) {
      task.status = TaskStatus::Cancelled;
      task.finished_at = clock_();
    }
    return rows.replace_task(task);
  }));
  return task;
}

Result<Task> Tasks::run_again(std::string_view project, std::string_view id, const Origin& origin) {
  MIMUS_ASSIGN(const Task task, get(project, id));
  return enqueue(project,
                 {.entry = task.entry,
                  .seed = task.seed,
                  .now = task.now,
                  .environment = task.environment,
                  .parameters = task.parameters,
                  .count_factor = task.count_factor,
                  .csv = CsvForm{.delimiter = task.csv_delimiter, .encoding = task.csv_encoding}},
                 origin);
}

Status Tasks::remove(std::string_view project, std::string_view id, const people::Actor& actor) {
  MIMUS_ASSIGN(const Task task, get(project, id));
  if (!store::is_final(task.status)) {
    return fail("task.running", "the task has not finished", "cancel it, or wait for its end");
  }
  return remove_task(*store_, task, actor, clock_());
}

Result<std::string> Tasks::statistics(std::string_view project, std::string_view id) const {
  MIMUS_ASSIGN(const Task task, get(project, id));
  if (task.statistics.empty()) return fail("statistics.not_found", "the task has no statistics");
  MIMUS_ASSIGN(const auto bytes, store_->blobs->open(task.statistics));
  return store::read_all(*bytes, bytes->size());
}

Result<LogPart> Tasks::log(std::string_view project, std::string_view id, std::uint64_t after,
                           std::uint64_t limit) const {
  MIMUS_ASSIGN(const Task task, get(project, id));
  MIMUS_ASSIGN(LogText part, read_log(log_path(*store_, task.project_id, task.id), after, limit));
  return LogPart{.text = std::move(part.text), .next = part.next};
}

Result<std::vector<Artifact>> Tasks::artifacts(std::string_view project, std::string_view id, std::string_view after,
                                               std::uint64_t limit) const {
  std::vector<Artifact> artifacts;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(const Task task, find_task(rows, project, id));
    MIMUS_ASSIGN(artifacts, rows.artifacts(task.id, after, limit));
    return {};
  }));
  return artifacts;
}

Result<OpenArtifact> Tasks::open_artifact(std::string_view project, std::string_view id, std::string_view name) const {
  OpenArtifact open;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(const Task task, find_task(rows, project, id));
    MIMUS_ASSIGN(auto artifact, rows.artifact(task.id, name));
    if (!artifact) return no_artifact(name);
    open.artifact = *std::move(artifact);
    return {};
  }));
  open.media_type = project::media_type(name);
  // The name is one that a row holds, checked before it was written: it leads nowhere else.
  MIMUS_ASSIGN(open.bytes, store::open_bytes(store_->artifacts(project) / open.artifact.task_id / open.artifact.name));
  return open;
}

}  // namespace mimus::task
