// Versions of files: list, read, compare, restore.

#include "base/text.h"
#include "project/text_diff.h"
#include "server/call.h"
#include "server/content.h"
#include "server/declare.h"
#include "server/fields.h"
#include "server/objects.h"
#include "server/paging.h"
#include "server/platform_objects.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

using people::Right;

constexpr std::uint64_t kDiffBytes = 1U << 20U;

Result<Reaction> list_versions(Call&& call) {
  MIMUS_ASSIGN(const Page page, parse_page(call.target));
  const std::string file(call.target.parameter("file").value_or(""));
  MIMUS_ASSIGN(const auto versions, call.services->files->versions(call.path.project, file, page.limit, page.cursor));
  Response response = json_answer(200, array_to_json(versions.versions));
  add_next_link(response.headers, call.target, versions.next);
  return response;
}

Result<Reaction> read_version(Call&& call) {
  MIMUS_ASSIGN(auto open, call.services->files->open_version(call.path.project, call.path.version));
  if (!open.bytes) return fail("version.removed", "in that version the file was removed");
  return answer_content(call, {.name = open.version.name,
                               .media_type = "application/octet-stream",
                               .sha256 = open.version.sha256,
                               .modified = open.version.created_at,
                               .bytes = std::move(open.bytes)});
}

// The text of a version; a removed file has none.
Result<std::string> text_of(const project::OpenVersion& open) {
  if (!open.bytes) return std::string();
  if (open.version.size > kDiffBytes) {
    return fail("version.no_text", "the version has more than " + with_thousands(kDiffBytes) + " bytes",
                "download both, and compare them on your machine");
  }
  MIMUS_ASSIGN(std::string text, store::read_all(*open.bytes, kDiffBytes));
  if (!is_utf8(text) || text.contains('\0')) return fail("version.no_text", "the version is no text in UTF-8");
  return text;
}

// The version before one, of the same file.
Result<std::optional<project::OpenVersion>> open_before(const Call& call, const project::Version& version) {
  MIMUS_ASSIGN(const auto page, call.services->files->versions(call.path.project, version.name, 1, version.id));
  if (page.versions.empty()) return std::nullopt;
  MIMUS_ASSIGN(auto open, call.services->files->open_version(call.path.project, page.versions.front().id));
  return open;
}

Result<Reaction> compare(Call&& call) {
  const project::Files& files = *call.services->files;
  MIMUS_ASSIGN(const auto newer, files.open_version(call.path.project, call.path.version));
  std::optional<project::OpenVersion> older;
  if (const auto id = call.target.parameter("with")) {
    MIMUS_ASSIGN(older, files.open_version(call.path.project, *id));
  } else {
    MIMUS_ASSIGN(older, open_before(call, newer.version));
  }
  std::string before;
  if (older) {
    MIMUS_ASSIGN(before, text_of(*older));
  }
  MIMUS_ASSIGN(const std::string after, text_of(newer));
  return text_answer(200, project::unified_diff(before, after));
}

Result<Reaction> restore(Call&& call) {
  MIMUS_ASSIGN(const auto file, call.services->files->restore(call.path.project, call.path.version, call.actor()));
  return json_answer(200, to_json(file));
}

Result<Response> rename(const Call& call, std::string_view text) {
  MIMUS_ASSIGN(Fields body, Fields::parse(text));
  const std::string name = body.required_text("name");
  MIMUS_TRY(body.finish());
  MIMUS_ASSIGN(const auto file, call.services->files->rename(call.path.project, call.path.name, name, call.actor()));
  return json_answer(200, to_json(file));
}

Result<Reaction> rename_file(Call&& call) { return take_json(std::move(call), rename); }

constexpr std::string_view kList = R"({"type": "array", "items": {"$ref": "#/components/schemas/FileVersion"}})";
constexpr ParameterDeclaration kFile{"file", "query", "Only versions of the file of that name.", declare::kText};
constexpr ParameterDeclaration kWith{"with", "query", "The other version; the one before it when absent.",
                                     R"({"type": "string", "format": "uuid"})"};

Route version_route(std::string_view method, std::string_view path, Right right, RouteHandler handler,
                    std::string_view id, std::string_view summary) {
  return {.method = method,
          .path = path,
          .right = right,
          .handler = handler,
          .id = id,
          .tag = "Versions",
          .summary = summary,
          .errors = {"version.not_found"}};
}

}  // namespace

void add_version_routes(std::vector<Route>& routes) {
  Route list = version_route("GET", "/api/platform/v1/projects/{project_id}/versions", Right::ReadProject,
                             list_versions, "listVersions", "List the versions of files");
  list.description = "What each file was after each change, newest first, also of files that are gone.";
  list.parameters = {kFile, declare::kLimit, declare::kCursor};
  list.answers = {
      {.status = 200, .description = "the versions", .contents = declare::json(kList), .headers = {declare::kLink}}};
  list.errors = {"file.bad_name", "request.limit", "request.cursor"};
  routes.push_back(list);
  Route read = version_route("GET", "/api/platform/v1/projects/{project_id}/versions/{version}", Right::ReadProject,
                             read_version, "readVersion", "Read a file as it was");
  read.parameters = {declare::kRange, declare::kIfRange, declare::kIfNoneMatch};
  read.answers = declare::download("the bytes of the version");
  read.errors.insert(read.errors.end(), {"version.removed", "range.unsatisfiable"});
  routes.push_back(read);
  Route diff = version_route("GET", "/api/platform/v1/projects/{project_id}/versions/{version}/diff",
                             Right::ReadProject, compare, "compareVersions", "Compare two versions");
  diff.description = "A unified diff; empty when they are alike.";
  diff.parameters = {kWith};
  diff.answers = {{.status = 200, .description = "the differences", .contents = {{"text/plain", declare::kText}}}};
  diff.errors.emplace_back("version.no_text");
  routes.push_back(diff);
  Route restored = version_route("POST", "/api/platform/v1/projects/{project_id}/versions/{version}/restore",
                                 Right::WriteFiles, restore, "restoreVersion", "Restore a version");
  restored.description = "The file is again what it was then: a new version.";
  restored.answers = {{.status = 200, .description = "the file", .contents = declare::json(declare::kFile)}};
  restored.errors.insert(restored.errors.end(), {"version.removed", "file.locked", "file.exists", "project.quota"});
  routes.push_back(restored);
  Route moved = version_route("PATCH", "/api/platform/v1/projects/{project_id}/files/{file_name}", Right::WriteFiles,
                              rename_file, "renameFile", "Rename or move a file");
  moved.tag = "Files";
  moved.body = BodyDeclaration{.description = "the new name",
                               .contents = declare::json(R"({"$ref": "#/components/schemas/NewName"})")};
  moved.answers = {{.status = 200, .description = "the file", .contents = declare::json(declare::kFile)}};
  moved.errors = {"file.not_found",  "file.exists",    "file.locked",      "file.bad_name",
                  "request.invalid", "request.syntax", "media.unsupported"};
  routes.push_back(moved);
}

}  // namespace mimus::server
