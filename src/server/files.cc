// The files of a project: list, read, create, update, delete, in both versions of the API.

#include <optional>

#include "base/text.h"
#include "project/names.h"
#include "server/content.h"
#include "server/declare.h"
#include "server/files.h"
#include "server/negotiate.h"
#include "server/objects.h"
#include "server/paging.h"
#include "server/range.h"
#include "server/routes.h"
#include "server/upload.h"

namespace mimus::server {
namespace {

using project::FileMetadata;

// The checked name of the path, or of `?name=` on a path without one.
Result<std::optional<std::string>> name_of(const Call& call) {
  const auto given = call.target.parameter("name");
  const bool in_path = call.route->path.find("{file_name}") != std::string_view::npos;
  if (!in_path && !given) return std::nullopt;
  MIMUS_ASSIGN(std::string name, project::check_file_name(in_path ? std::string_view(call.path.name) : *given));
  return name;
}

Result<Reaction> list_files(Call&& call) {
  if (!call.is_v2()) {
    MIMUS_ASSIGN(const auto files, call.services->files->list(call.path.project));
    return json_answer(200, array_to_json(files));
  }
  MIMUS_ASSIGN(const Page page, parse_page(call.target));
  MIMUS_ASSIGN(const auto files, call.services->files->list_page(call.path.project, page.limit, page.cursor));
  Response response = json_answer(200, array_to_json(files.files));
  add_next_link(response.headers, call.target, files.next);
  return response;
}

Result<Reaction> read_file(Call&& call) {
  MIMUS_ASSIGN(const auto name, name_of(call));
  MIMUS_ASSIGN(auto file, call.services->files->open(call.path.project, *name));
  return answer_content(call, {.name = file.metadata.name,
                               .media_type = file.metadata.media_type,
                               .sha256 = file.metadata.sha256,
                               .modified = file.metadata.updated_at,
                               .bytes = std::move(file.bytes)});
}

Result<Response> file_answer(const Call& call, int status, const FileMetadata& file) {
  Response response = json_answer(status, to_json(file));
  response.headers.add("ETag", entity_tag(file.sha256));
  if (status == 201) response.headers.add("Location", call.base() + "/files/" + percent_encode(file.name, true));
  return response;
}

Result<Reaction> create_file(Call&& call) {
  UploadPlan plan;
  MIMUS_ASSIGN(plan.name, name_of(call));
  plan.check = [](const Call& of, const std::string& name) -> Status {
    if (of.services->files->get(of.path.project, name)) {
      return fail("file.exists", "the file '" + name + "' exists", "PUT updates it");
    }
    return {};
  };
  plan.use = [](const Call& of, const std::string& name, const store::Blob& blob) -> Result<Response> {
    MIMUS_ASSIGN(const FileMetadata file, of.services->files->create(of.path.project, name, blob, of.actor()));
    return file_answer(of, 201, file);
  };
  return take_upload(std::move(call), std::move(plan));
}

// The content that If-Match wants: the present one when the field names it, nothing without the field.
Result<std::optional<std::string>> wanted_content(const Call& call, const std::string& name) {
  const std::string list = call.request->headers.list("If-Match");
  MIMUS_ASSIGN(const FileMetadata file, call.services->files->get(call.path.project, name));
  if (!call.request->headers.has("If-Match")) return std::nullopt;
  if (trim(list) == "*") return std::nullopt;
  if (!names_tag(list, entity_tag(file.sha256), false)) {
    return fail("file.changed", "the file '" + name + "' has changed: it is " + entity_tag(file.sha256) + " now",
                "read it again");
  }
  return file.sha256;
}

Result<Reaction> update_file(Call&& call) {
  MIMUS_ASSIGN(auto name, name_of(call));
  return update_named_file(std::move(call), std::move(name));
}

Result<Reaction> delete_file(Call&& call) {
  MIMUS_ASSIGN(const auto name, name_of(call));
  MIMUS_ASSIGN(const auto wanted, wanted_content(call, *name));
  MIMUS_TRY(call.services->files->remove(call.path.project, *name, call.actor(), wanted));
  return empty_answer(204);
}

constexpr auto kUploadErrors = {"file.bad_name", "upload.part", "media.unsupported", "file.too_large", "project.quota"};

std::vector<std::string_view> upload_errors(std::initializer_list<std::string_view> more) {
  std::vector<std::string_view> codes(kUploadErrors.begin(), kUploadErrors.end());
  codes.insert(codes.end(), more);
  return codes;
}

Route update_route(std::string_view method, std::string_view path, std::string_view id, std::string_view summary) {
  return {.method = method,
          .path = path,
          .scope = project::Scope::Write,
          .handler = update_file,
          .id = id,
          .tag = "Files",
          .summary = summary,
          .parameters = {declare::kIfMatch},
          .body = declare::form(),
          .answers = {{.status = 200,
                       .description = "the updated file",
                       .contents = declare::json(declare::kFile),
                       .headers = {declare::kETag}}},
          .errors = upload_errors({"file.not_found", "file.changed", "file.locked"})};
}

void add_collection_routes(std::vector<Route>& routes) {
  const Route list{
      .method = "GET",
      .path = "/api/v1/{project_id}/files",
      .scope = project::Scope::Read,
      .handler = list_files,
      .id = "listFilesV1",
      .tag = "Files",
      .summary = "List the files",
      .description = "Metadata of all files, in order of name.",
      .answers = {{.status = 200, .description = "the files", .contents = declare::json(declare::kFiles)}}};
  routes.push_back(list);
  Route list_v2 = list;
  list_v2.path = "/api/v2/projects/{project_id}/files";
  list_v2.id = "listFiles";
  list_v2.description = "Metadata of the files, in order of name, page by page.";
  list_v2.parameters = {declare::kLimit, declare::kCursor};
  list_v2.answers.front().headers = {declare::kLink};
  list_v2.errors = {"request.limit", "request.cursor"};
  routes.push_back(list_v2);

  Route create{.method = "POST",
               .path = "/api/v1/{project_id}/files",
               .scope = project::Scope::Write,
               .handler = create_file,
               .id = "createFileV1",
               .tag = "Files",
               .summary = "Create a file",
               .description = "An existing file is left as it is.",
               .parameters = {declare::kNameQuery},
               .body = declare::form(),
               .answers = {{.status = 201,
                            .description = "the new file",
                            .contents = declare::json(declare::kFile),
                            .headers = {declare::kLocation, declare::kETag}}},
               .errors = upload_errors({"file.exists"})};
  routes.push_back(create);
  create.path = "/api/v2/projects/{project_id}/files";
  create.id = "createFile";
  routes.push_back(create);
}

void add_item_routes(std::vector<Route>& routes) {
  Route read{.method = "GET",
             .path = "/api/v1/{project_id}/files/{file_name}",
             .scope = project::Scope::Read,
             .handler = read_file,
             .id = "readFileV1",
             .tag = "Files",
             .summary = "Read a file",
             .parameters = {declare::kRange, declare::kIfRange, declare::kIfNoneMatch},
             .answers = declare::download("the bytes of the file"),
             .errors = {"file.not_found", "file.bad_name", "range.unsatisfiable"}};
  routes.push_back(read);
  read.path = "/api/v2/projects/{project_id}/files/{file_name}";
  read.id = "readFile";
  routes.push_back(read);

  Route remove{.method = "DELETE",
               .path = "/api/v1/{project_id}/files/{file_name}",
               .scope = project::Scope::Write,
               .handler = delete_file,
               .id = "deleteFileV1",
               .tag = "Files",
               .summary = "Delete a file",
               .parameters = {declare::kIfMatch},
               .answers = {{.status = 204, .description = "the file is gone"}},
               .errors = {"file.not_found", "file.bad_name", "file.locked", "file.changed"}};
  routes.push_back(remove);
  remove.path = "/api/v2/projects/{project_id}/files/{file_name}";
  remove.id = "deleteFile";
  routes.push_back(remove);
}

}  // namespace

Result<Reaction> update_named_file(Call&& call, std::optional<std::string> name) {
  UploadPlan plan;
  plan.raw_allowed = call.is_v2() && name.has_value();
  plan.name = std::move(name);
  plan.check = [](const Call& of, const std::string& file) -> Status {
    MIMUS_TRY(wanted_content(of, file));
    return {};
  };
  plan.use = [](const Call& of, const std::string& file, const store::Blob& blob) -> Result<Response> {
    MIMUS_ASSIGN(const auto wanted, wanted_content(of, file));
    MIMUS_ASSIGN(const FileMetadata now, of.services->files->update(of.path.project, file, blob, of.actor(), wanted));
    return file_answer(of, 200, now);
  };
  return take_upload(std::move(call), std::move(plan));
}

void add_file_routes(std::vector<Route>& routes) {
  add_collection_routes(routes);
  add_item_routes(routes);
  routes.push_back(update_route("PUT", "/api/v1/{project_id}/files/{file_name}", "updateFileV1", "Update a file"));
  Route by_post = update_route("POST", "/api/v1/{project_id}/files/{file_name}", "updateFileByPostV1",
                               "Update a file (the same as PUT)");
  by_post.deprecated = true;
  routes.push_back(by_post);
  Route by_part = update_route("PUT", "/api/v1/{project_id}/files", "updateFileByPartV1",
                               "Update a file named by the part of the form");
  by_part.deprecated = true;
  by_part.parameters.push_back(declare::kNameQuery);
  routes.push_back(by_part);
  Route update = update_route("PUT", "/api/v2/projects/{project_id}/files/{file_name}", "updateFile", "Update a file");
  update.body->description = "A form with one part `file`, or the bytes of the file alone.";
  update.body->contents.push_back({"application/octet-stream", declare::kBinary});
  std::erase(update.errors, "media.unsupported");
  routes.push_back(update);
}

}  // namespace mimus::server
