#include "server/platform_objects.h"

#include <algorithm>

#include "base/text.h"
#include "server/objects.h"

namespace mimus::server {
namespace {

std::optional<std::string> text_or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

void append_texts(Json& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name);
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

}  // namespace

void append(Json& json, const project::Project& project, std::optional<store::ProjectRole> role) {
  json.begin_object();
  append_members(json, project);
  json.member("version_bytes", project.version_bytes);
  json.member("is_template", project.is_template);
  json.member("delete_at", project.delete_at);
  json.member("role", role ? std::optional(store::project_role_name(*role)) : std::nullopt);
  json.key("settings");
  json.begin_object();
  json.member("csv_delimiter", project.settings.csv_delimiter);
  json.member("csv_encoding", project.settings.csv_encoding);
  json.member("retention_days", project.settings.retention_days);
  json.end_object();
  json.end_object();
}

void append(Json& json, const project::Version& version) {
  json.begin_object();
  json.member("id", version.id);
  json.member("name", version.name);
  json.member("sha256", text_or_null(version.sha256));
  json.member("size", version.size);
  json.member("is_removal", version.sha256.empty());
  json.member("created_at", version.created_at);
  json.member("created_by", version.created_by);
  json.end_object();
}

void append(Json& json, const project::Token& token) {
  json.begin_object();
  json.member("id", token.id);
  json.member("name", token.name);
  json.member("scope", store::scope_name(token.scope));
  json.member("created_at", token.created_at);
  json.member("created_by", text_or_null(token.created_by));
  json.member("expires_at", token.expires_at);
  json.member("last_used_at", token.last_used_at);
  json.end_object();
}

void append_members(Json& json, const project::Demo& demo) {
  json.member("name", demo.name);
  json.member("title", demo.title);
  json.member("description", demo.description);
  append_texts(json, "tags", demo.tags);
  append_texts(json, "needs", demo.needs);
  json.key("sample");
  if (demo.sample_file.empty()) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("file", demo.sample_file);
  json.member("text", demo.sample_text);
  json.end_object();
}

void append(Json& json, const project::Demo& demo) {
  json.begin_object();
  append_members(json, demo);
  json.end_object();
}

Status check_choice(std::string_view name, std::string_view value, std::initializer_list<std::string_view> allowed) {
  if (std::ranges::find(allowed, value) != allowed.end()) return {};
  std::string choices;
  for (const std::string_view choice : allowed) choices += (choices.empty() ? "must be " : ", ") + std::string(choice);
  Diagnostic diagnostic{.code = "request.invalid", .message = std::string(name) + ": " + choices};
  diagnostic.fields.emplace_back(name, choices);
  return fail(std::move(diagnostic));
}

}  // namespace mimus::server
