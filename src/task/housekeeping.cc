#include "task/housekeeping.h"

#include "people/audit.h"
#include "project/files.h"
#include "project/projects.h"
#include "task/log_file.h"

namespace mimus::task {
namespace {

constexpr std::uint64_t kAtOnce = 100;

Result<std::uint64_t> remove_ended(store::Store& store, const project::Project& project, Timestamp now) {
  const Timestamp end{now.micros - project.settings.retention_days * kMicrosPerDay};
  const people::Actor keeper{.id = {}, .name = "housekeeping", .kind = "system", .address = {}};
  std::uint64_t removed = 0;
  while (true) {
    std::vector<store::Task> ended;
    MIMUS_TRY(store.metadata->read([&](store::Reader& rows) -> Status {
      MIMUS_ASSIGN(ended, rows.ended_tasks(project.id, end, kAtOnce));
      return {};
    }));
    for (const store::Task& task : ended) MIMUS_TRY(remove_task(store, task, keeper, now));
    removed += ended.size();
    if (ended.size() < kAtOnce) return removed;
  }
}

}  // namespace

Status remove_task(store::Store& store, const store::Task& task, const people::Actor& actor, Timestamp now) {
  MIMUS_TRY(store.metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(
        people::record(rows, actor, now, {.action = "task.delete", .project = task.project_id, .target = task.id}));
    return rows.remove_task(task.id);
  }));
  // Nobody finds them any more; what a crash leaves behind goes with its project.
  std::error_code unused;
  fs::remove_all(store.artifacts(task.project_id) / task.id, unused);
  fs::remove(log_path(store, task.project_id, task.id), unused);
  return {};
}

Result<Housekeeping> keep_house(store::Store& store, Timestamp now) {
  project::Files files(store);
  project::Projects projects(store, files, {}, [now] { return now; });
  Housekeeping done;
  MIMUS_ASSIGN(done.projects, projects.purge_deleted());
  MIMUS_ASSIGN(const auto all, projects.list());
  for (const project::Project& project : all) {
    if (project.settings.retention_days == 0) continue;
    MIMUS_ASSIGN(const std::uint64_t tasks, remove_ended(store, project, now));
    done.tasks += tasks;
  }
  return done;
}

}  // namespace mimus::task
