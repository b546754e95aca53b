// What people do with tasks that have run: look back, run again, compare, look at the data, remove.

#include <map>

#include "server/call.h"
#include "server/declare.h"
#include "server/objects.h"
#include "server/routes.h"
#include "server/task_filter.h"
#include "statistics/drift.h"

namespace mimus::server {
namespace {

using people::Right;

constexpr std::uint64_t kCompared = 10'000;  // artifacts of a task

Result<Reaction> run_again(Call&& call) {
  MIMUS_ASSIGN(const task::Task task, call.services->tasks->run_again(call.path.project, call.path.task,
                                                                      {.trigger = "ui", .actor = call.actor()}));
  Response response = json_answer(202, to_json(task));
  response.headers.add("Location", call.base() + "/tasks/" + task.id);
  return response;
}

Result<Reaction> remove_task(Call&& call) {
  MIMUS_TRY(call.services->tasks->remove(call.path.project, call.path.task, call.actor()));
  return empty_answer(204);
}

Result<Reaction> read_statistics(Call&& call) {
  MIMUS_ASSIGN(std::string text, call.services->tasks->statistics(call.path.project, call.path.task));
  return json_answer(200, std::move(text));
}

// What differs of the columns; null when one of the tasks has no statistics.
Result<std::string> drift_of(const task::Tasks& tasks, const task::Task& before, const task::Task& after) {
  if (before.statistics.empty() || after.statistics.empty()) return std::string("null");
  MIMUS_ASSIGN(const std::string older, tasks.statistics(before.project_id, before.id));
  MIMUS_ASSIGN(const std::string newer, tasks.statistics(after.project_id, after.id));
  return statistics::diff_statistics(older, newer);
}

void append_artifact(Json& json, std::string_view name, const task::Artifact* artifact) {
  json.key(name);
  if (artifact == nullptr) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("size", artifact->size);
  json.member("records", artifact->records);
  json.member("sha256", artifact->sha256);
  json.end_object();
}

// Each artifact of the two, by name, as far as they have differing ones: at most kCompared.
Status append_artifact_changes(Json& json, const task::Tasks& tasks, const task::Task& before,
                               const task::Task& after) {
  MIMUS_ASSIGN(const auto older, tasks.artifacts(before.project_id, before.id, {}, kCompared));
  MIMUS_ASSIGN(const auto newer, tasks.artifacts(after.project_id, after.id, {}, kCompared));
  std::map<std::string_view, std::pair<const task::Artifact*, const task::Artifact*>> by_name;
  for (const task::Artifact& artifact : older) by_name[artifact.name].first = &artifact;
  for (const task::Artifact& artifact : newer) by_name[artifact.name].second = &artifact;
  json.begin_array();
  for (const auto& [name, sides] : by_name) {
    const auto& [mine, other] = sides;
    json.begin_object();
    json.member("name", name);
    json.member("is_same", mine != nullptr && other != nullptr && mine->sha256 == other->sha256);
    append_artifact(json, "before", mine);
    append_artifact(json, "after", other);
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<Reaction> compare(Call&& call) {
  const auto with = call.target.parameter("with");
  if (!with) {
    Diagnostic diagnostic{.code = "request.invalid", .message = "with: is missing, the id of the other task"};
    diagnostic.fields.emplace_back("with", "is missing");
    return fail(std::move(diagnostic));
  }
  task::Tasks& tasks = *call.services->tasks;
  MIMUS_ASSIGN(const task::Task before, tasks.get(call.path.project, *with));
  MIMUS_ASSIGN(const task::Task after, tasks.get(call.path.project, call.path.task));
  Json json;
  json.begin_object();
  json.member("is_same", !before.content_hash.empty() && before.content_hash == after.content_hash);
  json.key("artifacts");
  MIMUS_TRY(append_artifact_changes(json, tasks, before, after));
  json.key("statistics");
  MIMUS_ASSIGN(const std::string drift, drift_of(tasks, before, after));
  json.raw(drift);
  json.end_object();
  return json_answer(200, std::move(json).text());
}

constexpr std::string_view kStatistics = R"({"$ref": "#/components/schemas/Statistics"})";
constexpr std::string_view kDifference = R"({"$ref": "#/components/schemas/Difference"})";

Route task_route(std::string_view method, std::string_view path, Right right, RouteHandler handler, std::string_view id,
                 std::string_view summary) {
  return {.method = method,
          .path = path,
          .right = right,
          .handler = handler,
          .id = id,
          .tag = "Tasks",
          .summary = summary,
          .errors = {"task.not_found"}};
}

}  // namespace

void add_task_history_routes(std::vector<Route>& routes) {
  Route list = task_route("GET", "/api/platform/v1/tasks", Right::ReadEverything, list_tasks, "listAllTasks",
                          "List the tasks of all projects");
  list.description = "Newest first, page by page.";
  list.parameters = declare::task_filters();
  list.answers = {{.status = 200,
                   .description = "the tasks",
                   .contents = declare::json(declare::kTasks),
                   .headers = {declare::kLink}}};
  list.errors = {"request.limit", "request.cursor", "request.invalid"};
  routes.push_back(list);
  Route again = task_route("POST", "/api/platform/v1/projects/{project_id}/tasks/{task_id}/again", Right::Generate,
                           run_again, "runTaskAgain", "Run a task again");
  again.description = "With its options, seed and clock, over the files as they are now.";
  again.answers = {{.status = 202,
                    .description = "the new task",
                    .contents = declare::json(declare::kTask),
                    .headers = {declare::kLocation}}};
  again.errors.insert(again.errors.end(), {"descriptor.invalid", "environment.not_found", "queue.full"});
  routes.push_back(again);
  Route remove = task_route("DELETE", "/api/platform/v1/projects/{project_id}/tasks/{task_id}", Right::WriteFiles,
                            remove_task, "deleteTask", "Delete a task");
  remove.description = "With its artifacts and log.";
  remove.answers = {{.status = 204, .description = "it is gone"}};
  remove.errors.emplace_back("task.running");
  routes.push_back(remove);
  Route statistics =
      task_route("GET", "/api/platform/v1/projects/{project_id}/tasks/{task_id}/statistics", Right::ReadProject,
                 read_statistics, "readStatistics", "Statistics of a task's columns");
  statistics.answers = {{.status = 200, .description = "the statistics", .contents = declare::json(kStatistics)}};
  statistics.errors.emplace_back("statistics.not_found");
  routes.push_back(statistics);
  Route diff = task_route("GET", "/api/platform/v1/projects/{project_id}/tasks/{task_id}/diff", Right::ReadProject,
                          compare, "compareTasks", "Compare two tasks");
  diff.description = "Counts and hashes of artifacts, statistics of columns.";
  diff.parameters = {{"with", "query", "The other task.", R"({"type": "string", "format": "uuid"})"}};
  diff.answers = {{.status = 200, .description = "what differs", .contents = declare::json(kDifference)}};
  diff.errors.emplace_back("request.invalid");
  routes.push_back(diff);
}

}  // namespace mimus::server
