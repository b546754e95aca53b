// The real process of a task, with the engine, inside of its sandbox.

#include "task/task_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "task/testing.h"

namespace mimus::task {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kDescriptor =
    "<setup>\n"
    "  <generate name=\"people\" count=\"50\" target=\"CSV,JSON\">\n"
    "    <key name=\"id\" generator=\"IncrementGenerator\"/>\n"
    "    <key name=\"age\" generator=\"IntegerGenerator(min=1, max=90)\"/>\n"
    "  </generate>\n"
    "</setup>\n";

const Command kProcess = self({"task-process"});

TEST(TaskProcess, RunsADescriptorInTheSandbox) {
  Bench bench(kDescriptor, kProcess);
  const RunningWorker worker(bench.store, options_for(kProcess));
  const Task task = bench.ended(bench.enqueue());
  ASSERT_EQ(task.status, TaskStatus::Succeeded) << bench.log(task);
  EXPECT_GE(task.artifacts, 1U);
  EXPECT_GT(task.progress.records_done, 0U);
  EXPECT_EQ(task.progress.bytes_written, task.artifact_bytes);
  EXPECT_THAT(bench.log(task), HasSubstr("sandbox: resource limits, no new privileges"));
  // The same seed, clock and files give the same bytes, another seed others.
  const Task again = bench.ended(bench.enqueue());
  EXPECT_EQ(again.content_hash, task.content_hash);
  const Task other = bench.ended(bench.enqueue({.seed = 8, .now = Timestamp{1'000'000}}));
  EXPECT_NE(other.content_hash, task.content_hash);
  EXPECT_TRUE(bench.is_clean());
}

std::string reason(const Task& task) { return task.errors.empty() ? "" : task.errors.front().code; }

TEST(TaskProcess, EndsPastALimitWithNothingVisible) {
  const std::string text = "<key name=\"t\" generator=\"StringGenerator(min_len=200, max_len=400)\"/>";
  struct Case {
    std::string descriptor;
    RunLimits limits;
    const char* message;
  };
  const Case cases[] = {
      {"<setup><generate name=\"g\" count=\"2000000000\" target=\"CSV\">" + text + "</generate></setup>",
       {.output_bytes = 4U << 20U},
       "bytes"},
      {"<setup><generate name=\"g\" count=\"2000000000\" target=\"CSV\">" + text + "</generate></setup>",
       {.wall_seconds = 1},
       "seconds"},
      {"<setup><memstore id=\"m\"/><generate name=\"g\" count=\"5000000\" target=\"m\">" + text + "</generate></setup>",
       {.memory_bytes = 100U << 20U},
       "memory"}};
  for (const Case& test : cases) {
    Bench bench(test.descriptor);
    WorkerOptions options = options_for(kProcess);
    options.limits = test.limits;
    const RunningWorker worker(bench.store, options);
    const Task task = bench.ended(bench.enqueue());
    EXPECT_EQ(task.status, TaskStatus::Failed);
    ASSERT_EQ(reason(task), "task.limit") << bench.log(task);
    EXPECT_THAT(task.errors.front().message, HasSubstr(test.message));
    EXPECT_TRUE(require(bench.tasks.artifacts(bench.project, task.id)).empty());
    EXPECT_FALSE(fs::exists(bench.store.artifacts(bench.project) / task.id));
  }
}

TEST(TaskProcess, IsCancelledInTheMiddleOfARun) {
  Bench bench(
      "<setup><generate name=\"g\" count=\"2000000000\" target=\"CSV\"><key name=\"t\" "
      "generator=\"StringGenerator(min_len=200, max_len=400)\" nullQuota=\"0.99\"/></generate></setup>");
  const RunningWorker worker(bench.store, options_for(kProcess));
  const Task task = bench.enqueue();
  ASSERT_TRUE(eventually([&] { return bench.get(task).progress.records_done > 0; }));
  EXPECT_EQ(bench.get(task).progress.current, "g");
  EXPECT_EQ(bench.get(task).progress.records_total, 2'000'000'000U);
  require(bench.tasks.cancel(bench.project, task.id, {}));
  EXPECT_EQ(bench.ended(task).status, TaskStatus::Cancelled);
  EXPECT_TRUE(bench.is_clean());
}

TEST(TaskProcess, TakesItsParametersAndFactor) {
  Bench bench(kDescriptor);
  const RunningWorker worker(bench.store, options_for(kProcess));
  const TaskOptions options{.seed = 7, .now = Timestamp{0}, .parameters = {{"a", true}}, .count_factor = 2.5};
  const Task task = bench.ended(bench.enqueue(options));
  ASSERT_EQ(task.status, TaskStatus::Succeeded) << bench.log(task);
  const auto artifacts = require(bench.tasks.artifacts(bench.project, task.id));
  ASSERT_FALSE(artifacts.empty());
  EXPECT_EQ(artifacts.front().records, 125U);
}

TEST(TaskProcess, ChangesCopiesOfDatabases) {
  Bench bench(
      "<setup><database id=\"d\" dbms=\"sqlite\" database=\"air\"/><execute uri=\"t.sql\" target=\"d\"/>"
      "<generate name=\"t\" count=\"3\" target=\"d\"><key name=\"id\" "
      "generator=\"IncrementGenerator\"/></generate></setup>");
  bench.add("t.sql", "CREATE TABLE IF NOT EXISTS t (id INTEGER);");
  const RunningWorker worker(bench.store, options_for(kProcess));
  const auto database_of = [&](const Task& task) {
    const auto artifacts = require(bench.tasks.artifacts(bench.project, task.id));
    EXPECT_EQ(artifacts.size(), 1U);
    EXPECT_EQ(artifacts.front().name, "db/air.sqlite");
    return require(read_file(bench.store.artifacts(bench.project) / task.id / "db" / "air.sqlite"));
  };
  const Task first = bench.ended(bench.enqueue());
  ASSERT_EQ(first.status, TaskStatus::Succeeded) << bench.log(first);
  const std::string small = database_of(first);
  // The project's own database is not there, and then is not changed: each task begins with it.
  EXPECT_EQ(bench.ended(bench.enqueue()).content_hash, first.content_hash);
  bench.add("db/air.sqlite", small);
  const Task second = bench.ended(bench.enqueue());
  ASSERT_EQ(second.status, TaskStatus::Succeeded) << bench.log(second);
  EXPECT_NE(database_of(second), small);
  EXPECT_EQ(bench.ended(bench.enqueue()).content_hash, second.content_hash);
}

TEST(TaskProcess, NamesNoFolderOfThisMachine) {
  Bench bench("<setup>\n<include uri=\"absent.xml\"/>\n</setup>");
  const RunningWorker worker(bench.store, options_for(kProcess));
  const Task task = bench.ended(bench.enqueue());
  for (const Diagnostic& finding : task.errors) {
    EXPECT_THAT(render(finding), Not(HasSubstr(bench.folder.path().string())));
  }
  EXPECT_THAT(bench.log(task), Not(HasSubstr(bench.folder.path().string())));
}

TEST(TaskProcess, RefusesToWorkWithoutAJob) {
  // The way a person would call it: no job on standard input.
  const pid_t child = fork();
  if (child == 0) {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) close(stream);
    _exit(task_process_main());
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 2);
}

}  // namespace
}  // namespace mimus::task
