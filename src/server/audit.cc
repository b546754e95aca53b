// The audit log: pages of it, and all of it as a file.

#include "people/audit.h"

#include "base/text.h"
#include "server/call.h"
#include "server/content.h"
#include "server/declare.h"
#include "server/paging.h"
#include "server/problem.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

Result<std::optional<Timestamp>> time_parameter(const Target& target, std::string_view name) {
  const auto text = target.parameter(name);
  if (!text) return std::nullopt;
  const auto time = parse_rfc3339(*text);
  if (time) return time;
  Diagnostic diagnostic{.code = "request.invalid",
                        .message = std::string(name) + ": '" + escape_controls(*text) + "' is no time"};
  diagnostic.fields.emplace_back(name, "must be a time such as 2026-01-01T00:00:00Z");
  return fail(std::move(diagnostic));
}

Result<people::AuditFilter> parse_filter(const Call& call) {
  const auto text = [&](std::string_view name) { return std::string(call.target.parameter(name).value_or("")); };
  people::AuditFilter filter{
      .project_id = text("project"), .actor = text("actor"), .action_prefix = text("action"), .from = {}, .until = {}};
  if (!call.path.project.empty()) filter.project_id = call.path.project;
  MIMUS_ASSIGN(filter.from, time_parameter(call.target, "from"));
  MIMUS_ASSIGN(filter.until, time_parameter(call.target, "until"));
  return filter;
}

Result<Reaction> list_audit(Call&& call) {
  if (!call.path.project.empty()) MIMUS_TRY(call.services->projects->get(call.path.project));
  MIMUS_ASSIGN(const Page page, parse_page(call.target));
  MIMUS_ASSIGN(const people::AuditFilter filter, parse_filter(call));
  MIMUS_ASSIGN(const auto entries, call.services->audit->list(filter, page.limit, page.cursor));
  std::string json = "[";
  for (const people::AuditEntry& entry : entries.entries) {
    if (json.size() > 1) json += ", ";
    json += people::entry_json(entry);
  }
  Response response = json_answer(200, json + "]");
  add_next_link(response.headers, call.target, entries.next);
  return response;
}

// One entry a line (https://github.com/ndjson/ndjson-spec), newest first, a page at a time.
class ExportWriter final : public BodyWriter {
 public:
  ExportWriter(const people::Audit& audit, people::AuditFilter filter) : audit_(audit), filter_(std::move(filter)) {}

  Result<bool> next(std::string& out) override {
    constexpr std::uint64_t kPage = 200;
    MIMUS_ASSIGN(const auto page, audit_.list(filter_, kPage, cursor_));
    for (const people::AuditEntry& entry : page.entries) out += people::entry_json(entry) + "\n";
    cursor_ = page.next;
    return !cursor_.empty();
  }

 private:
  const people::Audit& audit_;
  people::AuditFilter filter_;
  std::string cursor_;
};

Result<Reaction> export_audit(Call&& call) {
  MIMUS_ASSIGN(people::AuditFilter filter, parse_filter(call));
  Response response;
  response.headers.add("Content-Type", "application/x-ndjson");
  response.headers.add("Content-Disposition", attachment("audit.ndjson"));
  add_api_headers(response.headers);
  response.writer = std::make_unique<ExportWriter>(*call.services->audit, std::move(filter));
  return response;
}

constexpr std::string_view kEntries = R"({"type": "array", "items": {"$ref": "#/components/schemas/AuditEntry"}})";
constexpr std::string_view kTime = R"({"type": "string", "format": "date-time"})";
constexpr ParameterDeclaration kProject{"project", "query", "Only of the project with this id.", declare::kText};
constexpr ParameterDeclaration kActor{"actor", "query", "Only by whoever has this id or name.", declare::kText};
constexpr ParameterDeclaration kAction{"action", "query", "Only actions that begin so: `file.`, `file.update`.",
                                       declare::kText};
constexpr ParameterDeclaration kFrom{"from", "query", "Not before this time.", kTime};
constexpr ParameterDeclaration kUntil{"until", "query", "Before this time.", kTime};

Route audit_route(std::string_view path, people::Right right, RouteHandler handler, std::string_view id,
                  std::string_view summary) {
  return {
      .method = "GET", .path = path, .right = right, .handler = handler, .id = id, .tag = "Audit", .summary = summary};
}

}  // namespace

void add_audit_routes(std::vector<Route>& routes) {
  Route list =
      audit_route("/api/platform/v1/audit", people::Right::ReadAudit, list_audit, "listAudit", "Read the audit log");
  list.parameters = {kProject, kActor, kAction, kFrom, kUntil, declare::kLimit, declare::kCursor};
  list.answers = {
      {.status = 200, .description = "newest first", .contents = declare::json(kEntries), .headers = {declare::kLink}}};
  list.errors = {"request.limit", "request.cursor", "request.invalid"};
  Route of_project = list;
  routes.push_back(list);
  of_project.path = "/api/platform/v1/projects/{project_id}/audit";
  of_project.right = people::Right::ReadProjectAudit;
  of_project.id = "listProjectAudit";
  of_project.summary = "Read the audit log of a project";
  of_project.parameters.erase(of_project.parameters.begin());
  routes.push_back(of_project);
  Route file = audit_route("/api/platform/v1/audit/export", people::Right::ReadAudit, export_audit, "exportAudit",
                           "Download the audit log");
  file.description = "One JSON object a line, newest first, with all that the chain of hashes is made of.";
  file.parameters = {kProject, kActor, kAction, kFrom, kUntil};
  file.answers = {
      {.status = 200, .description = "the entries", .contents = {{"application/x-ndjson", declare::kText}}}};
  file.errors = {"request.invalid"};
  routes.push_back(file);
}

}  // namespace mimus::server
