// Projects, as people see them: list, make, change, delete and restore, templates, archives.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "project/archive.h"
#include "server/archive_writer.h"
#include "server/call.h"
#include "server/content.h"
#include "server/declare.h"
#include "server/fields.h"
#include "server/negotiate.h"
#include "server/platform_objects.h"
#include "server/problem.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

using people::Right;
using project::Project;
using store::ProjectRole;

constexpr std::string_view kArchiveType = "application/gzip";
constexpr std::string_view kArchiveSchema = R"({"type": "string", "contentMediaType": "application/gzip"})";

// ---- which projects

struct Seen {
  Project project;
  std::optional<ProjectRole> role;  // of the caller
};

// Those that the caller may see: admins all of them, others those they are members of.
Result<std::vector<Seen>> seen_by(const Call& call, bool deleted) {
  MIMUS_ASSIGN(const auto own, call.services->projects->list_of(call.user->id, deleted));
  std::map<std::string, ProjectRole> roles;
  std::vector<Seen> seen;
  for (const project::OwnProject& mine : own) {
    roles[mine.project.id] = mine.role;
    seen.push_back({mine.project, mine.role});
  }
  if (call.user->role == store::SystemRole::Admin) {
    MIMUS_ASSIGN(const auto all, call.services->projects->list(deleted));
    for (const Project& project : all) {
      if (!roles.contains(project.id)) seen.push_back({project, std::nullopt});
    }
  }
  std::erase_if(seen, [&](const Seen& one) { return one.project.delete_at.has_value() != deleted; });
  return seen;
}

bool sorts_before(const Project& a, const Project& b, std::string_view sort) {
  if (sort == "name") return std::pair(fold_case(a.name), a.id) < std::pair(fold_case(b.name), b.id);
  if (sort == "-name") return std::pair(fold_case(a.name), a.id) > std::pair(fold_case(b.name), b.id);
  if (sort == "created_at") return a.id < b.id;
  return a.id > b.id;
}

Result<Reaction> list_projects(Call&& call) {
  const std::string search = fold_case(call.target.parameter("search").value_or(""));
  const std::string sort(call.target.parameter("sort").value_or("-created_at"));
  const bool deleted = call.target.parameter("deleted") == "true";
  MIMUS_TRY(check_choice("sort", sort, {"name", "-name", "created_at", "-created_at"}));
  MIMUS_ASSIGN(auto seen, seen_by(call, deleted));
  std::erase_if(seen, [&](const Seen& one) { return !fold_case(one.project.name).contains(search); });
  std::ranges::sort(seen, [&](const Seen& a, const Seen& b) { return sorts_before(a.project, b.project, sort); });
  Json json;
  json.begin_array();
  for (const Seen& one : seen) append(json, one.project, one.role);
  json.end_array();
  return json_answer(200, std::move(json).text());
}

Response project_answer(int status, const Project& project, std::optional<ProjectRole> role) {
  Json json;
  append(json, project, role);
  Response response = json_answer(status, std::move(json).text());
  if (status == 201) response.headers.add("Location", std::string(kPlatform) + "/projects/" + project.id);
  return response;
}

Result<Reaction> get_project(Call&& call) {
  MIMUS_ASSIGN(const Project project, call.services->projects->get(call.path.project));
  return project_answer(200, project, call.user->project_role);
}

// ---- making one

Result<Response> create(const Call& call, std::string_view text) {
  MIMUS_ASSIGN(Fields body, Fields::parse(text));
  const std::string demo = body.text("demo").value_or("");
  const std::string origin = body.text("template_id").value_or("");
  const std::string name = demo.empty() ? body.required_text("name") : body.text("name").value_or("");
  if (!demo.empty() && !origin.empty()) body.add("template_id", "cannot be given together with demo");
  MIMUS_TRY(body.finish());
  project::Projects& projects = *call.services->projects;
  const auto made = !demo.empty()     ? projects.clone(call.services->demos, demo, name, call.actor())
                    : !origin.empty() ? projects.create_from(origin, name, call.actor())
                                      : projects.create(name, call.actor());
  if (!made) return fail(made.error());
  return project_answer(201, *made, ProjectRole::Owner);
}

Result<Reaction> create_project(Call&& call) { return take_json(std::move(call), create); }

// An archive as a body: into a blob first, then entry by entry.
class ArchiveTaker final : public BodyTaker {
 public:
  explicit ArchiveTaker(Call call, std::unique_ptr<store::BlobWriter> writer)
      : call_(std::move(call)), writer_(std::move(writer)) {}

  std::optional<Response> take(std::string_view piece) override {
    const Status status = writer_->append(piece);
    if (status) return std::nullopt;
    return problem(status.error(), call_.target.path);
  }
  Response finish() override { return answer_or_problem(import(), call_); }

 private:
  Result<Response> import() {
    MIMUS_ASSIGN(const store::Blob blob, writer_->commit());
    MIMUS_ASSIGN(const auto bytes, call_.services->files->open_blob(blob));
    MIMUS_ASSIGN(project::ArchiveContent content, project::read_archive(*call_.services->files, *bytes));
    std::string name(call_.target.parameter("name").value_or(content.name));
    if (name.empty()) name = "Imported project";
    MIMUS_ASSIGN(const Project project,
                 call_.services->projects->import(name, content.settings, content.files, call_.actor()));
    return project_answer(201, project, ProjectRole::Owner);
  }

  Call call_;
  std::unique_ptr<store::BlobWriter> writer_;
};

Result<Reaction> import_project(Call&& call) {
  if (parse_media_type(call.header("Content-Type")).name != kArchiveType) {
    return fail("media.unsupported", "the body must be application/gzip",
                "curl --data-binary @project.tar.gz -H 'Content-Type: application/gzip'");
  }
  MIMUS_ASSIGN(auto writer, call.services->files->open_archive_upload());
  return std::make_unique<ArchiveTaker>(std::move(call), std::move(writer));
}

// The manifest, then each file, in order of name.
Result<Reaction> export_project(Call&& call) {
  MIMUS_ASSIGN(const Project project, call.services->projects->get(call.path.project));
  MIMUS_ASSIGN(auto files, call.services->files->list(project.id));
  const project::Files* service = call.services->files;
  auto left = std::make_shared<std::vector<project::FileMetadata>>(files.rbegin(), files.rend());
  auto manifest = std::make_shared<bool>(true);
  auto source = [=]() -> Result<std::optional<ArchivedFile>> {
    if (std::exchange(*manifest, false)) {
      MIMUS_ASSIGN(const store::Blob blob, service->store_bytes(project::write_archive_manifest(project)));
      MIMUS_ASSIGN(auto open, service->open_blob(blob));
      return ArchivedFile{
          .name = std::string(project::kArchiveManifest), .bytes = std::move(open), .modified = project.created_at};
    }
    if (left->empty()) return std::nullopt;
    const project::FileMetadata file = std::move(left->back());
    left->pop_back();
    MIMUS_ASSIGN(auto open, service->open_blob({file.sha256, file.size}));
    return ArchivedFile{.name = std::string(project::kArchiveFolder) + file.name,
                        .bytes = std::move(open),
                        .modified = file.updated_at};
  };
  Response response = empty_answer(200);
  response.headers.add("Content-Type", std::string(kArchiveType));
  response.headers.add("Content-Disposition", attachment(project.name + ".tar.gz"));
  response.writer = make_archive_writer(ArchiveFormat::TarGz, std::move(source));
  return response;
}

// ---- changing one

Result<Response> change(const Call& call, std::string_view text) {
  MIMUS_ASSIGN(Fields body, Fields::parse(text));
  project::ProjectChange change{.name = body.text("name"), .settings = {}, .is_template = body.truth("is_template")};
  auto settings = body.object("settings");
  MIMUS_TRY(body.finish());
  if (settings) {
    MIMUS_ASSIGN(const Project present, call.services->projects->get(call.path.project));
    change.settings = present.settings;
    if (auto delimiter = settings->text("csv_delimiter")) change.settings->csv_delimiter = *std::move(delimiter);
    if (auto encoding = settings->text("csv_encoding")) change.settings->csv_encoding = *std::move(encoding);
    if (const auto days = settings->natural("retention_days", UINT32_MAX)) {
      change.settings->retention_days = static_cast<std::uint32_t>(*days);
    }
    MIMUS_TRY(settings->finish());
  }
  MIMUS_ASSIGN(const Project project, call.services->projects->update(call.path.project, change, call.actor()));
  return project_answer(200, project, call.user->project_role);
}

Result<Reaction> change_project(Call&& call) { return take_json(std::move(call), change); }

Result<Reaction> delete_project(Call&& call) {
  MIMUS_ASSIGN(const Project project, call.services->projects->remove(call.path.project, call.actor()));
  return project_answer(200, project, call.user->project_role);
}

Result<Reaction> restore_project(Call&& call) {
  MIMUS_ASSIGN(const Project project, call.services->projects->restore(call.path.project, call.actor()));
  return project_answer(200, project, call.user->project_role);
}

Result<Reaction> list_templates(Call&& call) {
  MIMUS_ASSIGN(const auto projects, call.services->projects->list());
  Json json;
  json.begin_array();
  for (const Project& project : projects) {
    if (!project.is_template) continue;
    json.begin_object();
    json.member("id", project.id);
    json.member("name", project.name);
    json.member("files", project.files);
    json.member("created_at", project.created_at);
    json.end_object();
  }
  json.end_array();
  return json_answer(200, std::move(json).text());
}

// ---- declarations

constexpr std::string_view kDetails = R"({"$ref": "#/components/schemas/ProjectDetails"})";
constexpr std::string_view kList = R"({"type": "array", "items": {"$ref": "#/components/schemas/ProjectDetails"}})";
constexpr std::string_view kTemplates = R"({"type": "array", "items": {"$ref": "#/components/schemas/Template"}})";
constexpr ParameterDeclaration kSearch{"search", "query", "Only projects whose name holds this.", declare::kText};
constexpr ParameterDeclaration kSort{
    "sort", "query", "The order.",
    R"({"type": "string", "enum": ["name", "-name", "created_at", "-created_at"], "default": "-created_at"})"};
constexpr ParameterDeclaration kDeleted{"deleted", "query", "Those that are deleted and can be restored still.",
                                        R"({"type": "boolean", "default": false})"};
constexpr ParameterDeclaration kNewName{"name", "query", "The project's name, in place of the one in the archive.",
                                        declare::kText};

std::vector<AnswerDeclaration> details(int status, std::string_view description) {
  AnswerDeclaration answer{.status = status, .description = description, .contents = declare::json(kDetails)};
  if (status == 201) answer.headers = {declare::kLocation};
  return {answer};
}

Route project_route(std::string_view method, std::string_view path, Right right, RouteHandler handler,
                    std::string_view id, std::string_view summary) {
  return {.method = method,
          .path = path,
          .right = right,
          .handler = handler,
          .id = id,
          .tag = "Projects",
          .summary = summary,
          .answers = details(200, "the project")};
}

void add_lists(std::vector<Route>& routes) {
  Route list = project_route("GET", "/api/platform/v1/projects", Right::SignedIn, list_projects, "listProjects",
                             "List the projects");
  list.description = "Those that the caller is a member of; admins see all.";
  list.parameters = {kSearch, kSort, kDeleted};
  list.answers = {{.status = 200, .description = "the projects", .contents = declare::json(kList)}};
  list.errors = {"request.invalid"};
  routes.push_back(list);
  Route templates = project_route("GET", "/api/platform/v1/templates", Right::SignedIn, list_templates, "listTemplates",
                                  "List the templates");
  templates.answers = {{.status = 200, .description = "the templates", .contents = declare::json(kTemplates)}};
  routes.push_back(templates);
}

void add_makers(std::vector<Route>& routes) {
  Route create = project_route("POST", "/api/platform/v1/projects", Right::CreateProject, create_project,
                               "createProject", "Make a project");
  create.description = "Empty, from a demo, or from a template. Whoever makes it is its owner.";
  create.body = BodyDeclaration{.description = "what to make",
                                .contents = declare::json(R"({"$ref": "#/components/schemas/NewProject"})")};
  create.answers = details(201, "the new project");
  create.errors = {"project.bad_name", "demo.not_found", "template.not_found",
                   "request.invalid",  "request.syntax", "media.unsupported"};
  routes.push_back(create);
  Route import = project_route("POST", "/api/platform/v1/projects/archive", Right::CreateProject, import_project,
                               "importProject", "Import a project");
  import.description = "From an archive as the export makes it. Hostile archives are refused as a whole.";
  import.parameters = {kNewName};
  import.body = BodyDeclaration{.description = "the archive", .contents = {{kArchiveType, kArchiveSchema}}};
  import.answers = details(201, "the new project");
  import.errors = {"archive.invalid",  "archive.limit",     "file.too_large",      "project.quota",
                   "project.bad_name", "media.unsupported", "project.bad_settings"};
  routes.push_back(import);
}

}  // namespace

void add_projects_routes(std::vector<Route>& routes) {
  constexpr std::string_view kPath = "/api/platform/v1/projects/{project_id}";
  add_lists(routes);
  add_makers(routes);
  routes.push_back(project_route("GET", kPath, Right::ReadProject, get_project, "getProject", "Read a project"));
  Route change = project_route("PATCH", kPath, Right::ManageProject, change_project, "changeProject",
                               "Rename a project, change its settings, make it a template");
  change.body = BodyDeclaration{.description = "what changes",
                                .contents = declare::json(R"({"$ref": "#/components/schemas/ProjectChange"})")};
  change.errors = {"project.bad_name", "project.bad_settings", "request.invalid", "request.syntax",
                   "media.unsupported"};
  routes.push_back(change);
  Route remove =
      project_route("DELETE", kPath, Right::ManageProject, delete_project, "deleteProject", "Delete a project");
  remove.description = "Nobody finds it any more and its tokens stop working; until `delete_at` it can be restored.";
  routes.push_back(remove);
  Route restore = project_route("POST", "/api/platform/v1/projects/{project_id}/restore", Right::ManageProject,
                                restore_project, "restoreProject", "Restore a deleted project");
  restore.errors = {"project.not_deleted"};
  routes.push_back(restore);
  Route archive = project_route("GET", "/api/platform/v1/projects/{project_id}/archive", Right::ReadProject,
                                export_project, "exportProject", "Export a project");
  archive.description = "Its files and settings; no tokens, members or tasks.";
  archive.answers = {{.status = 200, .description = "the archive", .contents = {{kArchiveType, kArchiveSchema}}}};
  routes.push_back(archive);
}

}  // namespace mimus::server
