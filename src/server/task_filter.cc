#include "server/task_filter.h"

#include "server/declare.h"
#include "server/objects.h"
#include "server/paging.h"

namespace mimus::server {
namespace {

std::unexpected<Diagnostic> bad(std::string_view name, const std::string& message) {
  Diagnostic diagnostic{.code = "request.invalid", .message = std::string(name) + ": " + message};
  diagnostic.fields.emplace_back(name, message);
  return fail(std::move(diagnostic));
}

Result<std::optional<Timestamp>> time_of(const Call& call, std::string_view name) {
  const auto text = call.target.parameter(name);
  if (!text) return std::nullopt;
  const auto time = parse_rfc3339(*text);
  if (!time) return bad(name, "must be a time such as 2026-01-01T00:00:00Z");
  return time;
}

constexpr ParameterDeclaration kStatus{
    "status", "query", "Only tasks with this status.",
    R"({"type": "string", "enum": ["PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"]})"};
constexpr ParameterDeclaration kTrigger{"trigger", "query", "Only tasks that came this way.",
                                        R"({"type": "string", "enum": ["api", "ui", "schedule", "mcp"]})"};
constexpr ParameterDeclaration kEntry{"entry", "query", "Only tasks of this descriptor.", declare::kText};
constexpr ParameterDeclaration kCreatedBy{"created_by", "query", "Only tasks of the user or token with this id.",
                                          declare::kText};
constexpr ParameterDeclaration kFrom{"from", "query", "Only tasks made then or later.",
                                     R"({"type": "string", "format": "date-time"})"};
constexpr ParameterDeclaration kUntil{"until", "query", "Only tasks made before.",
                                      R"({"type": "string", "format": "date-time"})"};

}  // namespace

Result<store::TaskFilter> parse_task_filter(const Call& call) {
  store::TaskFilter filter{.project = call.path.project};
  if (const auto name = call.target.parameter("status")) {
    filter.status = store::parse_task_status(*name);
    if (!filter.status) return bad("status", "must be PENDING, RUNNING, SUCCEEDED, FAILED or CANCELLED");
  }
  filter.trigger = call.target.parameter("trigger").value_or("");
  filter.entry = call.target.parameter("entry").value_or("");
  filter.created_by = call.target.parameter("created_by").value_or("");
  MIMUS_ASSIGN(filter.from, time_of(call, "from"));
  MIMUS_ASSIGN(filter.until, time_of(call, "until"));
  return filter;
}

Result<Reaction> list_tasks(Call&& call) {
  MIMUS_ASSIGN(const Page page, parse_page(call.target));
  MIMUS_ASSIGN(const store::TaskFilter filter, parse_task_filter(call));
  MIMUS_ASSIGN(const auto tasks, call.services->tasks->list(filter, page.limit, page.cursor));
  Response response = json_answer(200, array_to_json(tasks.tasks));
  add_next_link(response.headers, call.target, tasks.next);
  return response;
}

}  // namespace mimus::server

namespace mimus::server::declare {

std::vector<ParameterDeclaration> task_filters() {
  return {kStatus, kTrigger, kEntry, kCreatedBy, kFrom, kUntil, kLimit, kCursor};
}

}  // namespace mimus::server::declare
