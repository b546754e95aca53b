// The objects of the API as JSON (docs/reference/http-api.md; their schemas are in schemas.cc).
#pragma once

#include <string_view>

#include "project/files.h"
#include "project/projects.h"
#include "server/json.h"
#include "task/tasks.h"

namespace mimus::server {

void append(Json& json, const project::FileMetadata& file);
void append(Json& json, const project::LockState& lock);
void append(Json& json, const project::Project& project);
void append_members(Json& json, const project::Project& project);
void append(Json& json, const task::Task& task);
void append(Json& json, const task::TaskProgress& progress);
// A finding about a descriptor: {severity, code, message, file, line, column, hint}.
void append(Json& json, const Diagnostic& finding);
void append(Json& json, const task::PreviewResult& preview);
// `base`: where its task's artifacts are, "/api/v1/<project>/tasks/<task>/artifacts".
void append(Json& json, const task::Artifact& artifact, std::string_view base);

template <class T>
[[nodiscard]] std::string to_json(const T& object) {
  Json json;
  append(json, object);
  return std::move(json).text();
}

template <class T>
[[nodiscard]] std::string array_to_json(const T& objects) {
  Json json;
  json.begin_array();
  for (const auto& object : objects) append(json, object);
  json.end_array();
  return std::move(json).text();
}

}  // namespace mimus::server
