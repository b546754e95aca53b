// Tasks: generate, follow, cancel, read the log.

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "server/call.h"
#include "server/declare.h"
#include "server/objects.h"
#include "server/options.h"
#include "server/routes.h"
#include "server/task_filter.h"

namespace mimus::server {
namespace {

Result<std::optional<task::Idempotency>> idempotency_of(const Call& call, const TaskRequest& request) {
  if (!call.request->headers.has("Idempotency-Key")) return std::nullopt;
  const std::string_view key = call.header("Idempotency-Key");
  const bool visible = std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7F; });
  if (key.empty() || key.size() > 128 || !visible) {
    Diagnostic diagnostic{.code = "request.invalid", .message = "Idempotency-Key: must be 1 to 128 visible characters"};
    diagnostic.fields.emplace_back("Idempotency-Key", "must be 1 to 128 visible ASCII characters");
    return fail(std::move(diagnostic));
  }
  return task::Idempotency{.key = std::string(key), .request_hash = sha256_hex("generate " + request.canonical)};
}

Result<Reaction> generate(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(const TaskRequest request, parse_task_request(body));
    MIMUS_ASSIGN(const auto idempotency, idempotency_of(of, request));
    MIMUS_ASSIGN(const task::Task task,
                 of.services->tasks->enqueue(of.path.project, request.options,
                                             {.trigger = of.user ? "ui" : "api", .actor = of.actor()}, idempotency));
    Response response = json_answer(of.is_v2() ? 202 : 200, to_json(task));
    if (of.is_v2()) response.headers.add("Location", of.base() + "/tasks/" + task.id);
    return response;
  });
}

Result<Reaction> get_task(Call&& call) {
  MIMUS_ASSIGN(const task::Task task, call.services->tasks->get(call.path.project, call.path.task));
  return json_answer(200, to_json(task));
}

Result<Reaction> cancel(Call&& call) {
  MIMUS_ASSIGN(const task::Task task, call.services->tasks->cancel(call.path.project, call.path.task, call.actor()));
  return json_answer(200, to_json(task));
}

// The log as far as it is written, a part at a time.
class LogWriter final : public BodyWriter {
 public:
  LogWriter(const task::Tasks& tasks, std::string project, std::string id, task::LogPart first)
      : tasks_(tasks), project_(std::move(project)), id_(std::move(id)), part_(std::move(first)) {}

  Result<bool> next(std::string& out) override {
    out = std::move(part_.text);
    if (out.empty()) return false;
    MIMUS_ASSIGN(part_, tasks_.log(project_, id_, part_.next));
    return !part_.text.empty();
  }

 private:
  const task::Tasks& tasks_;
  std::string project_;
  std::string id_;
  task::LogPart part_;
};

Result<Reaction> read_log(Call&& call) {
  std::uint64_t after = 0;
  if (const auto text = call.target.parameter("after")) {
    const auto number = parse_uint(*text);
    if (!number) {
      Diagnostic diagnostic{.code = "request.invalid", .message = "after: must be a number of bytes"};
      diagnostic.fields.emplace_back("after", "must be a number of bytes");
      return fail(std::move(diagnostic));
    }
    after = *number;
  }
  MIMUS_ASSIGN(task::LogPart part, call.services->tasks->log(call.path.project, call.path.task, after));
  Response response = text_answer(200, {});
  response.writer =
      std::make_unique<LogWriter>(*call.services->tasks, call.path.project, call.path.task, std::move(part));
  return response;
}

constexpr ParameterDeclaration kAfter{"after", "query", "Bytes of the log that the client has already.",
                                      R"({"type": "integer", "minimum": 0, "default": 0})"};

Route generate_route() {
  return {.method = "POST",
          .path = "/api/v1/{project_id}/generate",
          .scope = project::Scope::Generate,
          .handler = generate,
          .id = "generateV1",
          .tag = "Tasks",
          .summary = "Generate",
          .description = "Puts a task into the queue that runs the project's descriptor.",
          .parameters = {declare::kIdempotencyKey},
          .body = BodyDeclaration{.required = false,
                                  .description = "Options; may be empty.",
                                  .contents = declare::json(declare::kOptions)},
          .answers = {{.status = 200, .description = "the task", .contents = declare::json(declare::kTask)}},
          .errors = {"descriptor.invalid", "request.invalid", "request.syntax", "environment.not_found",
                     "idempotency.mismatch", "media.unsupported", "queue.full"}};
}

void add_generate_routes(std::vector<Route>& routes) {
  routes.push_back(generate_route());
  Route route = generate_route();
  route.path = "/api/v2/projects/{project_id}/tasks";
  route.id = "createTask";
  route.summary = "Create a task (generate)";
  route.answers = {{.status = 202,
                    .description = "the task",
                    .contents = declare::json(declare::kTask),
                    .headers = {declare::kLocation}}};
  routes.push_back(route);
}

}  // namespace

void add_task_routes(std::vector<Route>& routes) {
  add_generate_routes(routes);
  Route get{.method = "GET",
            .path = "/api/v1/{project_id}/tasks/{task_id}",
            .scope = project::Scope::Read,
            .handler = get_task,
            .id = "getTaskV1",
            .tag = "Tasks",
            .summary = "Follow a task",
            .answers = {{.status = 200, .description = "the task", .contents = declare::json(declare::kTask)}},
            .errors = {"task.not_found"}};
  routes.push_back(get);
  get.path = "/api/v2/projects/{project_id}/tasks/{task_id}";
  get.id = "getTask";
  routes.push_back(get);
  routes.push_back({.method = "GET",
                    .path = "/api/v2/projects/{project_id}/tasks",
                    .scope = project::Scope::Read,
                    .handler = list_tasks,
                    .id = "listTasks",
                    .tag = "Tasks",
                    .summary = "List the tasks",
                    .description = "Newest first, page by page.",
                    .parameters = declare::task_filters(),
                    .answers = {{.status = 200,
                                 .description = "the tasks",
                                 .contents = declare::json(declare::kTasks),
                                 .headers = {declare::kLink}}},
                    .errors = {"request.limit", "request.cursor", "request.invalid"}});
  routes.push_back({.method = "POST",
                    .path = "/api/v2/projects/{project_id}/tasks/{task_id}/cancel",
                    .scope = project::Scope::Generate,
                    .handler = cancel,
                    .id = "cancelTask",
                    .tag = "Tasks",
                    .summary = "Cancel a task",
                    .description = "A waiting task is cancelled at once, a running one within a second; a finished one "
                                   "stays as it is.",
                    .answers = {{.status = 200, .description = "the task", .contents = declare::json(declare::kTask)}},
                    .errors = {"task.not_found"}});
  routes.push_back({.method = "GET",
                    .path = "/api/v2/projects/{project_id}/tasks/{task_id}/log",
                    .scope = project::Scope::Read,
                    .handler = read_log,
                    .id = "readTaskLog",
                    .tag = "Tasks",
                    .summary = "Read a task's log",
                    .parameters = {kAfter},
                    .answers = {{.status = 200,
                                 .description = "the lines written so far",
                                 .contents = {{"text/plain", declare::kText}}}},
                    .errors = {"task.not_found", "request.invalid"}});
}

}  // namespace mimus::server
