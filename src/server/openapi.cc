#include "server/openapi.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "server/problem.h"

namespace mimus::server {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kAbout =
    "Test data from descriptors: keep the files of a project, generate, follow the task, download what it made.\n\n"
    "**Authentication.** `Authorization: Bearer <project access token>`. A token belongs to one project and has a "
    "scope; "
    "each includes those before it: `read`, `generate`, `write`, `admin`. Tokens are made with `mimus token "
    "create`.\n\n"
    "**Errors** are problems (RFC 9457) with a stable `code`. Besides the answers listed with each operation: 400 for "
    "what is no valid HTTP, 405, 408, 414, 417, 431, 500, 501, 503, 505, 507.\n\n"
    "**Names.** A file's name may have folders: `/` in a path is written raw or as `%2F`.";

ordered_json parsed(std::string_view schema) { return ordered_json::parse(schema); }

ordered_json contents_json(const std::vector<ContentDeclaration>& contents) {
  ordered_json json = ordered_json::object();
  for (const ContentDeclaration& content : contents) {
    json[std::string(content.media_type)] = {{"schema", parsed(content.schema)}};
  }
  return json;
}

ordered_json path_parameter(std::string_view name) {
  ordered_json schema = {{"type", "string"}};
  std::string_view description = "Name of the artifact, folders included.";
  if (name == "project_id" || name == "task_id") {
    schema["format"] = "uuid";
    description = name == "task_id" ? "Id of the task." : "Id of the project.";
  } else if (name == "file_name") {
    schema["examples"] = {"datamimic.xml"};
    description = "Name of the file, folders included.";
  }
  return {{"name", name}, {"in", "path"}, {"required", true}, {"description", description}, {"schema", schema}};
}

ordered_json parameters_json(const Route& route) {
  ordered_json json = ordered_json::array();
  for (const std::string_view segment : split(route.path, '/')) {
    if (segment.starts_with('{')) json.push_back(path_parameter(segment.substr(1, segment.size() - 2)));
  }
  for (const ParameterDeclaration& parameter : route.parameters) {
    json.push_back({{"name", parameter.name},
                    {"in", parameter.in},
                    {"description", parameter.description},
                    {"schema", parsed(parameter.schema)}});
  }
  return json;
}

ordered_json answer_json(const AnswerDeclaration& answer) {
  ordered_json json = {{"description", answer.description}};
  for (const ParameterDeclaration& header : answer.headers) {
    json["headers"][std::string(header.name)] = {{"description", header.description},
                                                 {"schema", parsed(header.schema)}};
  }
  if (!answer.contents.empty()) json["content"] = contents_json(answer.contents);
  return json;
}

// What answers in forms that are known beforehand can be asked for in another one; bytes of a file cannot.
bool has_fixed_forms(const Route& route) {
  const auto& contents = route.answers.front().contents;
  return !contents.empty() && std::ranges::find(contents, "*/*", &ContentDeclaration::media_type) == contents.end();
}

std::vector<std::string_view> all_errors(const Route& route) {
  std::vector<std::string_view> codes = route.errors;
  if (has_fixed_forms(route)) codes.emplace_back("media.not_acceptable");
  if (!route.scope) return codes;
  for (const std::string_view code : {"auth.missing", "token.invalid", "token.expired", "project.not_found"}) {
    codes.push_back(code);
  }
  if (*route.scope > project::Scope::Read) codes.emplace_back("token.scope");
  return codes;
}

void add_problems(const Route& route, ordered_json& responses) {
  std::map<int, std::string> by_status;
  for (const std::string_view code : all_errors(route)) {
    std::string& text = by_status[problem_status(code)];
    if (!text.empty()) text += ", ";
    text += "`" + std::string(code) + "`";
  }
  const ordered_json content = {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}};
  for (const auto& [status, text] : by_status) {
    ordered_json response = {{"description", text}, {"content", content}};
    if (status == 401) {
      response["headers"]["WWW-Authenticate"] = {{"description", "`Bearer`"}, {"schema", {{"type", "string"}}}};
    }
    if (status == 429 || status == 503) {
      response["headers"]["Retry-After"] = {{"description", "seconds"}, {"schema", {{"type", "integer"}}}};
    }
    responses[std::to_string(status)] = response;
  }
}

ordered_json operation_json(const Route& route) {
  ordered_json json = {{"operationId", route.id}, {"tags", {route.tag}}, {"summary", route.summary}};
  std::string description(route.description);
  if (route.scope) {
    if (!description.empty()) description += "\n\n";
    description += "Scope: `" + std::string(store::scope_name(*route.scope)) + "`.";
  }
  if (!description.empty()) json["description"] = description;
  if (route.deprecated) json["deprecated"] = true;
  if (!route.scope) json["security"] = ordered_json::array();
  const ordered_json parameters = parameters_json(route);
  if (!parameters.empty()) json["parameters"] = parameters;
  if (route.body) {
    json["requestBody"] = {{"required", route.body->required},
                           {"description", route.body->description},
                           {"content", contents_json(route.body->contents)}};
  }
  ordered_json responses = ordered_json::object();
  for (const AnswerDeclaration& answer : route.answers) responses[std::to_string(answer.status)] = answer_json(answer);
  add_problems(route, responses);
  json["responses"] = responses;
  return json;
}

ordered_json tags_json() {
  return ordered_json::array({{{"name", "Project"}, {"description", "The project of the token."}},
                              {{"name", "Files"}, {"description", "Descriptors, data and scripts of a project."}},
                              {{"name", "Locks"}, {"description", "Who edits a file."}},
                              {{"name", "Tasks"}, {"description", "Generate, follow, cancel."}},
                              {{"name", "Artifacts"}, {"description", "What a task has made."}},
                              {{"name", "Service"}, {"description", "For those who watch the server."}}});
}

}  // namespace

std::string make_openapi(const std::vector<Route>& routes, std::string_view version) {
  ordered_json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Mimus External API"},
        {"version", version},
        {"description", kAbout},
        {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
      {"servers", ordered_json::array({{{"url", "/"}}})},
      {"security", ordered_json::array({{{"token", ordered_json::array()}}})},
      {"tags", tags_json()},
      {"paths", ordered_json::object()},
      {"components",
       {{"securitySchemes",
         {{"token", {{"type", "http"}, {"scheme", "bearer"}, {"description", "A project access token: `mms_pat_…`"}}}}},
        {"schemas", parsed(schemas_json())}}},
  };
  for (const Route& route : routes) {
    if (route.id.empty()) continue;
    document["paths"][std::string(route.path)][lower_ascii(route.method)] = operation_json(route);
  }
  return document.dump(1) + "\n";
}

}  // namespace mimus::server
