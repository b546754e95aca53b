#include "task/tasks.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "task/testing.h"

namespace mimus::task {
namespace {

using testing::HasSubstr;

std::string refusal(Bench& bench, const TaskOptions& options) {
  return code_of(bench.tasks.enqueue(bench.project, options, {}));
}

TEST(Tasks, RecordsSeedAndClockWhenTheyAreNotGiven) {
  Bench bench;
  const Task task = bench.enqueue({});
  EXPECT_LT(task.seed, std::uint64_t{1} << 53U);
  EXPECT_EQ(task.now, task.created_at);
  EXPECT_EQ(task.status, TaskStatus::Pending);
  EXPECT_EQ(task.entry, "datamimic.xml");
  EXPECT_FALSE(task.engine_version.empty());
  const Task read = bench.get(task);
  EXPECT_EQ(read.seed, task.seed);
  EXPECT_EQ(read.manifest, task.manifest);
  EXPECT_EQ(read.created_by, "actor");
}

TEST(Tasks, KeepsTheOptions) {
  Bench bench;
  bench.add("other.xml", "<setup></setup>");
  const TaskOptions options{.entry = "other.xml",
                            .seed = (std::uint64_t{1} << 53U) - 1,
                            .now = Timestamp{77},
                            .parameters = {{"a", true}, {"b_1", std::int64_t{-5}}, {"c", 0.5}, {"d", std::string("x")}},
                            .count_factor = 1000};
  const Task task = bench.get(bench.enqueue(options));
  EXPECT_EQ(task.entry, options.entry);
  EXPECT_EQ(task.seed, options.seed);
  EXPECT_EQ(task.now, options.now);
  EXPECT_EQ(task.parameters, options.parameters);
  EXPECT_EQ(task.count_factor, 1000);
}

TEST(Tasks, RunAgainWithTheSameOptionsSeedAndClock) {
  Bench bench;
  const Task first = bench.enqueue({.parameters = {{"a", true}}, .count_factor = 2});
  const Task again = require(bench.tasks.run_again(bench.project, first.id, {.trigger = "ui", .actor = {.id = "u"}}));
  EXPECT_NE(again.id, first.id);
  EXPECT_EQ(again.seed, first.seed);
  EXPECT_EQ(again.now, first.now);
  EXPECT_EQ(again.parameters, first.parameters);
  EXPECT_EQ(again.count_factor, 2);
  EXPECT_EQ(again.trigger, "ui");
  EXPECT_EQ(code_of(bench.tasks.run_again("another", first.id, {})), "task.not_found");
}

TEST(Tasks, AreRemovedWhenTheyHaveEnded) {
  Bench bench;
  const Task task = bench.enqueue({});
  EXPECT_EQ(code_of(bench.tasks.remove(bench.project, task.id, {})), "task.running");
  require(bench.tasks.cancel(bench.project, task.id, {}));
  require(bench.tasks.remove(bench.project, task.id, {}));
  EXPECT_EQ(code_of(bench.tasks.get(bench.project, task.id)), "task.not_found");
}

TEST(Tasks, AreListedByFilters) {
  Bench bench;
  bench.add("other.xml", "<setup></setup>");
  Task one = bench.enqueue({});
  const Task two = bench.enqueue({.entry = "other.xml"});
  one = require(bench.tasks.cancel(bench.project, one.id, {}));
  one.created_at.micros -= kMicrosPerSecond;
  require(bench.store.metadata->write([&](store::Writer& rows) { return rows.replace_task(one); }));
  const auto ids = [&](store::TaskFilter filter) {
    filter.project = bench.project;
    std::vector<std::string> found;
    for (const Task& task : require(bench.tasks.list(filter, 10, {})).tasks) found.push_back(task.id);
    return found;
  };
  EXPECT_THAT(ids({}), testing::ElementsAre(two.id, one.id));
  EXPECT_THAT(ids({.status = TaskStatus::Cancelled}), testing::ElementsAre(one.id));
  EXPECT_THAT(ids({.entry = "other.xml"}), testing::ElementsAre(two.id));
  EXPECT_THAT(ids({.trigger = "schedule"}), testing::IsEmpty());
  EXPECT_THAT(ids({.created_by = "actor"}), testing::SizeIs(2));
  EXPECT_THAT(ids({.from = two.created_at}), testing::ElementsAre(two.id));
  EXPECT_THAT(ids({.until = two.created_at}), testing::ElementsAre(one.id));
}

TEST(Tasks, RefusesWrongOptions) {
  Bench bench;
  EXPECT_EQ(refusal(bench, {.seed = std::uint64_t{1} << 53U}), "request.invalid");
  EXPECT_EQ(refusal(bench, {.entry = "../x"}), "request.invalid");
  EXPECT_EQ(refusal(bench, {.entry = ""}), "request.invalid");
  for (const double factor : {0.0, -1.0, 1000.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(refusal(bench, {.count_factor = factor}), "request.invalid") << factor;
  }
  for (const char* name : {"", "1a", "a-b", "a b", "é"}) {
    EXPECT_EQ(refusal(bench, {.parameters = {{name, true}}}), "request.invalid") << name;
  }
  EXPECT_EQ(refusal(bench, {.parameters = {{"a", true}, {"a", false}}}), "request.invalid");
  EXPECT_EQ(refusal(bench, {.parameters = {{"a", std::numeric_limits<double>::infinity()}}}), "request.invalid");
  EXPECT_EQ(refusal(bench, {.parameters = {{"a", std::string("\xff")}}}), "request.invalid");
  EXPECT_EQ(refusal(bench, {.parameters = std::vector<TaskParameter>(101, {"a", true})}), "request.invalid");
  EXPECT_EQ(refusal(bench, {.parameters = {{"a", std::string(600'000, 'x')}, {"b", std::string(600'000, 'x')}}}),
            "request.invalid");
  EXPECT_EQ(refusal(bench, {.environment = "test"}), "environment.not_found");
  EXPECT_EQ(code_of(bench.tasks.enqueue("nobody", {}, {})), "project.not_found");
  const auto all = bench.tasks.enqueue(bench.project, {.entry = "/x", .seed = UINT64_MAX, .count_factor = 0}, {});
  ASSERT_EQ(all.error().fields.size(), 3U);
  EXPECT_EQ(all.error().fields[0].first, "entry");
  EXPECT_EQ(all.error().fields[1].first, "seed");
  EXPECT_EQ(all.error().fields[2].first, "count_factor");
}

TEST(Tasks, RefusesAnEntryThatIsNotThere) {
  Bench bench;
  const auto task = bench.tasks.enqueue(bench.project, {.entry = "other.xml"}, {});
  ASSERT_EQ(code_of(task), "descriptor.invalid");
  EXPECT_EQ(task.error().where.file, "other.xml");
}

TEST(Tasks, RefusesADescriptorThatDoesNotParse) {
  Bench bench("<setup>\n  <generate\n</setup>", self({"task-process"}));
  const auto task = bench.tasks.enqueue(bench.project, {}, {});
  ASSERT_EQ(code_of(task), "descriptor.invalid");
  EXPECT_EQ(task.error().where.file, "datamimic.xml");
  EXPECT_GT(task.error().where.line, 0);
  EXPECT_GT(task.error().where.column, 0);
  EXPECT_THAT(task.error().message, testing::Not(HasSubstr(bench.folder.path().string())));
  const Diagnostics findings = require(bench.tasks.check(bench.project, "datamimic.xml"));
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.front().where.line, task.error().where.line);
  EXPECT_EQ(code_of(bench.tasks.check(bench.project, "other.xml")), "file.not_found");
  EXPECT_TRUE(bench.is_clean());
}

TEST(Tasks, AcceptsADescriptorThatIsInOrder) {
  Bench bench("<setup></setup>", self({"task-process"}));
  bench.enqueue();
  EXPECT_FALSE(has_errors(require(bench.tasks.check(bench.project, "datamimic.xml"))));
}

TEST(Tasks, RefusesADescriptorThatKillsItsChecker) {
  Bench bench("<setup></setup>", fake("abort"));
  const auto task = bench.tasks.enqueue(bench.project, {}, {});
  ASSERT_EQ(code_of(task), "descriptor.invalid");
  EXPECT_THAT(task.error().message, HasSubstr("signal 6"));
}

TEST(Tasks, RefusesMoreThanTheQueueHolds) {
  Bench bench("<setup></setup>", {}, {.waiting = 2});
  const Task first = bench.enqueue();
  bench.enqueue();
  EXPECT_EQ(refusal(bench, {}), "queue.full");
  require(bench.tasks.cancel(bench.project, first.id, {}));
  bench.enqueue();
}

TEST(Tasks, AnswersARepeatedRequestWithTheFirstTask) {
  auto time = std::make_shared<std::int64_t>(1'000'000'000'000'000);
  Bench bench("<setup></setup>", {}, {}, [time] { return Timestamp{*time}; });
  const Idempotency request{.key = "key", .request_hash = "hash"};
  const auto enqueue = [&](const std::string& actor, const Idempotency& idempotency) {
    return bench.tasks.enqueue(bench.project, {}, {.trigger = "api", .actor = {.id = actor}}, idempotency);
  };
  const Task task = require(enqueue("a", request));
  EXPECT_EQ(require(enqueue("a", request)).id, task.id);
  EXPECT_EQ(code_of(enqueue("a", {.key = "key", .request_hash = "other"})), "idempotency.mismatch");
  EXPECT_NE(require(enqueue("b", request)).id, task.id);
  // A descriptor that is wrong by now does not matter to a request that was answered.
  require(bench.files.remove(bench.project, "datamimic.xml", {"actor", "Actor"}));
  EXPECT_EQ(require(enqueue("a", request)).id, task.id);
  bench.add("datamimic.xml", "<setup></setup>");
  *time += 25 * 3600 * kMicrosPerSecond;
  EXPECT_NE(require(enqueue("a", request)).id, task.id);
  for (const std::string& key : {std::string(), std::string(129, 'x'), std::string("a b"), std::string("\xc3\xa9")}) {
    EXPECT_EQ(code_of(enqueue("a", {.key = key})), "request.invalid") << key;
  }
}

TEST(Tasks, AnswersTheSameRequestFromManyThreadsWithOneTask) {
  Bench bench;
  std::vector<std::string> ids(8);
  std::vector<std::thread> threads;
  threads.reserve(ids.size());
  for (std::string& id : ids) {
    threads.emplace_back([&bench, &id] {
      id = require(bench.tasks.enqueue(bench.project, {}, {.trigger = "api", .actor = {.id = "a"}},
                                       Idempotency{.key = "k", .request_hash = "h"}))
               .id;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& id : ids) EXPECT_EQ(id, ids.front());
  EXPECT_EQ(require(bench.tasks.list({.project = bench.project}, 10, {})).tasks.size(), 1U);
}

TEST(Tasks, CancelsAWaitingTaskAtOnce) {
  Bench bench;
  const Task task = bench.enqueue();
  const Task cancelled = require(bench.tasks.cancel(bench.project, task.id, {}));
  EXPECT_EQ(cancelled.status, TaskStatus::Cancelled);
  EXPECT_TRUE(cancelled.finished_at);
  EXPECT_EQ(require(bench.tasks.cancel(bench.project, task.id, {})).finished_at, cancelled.finished_at);
}

TEST(Tasks, HidesTasksOfOtherProjects) {
  Bench bench;
  const Task task = bench.enqueue();
  const std::string other = require(bench.projects.create("other")).id;
  EXPECT_EQ(code_of(bench.tasks.get(other, task.id)), "task.not_found");
  EXPECT_EQ(code_of(bench.tasks.cancel(other, task.id, {})), "task.not_found");
  EXPECT_EQ(code_of(bench.tasks.log(other, task.id, 0)), "task.not_found");
  EXPECT_EQ(code_of(bench.tasks.artifacts(other, task.id)), "task.not_found");
  EXPECT_EQ(code_of(bench.tasks.open_artifact(other, task.id, "a")), "task.not_found");
  EXPECT_EQ(code_of(bench.tasks.get(bench.project, "nonsense")), "task.not_found");
  EXPECT_TRUE(require(bench.tasks.list({.project = other}, 10, {})).tasks.empty());
}

TEST(Tasks, ListsInPagesNewestFirst) {
  Bench bench;
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.insert(ids.begin(), bench.enqueue().id);
  require(bench.tasks.cancel(bench.project, ids[1], {}));
  std::vector<std::string> seen;
  std::string cursor;
  do {
    const TaskPage page = require(bench.tasks.list({.project = bench.project}, 2, cursor));
    EXPECT_LE(page.tasks.size(), 2U);
    for (const Task& task : page.tasks) seen.push_back(task.id);
    cursor = page.next;
  } while (!cursor.empty());
  EXPECT_EQ(seen, ids);
  EXPECT_EQ(require(bench.tasks.list({.project = bench.project, .status = TaskStatus::Cancelled}, 10, {})).tasks.size(),
            1U);
  EXPECT_EQ(code_of(bench.tasks.list({.project = bench.project}, 0, {})), "request.limit");
  EXPECT_EQ(code_of(bench.tasks.list({.project = bench.project}, 1001, {})), "request.limit");
  EXPECT_EQ(code_of(bench.tasks.list({.project = bench.project}, 10, "x")), "request.cursor");
}

}  // namespace
}  // namespace mimus::task
