// The artifacts of a task: list, download one, all as one zip.

#include <deque>

#include "project/names.h"
#include "server/archive_writer.h"
#include "server/content.h"
#include "server/declare.h"
#include "server/objects.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

constexpr std::uint64_t kPage = 1000;

// The artifacts of a task in order of name, a page at a time: a task may have a million.
class ArtifactCursor {
 public:
  ArtifactCursor(const task::Tasks& tasks, std::string project, std::string task)
      : tasks_(&tasks), project_(std::move(project)), task_(std::move(task)) {}

  Result<std::optional<task::Artifact>> next() {
    if (page_.empty() && !last_page_) {
      MIMUS_ASSIGN(auto artifacts, tasks_->artifacts(project_, task_, after_, kPage));
      last_page_ = artifacts.size() < kPage;
      if (!artifacts.empty()) after_ = artifacts.back().name;
      page_.assign(std::make_move_iterator(artifacts.begin()), std::make_move_iterator(artifacts.end()));
    }
    if (page_.empty()) return std::nullopt;
    task::Artifact artifact = std::move(page_.front());
    page_.pop_front();
    return artifact;
  }

 private:
  const task::Tasks* tasks_;
  std::string project_;
  std::string task_;
  std::string after_;
  std::deque<task::Artifact> page_;
  bool last_page_ = false;
};

class ListWriter final : public BodyWriter {
 public:
  ListWriter(ArtifactCursor cursor, std::string base) : cursor_(std::move(cursor)), base_(std::move(base)) {}

  Result<bool> next(std::string& out) override {
    if (!begun_) json_.begin_array();
    begun_ = true;
    while (json_.buffer().size() < (64U << 10U)) {
      MIMUS_ASSIGN(const auto artifact, cursor_.next());
      if (!artifact) {
        json_.end_array();
        out = std::move(json_.buffer()) + "\n";
        return false;
      }
      append(json_, *artifact, base_);
    }
    out = std::exchange(json_.buffer(), {});
    return true;
  }

 private:
  ArtifactCursor cursor_;
  std::string base_;
  Json json_;
  bool begun_ = false;
};

std::string artifacts_base(const Call& call) { return call.base() + "/tasks/" + call.path.task + "/artifacts"; }

Result<Reaction> send_artifact(const Call& call, std::string_view given) {
  MIMUS_ASSIGN(const std::string name, project::check_file_name(given));
  MIMUS_ASSIGN(auto open, call.services->tasks->open_artifact(call.path.project, call.path.task, name));
  return answer_content(call, {.name = open.artifact.name,
                               .media_type = open.media_type,
                               .sha256 = open.artifact.sha256,
                               .modified = open.artifact.created_at,
                               .bytes = std::move(open.bytes)});
}

Result<Reaction> send_zip(const Call& call) {
  const task::Tasks& tasks = *call.services->tasks;
  MIMUS_ASSIGN(const task::Task task, tasks.get(call.path.project, call.path.task));
  if (!store::is_final(task.status)) {
    return fail("task.running", "the task is " + std::string(store::task_status_name(task.status)),
                "ask again when it has ended");
  }
  auto cursor = std::make_shared<ArtifactCursor>(tasks, call.path.project, task.id);
  auto source = [cursor, &tasks, project = call.path.project, id = task.id,
                 modified = task.now]() -> Result<std::optional<ArchivedFile>> {
    MIMUS_ASSIGN(const auto artifact, cursor->next());
    if (!artifact) return std::nullopt;
    MIMUS_ASSIGN(auto open, tasks.open_artifact(project, id, artifact->name));
    return ArchivedFile{.name = artifact->name, .bytes = std::move(open.bytes), .modified = modified};
  };
  Response response = empty_answer(200);
  response.headers.add("Content-Type", "application/zip");
  response.headers.add("Content-Disposition", attachment("artifacts-" + task.id + ".zip"));
  response.writer = make_archive_writer(ArchiveFormat::Zip, std::move(source));
  return response;
}

Result<Reaction> list_artifacts(Call&& call) {
  const auto format = call.target.parameter("format");
  if (format && *format != "zip" && *format != "json") {
    Diagnostic diagnostic{.code = "request.invalid", .message = "format: must be json or zip"};
    diagnostic.fields.emplace_back("format", "must be json or zip");
    return fail(std::move(diagnostic));
  }
  const bool zip = format ? *format == "zip" : prefers(call, "application/zip", "application/json");
  if (zip) return send_zip(call);
  MIMUS_ASSIGN(const task::Task task, call.services->tasks->get(call.path.project, call.path.task));
  Response response = json_answer(200, {});
  response.writer = std::make_unique<ListWriter>(ArtifactCursor(*call.services->tasks, call.path.project, task.id),
                                                 artifacts_base(call));
  return response;
}

Result<Reaction> download_artifact(Call&& call) { return send_artifact(call, call.path.name); }

Result<Reaction> download_zip(Call&& call) {
  if (const auto name = call.target.parameter("name")) return send_artifact(call, *name);
  return send_zip(call);
}

constexpr std::string_view kZip = R"({"type": "string", "contentMediaType": "application/zip"})";
constexpr ParameterDeclaration kFormat{"format", "query", "`zip`: all as one archive.",
                                       R"({"type": "string", "enum": ["json", "zip"], "default": "json"})"};

Route list_route(std::string_view path, std::string_view id) {
  return {.method = "GET",
          .path = path,
          .scope = project::Scope::Read,
          .handler = list_artifacts,
          .id = id,
          .tag = "Artifacts",
          .summary = "List the artifacts",
          .description = "Those that are complete, in order of name.",
          .parameters = {kFormat},
          .answers = {{.status = 200,
                       .description = "the artifacts",
                       .contents = {{"application/json", declare::kArtifacts}, {"application/zip", kZip}}}},
          .errors = {"task.not_found", "task.running", "request.invalid"}};
}

Route download_route(std::string_view path, std::string_view id) {
  return {.method = "GET",
          .path = path,
          .scope = project::Scope::Read,
          .handler = download_artifact,
          .id = id,
          .tag = "Artifacts",
          .summary = "Download an artifact",
          .parameters = {declare::kRange, declare::kIfRange, declare::kIfNoneMatch},
          .answers = declare::download("the bytes of the artifact"),
          .errors = {"task.not_found", "artifact.not_found", "file.bad_name", "range.unsatisfiable"}};
}

Route zip_route(std::string_view path, std::string_view id) {
  return {.method = "GET",
          .path = path,
          .scope = project::Scope::Read,
          .handler = download_zip,
          .id = id,
          .tag = "Artifacts",
          .summary = "Download all artifacts as one zip",
          .answers = {{.status = 200, .description = "the archive", .contents = {{"application/zip", kZip}}}},
          .errors = {"task.not_found", "task.running"}};
}

Route deprecated(Route route) {
  route.deprecated = true;
  return route;
}

}  // namespace

void add_artifact_routes(std::vector<Route>& routes) {
  routes.push_back(list_route("/api/v1/{project_id}/tasks/{task_id}/artifacts", "listArtifactsV1"));
  routes.push_back(list_route("/api/v2/projects/{project_id}/tasks/{task_id}/artifacts", "listArtifacts"));
  routes.push_back(deprecated(list_route("/api/v1/{project_id}/artifacts/{task_id}", "listArtifactsByTaskV1")));
  routes.push_back(
      download_route("/api/v1/{project_id}/tasks/{task_id}/artifacts/{artifact_name}", "downloadArtifactV1"));
  routes.push_back(
      download_route("/api/v2/projects/{project_id}/tasks/{task_id}/artifacts/{artifact_name}", "downloadArtifact"));
  routes.push_back(deprecated(
      download_route("/api/v1/{project_id}/artifacts/{task_id}/{artifact_name}", "downloadArtifactByTaskV1")));
  Route zip = zip_route("/api/v1/{project_id}/tasks/{task_id}/artifacts/zip", "downloadZipV1");
  zip.description = "With `name`, the artifact of that name.";
  zip.parameters = {declare::kNameQuery, declare::kRange, declare::kIfRange, declare::kIfNoneMatch};
  const auto download = declare::download("the artifact");
  zip.answers.front().contents.push_back(download.front().contents.front());
  zip.answers.insert(zip.answers.end(), download.begin() + 1, download.end());
  zip.errors.insert(zip.errors.end(), {"artifact.not_found", "file.bad_name", "range.unsatisfiable"});
  routes.push_back(zip);
  routes.push_back(deprecated(zip_route("/api/v1/{project_id}/tasks/{task_id}/archive", "downloadArchiveV1")));
  routes.push_back(zip_route("/api/v2/projects/{project_id}/tasks/{task_id}/archive", "downloadArchive"));
}

}  // namespace mimus::server
