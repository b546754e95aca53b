#include "task/housekeeping.h"

#include <gtest/gtest.h>

#include "task/log_file.h"
#include "task/testing.h"

namespace mimus::task {
namespace {

void end_at(Bench& bench, Task task, std::optional<Timestamp> at) {
  task.status = at ? TaskStatus::Succeeded : TaskStatus::Running;
  task.finished_at = at;
  require(bench.store.metadata->write([&](store::Writer& rows) { return rows.replace_task(task); }));
  fs::create_directories(bench.store.artifacts(bench.project) / task.id);
  fs::create_directories(bench.store.logs(bench.project));
  require(mimus::write_file(log_path(bench.store, bench.project, task.id), "a line\n"));
}

TEST(Housekeeping, OldTasksGoWhenTheirProjectSaysSo) {
  Bench bench;
  const Timestamp time = now();
  const auto before = [&](std::int64_t days) { return Timestamp{time.micros - days * kMicrosPerDay}; };
  const Task old = bench.enqueue({});
  const Task young = bench.enqueue({});
  const Task running = bench.enqueue({});
  end_at(bench, old, before(31));
  end_at(bench, young, before(29));
  end_at(bench, running, std::nullopt);
  EXPECT_EQ(require(keep_house(bench.store, time)).tasks, 0U);
  require(bench.projects.update(bench.project, {.settings = project::ProjectSettings{.retention_days = 30}}, {}));
  EXPECT_EQ(require(keep_house(bench.store, time)).tasks, 1U);
  EXPECT_EQ(code_of(bench.tasks.get(bench.project, old.id)), "task.not_found");
  EXPECT_FALSE(fs::exists(bench.store.artifacts(bench.project) / old.id));
  EXPECT_FALSE(fs::exists(log_path(bench.store, bench.project, old.id)));
  EXPECT_TRUE(fs::exists(bench.store.artifacts(bench.project) / young.id));
  require(bench.tasks.get(bench.project, young.id));
  require(bench.tasks.get(bench.project, running.id));
}

TEST(Housekeeping, DeletedProjectsGoAfterTheirTimeOfGrace) {
  Bench bench;
  const project::Project project = require(bench.projects.remove(bench.project, {}));
  EXPECT_EQ(require(keep_house(bench.store, now())).projects, 0U);
  EXPECT_EQ(require(keep_house(bench.store, *project.delete_at)).projects, 1U);
  EXPECT_TRUE(require(bench.projects.list(true)).empty());
}

}  // namespace
}  // namespace mimus::task
