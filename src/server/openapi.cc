#include "server/openapi.h"

#include <algorithm>
#include <map>
#include <set>

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
    "what is no valid HTTP, 405, 408, 414, 417, 421, 429, 431, 500, 501, 503, 505, 507.\n\n"
    "**Names.** A file's name may have folders: `/` in a path is written raw or as `%2F`.";

constexpr std::string_view kAboutPlatform =
    "What the pages do, for people who have signed in; for programs there is the External API.\n\n"
    "**Sessions.** `POST /api/platform/v1/session` with e-mail and password gives a cookie: `__Host-mimus_session`, or "
    "`mimus_session` without TLS on the machine itself. Its answer, and `GET` of the same path, tell the CSRF token. "
    "Methods that change something must send it as `X-CSRF-Token`, and come from a page of this server. "
    "`Authorization` is not read. A session ends 12 h after its last use, 7 days after it began, and with a change of "
    "the password or the role.\n\n"
    "**Rights.** Every operation names the role it needs. Without a session, what is not open to everybody is 401, "
    "whatever the path. A project of which one is no member looks like one that does not exist.\n\n"
    "**Errors** are problems (RFC 9457) with a stable `code`. Besides the answers listed with each operation: 400 for "
    "what is no valid HTTP, 405, 408, 414, 417, 421, 429, 431, 500, 501, 503, 505, 507.";

ordered_json parsed(std::string_view schema) { return ordered_json::parse(schema); }

ordered_json contents_json(const std::vector<ContentDeclaration>& contents) {
  ordered_json json = ordered_json::object();
  for (const ContentDeclaration& content : contents) {
    json[std::string(content.media_type)] = {{"schema", parsed(content.schema)}};
  }
  return json;
}

std::string_view id_description(std::string_view name) {
  if (name == "task_id") return "Id of the task.";
  if (name == "user_id") return "Id of the user.";
  return name == "token_id" ? "Id of the token." : "Id of the project.";
}

ordered_json path_parameter(std::string_view name) {
  ordered_json schema = {{"type", "string"}};
  std::string_view description = "Name of the artifact, folders included.";
  if (name.ends_with("_id")) {
    schema["format"] = "uuid";
    description = id_description(name);
  } else if (name == "version") {
    description = "Number of the version.";
  } else if (name == "demo") {
    description = "Name of the demo.";
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

bool is_unsafe(const Route& route) { return route.method != "GET"; }

void add_session_errors(const Route& route, std::vector<std::string_view>& codes) {
  const people::Right right = *route.right;
  codes.emplace_back("session.missing");
  if (right != people::Right::OwnSession) codes.emplace_back("session.password_change");
  if (is_unsafe(route)) codes.emplace_back("session.csrf");
  if (people::is_of_a_project(right)) codes.emplace_back("project.not_found");
  const bool of_everybody =
      people::decide(right, people::SystemRole::User, people::ProjectRole::Viewer) == people::Decision::Allowed;
  if (!of_everybody) codes.emplace_back("rights.missing");
}

std::vector<std::string_view> all_errors(const Route& route) {
  std::vector<std::string_view> codes = route.errors;
  if (has_fixed_forms(route)) codes.emplace_back("media.not_acceptable");
  if (route.right) add_session_errors(route, codes);
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
      response["headers"]["WWW-Authenticate"] = {{"description", route.scope ? "`Bearer`" : "`Session`"},
                                                 {"schema", {{"type", "string"}}}};
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
  if (route.right) {
    if (!description.empty()) description += "\n\n";
    description += "Right: `" + std::string(people::right_name(*route.right)) + "`, of " +
                   std::string(people::needed_for(*route.right)) + ".";
  }
  if (!description.empty()) json["description"] = description;
  if (route.deprecated) json["deprecated"] = true;
  if (!route.scope && !route.right) json["security"] = ordered_json::array();
  if (route.right && is_unsafe(route)) {
    json["security"] = ordered_json::array({{{"session", ordered_json::array()}, {"csrf", ordered_json::array()}}});
  }
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

ordered_json platform_tags_json() {
  return ordered_json::array({{{"name", "Session"}, {"description", "Sign in and out, one's own password."}},
                              {{"name", "Users"}, {"description", "Who may sign in."}},
                              {{"name", "Projects"}, {"description", "Make, change, delete, export, import."}},
                              {{"name", "Members"}, {"description", "Who works on a project."}},
                              {{"name", "Tokens"}, {"description", "Access tokens, for machines."}},
                              {{"name", "Demos"}, {"description", "The demo store."}},
                              {{"name", "Files"}, {"description", "Descriptors, data and scripts of a project."}},
                              {{"name", "Versions"}, {"description", "What files were before."}},
                              {{"name", "Locks"}, {"description", "Who edits a file."}},
                              {{"name", "Tasks"}, {"description", "Generate, follow, compare, look back."}},
                              {{"name", "Artifacts"}, {"description", "What a task has made."}},
                              {{"name", "Settings"}, {"description", "Of the instance, and its banner."}},
                              {{"name", "Audit"}, {"description", "Who has changed what."}},
                              {{"name", "Service"}, {"description", "For those who watch the server."}}});
}

// What the two documents differ in.
struct Api {
  std::string_view title;
  std::string_view about;
  ordered_json security;
  ordered_json schemes;
  ordered_json tags;
};

// Adds to `names` what a part of the document refers to.
void collect_references(const ordered_json& part, std::set<std::string>& names) {
  constexpr std::string_view kPlace = "#/components/schemas/";
  for (const auto& [key, value] : part.items()) {
    if (value.is_structured()) collect_references(value, names);
    if (key == "$ref" && value.is_string()) names.insert(value.get<std::string>().substr(kPlace.size()));
  }
}

// The schemas that the paths refer to, and those that these refer to.
ordered_json schemas_of(const ordered_json& paths) {
  ordered_json all = parsed(schemas_json());
  all.update(parsed(platform_schemas_json()));
  all.update(parsed(project_schemas_json()));
  std::set<std::string> wanted;
  collect_references(paths, wanted);
  for (std::size_t before = 0; before != wanted.size();) {
    before = wanted.size();
    for (const std::string& name : std::set<std::string>(wanted)) collect_references(all.at(name), wanted);
  }
  ordered_json kept = ordered_json::object();
  for (const auto& [name, schema] : all.items()) {
    if (wanted.contains(name)) kept[name] = schema;
  }
  return kept;
}

std::string make_document(const std::vector<Route>& routes, bool platform, std::string_view version, const Api& api) {
  ordered_json paths = ordered_json::object();
  for (const Route& route : routes) {
    if (route.id.empty() || route.path.starts_with(kPlatform) != platform) continue;
    paths[std::string(route.path)][lower_ascii(route.method)] = operation_json(route);
  }
  const ordered_json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", api.title},
        {"version", version},
        {"description", api.about},
        {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
      {"servers", ordered_json::array({{{"url", "/"}}})},
      {"security", ordered_json::array({api.security})},
      {"tags", api.tags},
      {"paths", paths},
      {"components", {{"securitySchemes", api.schemes}, {"schemas", schemas_of(paths)}}},
  };
  return document.dump(1) + "\n";
}

}  // namespace

std::string make_openapi(const std::vector<Route>& routes, std::string_view version) {
  return make_document(
      routes, false, version,
      {.title = "Mimus External API",
       .about = kAbout,
       .security = {{"token", ordered_json::array()}},
       .schemes = {{"token",
                    {{"type", "http"}, {"scheme", "bearer"}, {"description", "A project access token: `mms_pat_…`"}}}},
       .tags = tags_json()});
}

std::string make_platform_openapi(const std::vector<Route>& routes, std::string_view version) {
  return make_document(routes, true, version,
                       {.title = "Mimus session API",
                        .about = kAboutPlatform,
                        .security = {{"session", ordered_json::array()}},
                        .schemes = {{"session",
                                     {{"type", "apiKey"},
                                      {"in", "cookie"},
                                      {"name", "__Host-mimus_session"},
                                      {"description", "`mimus_session` without TLS on the machine itself."}}},
                                    {"csrf",
                                     {{"type", "apiKey"},
                                      {"in", "header"},
                                      {"name", "X-CSRF-Token"},
                                      {"description", "`csrf_token` of the session."}}}},
                        .tags = platform_tags_json()});
}

}  // namespace mimus::server
