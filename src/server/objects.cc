#include "server/objects.h"

#include "project/names.h"
#include "server/problem.h"
#include "server/target.h"

namespace mimus::server {
namespace {

constexpr int kTaskFailed = 422;  // status of a problem that the engine found

std::optional<std::string> text_or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

void append_parameters(Json& json, const std::vector<task::TaskParameter>& parameters) {
  json.begin_object();
  for (const auto& [name, content] : parameters) {
    json.key(name);
    std::visit([&json](const auto& value) { json.value(value); }, content);
  }
  json.end_object();
}

}  // namespace

void append(Json& json, const project::LockState& lock) {
  json.begin_object();
  json.member("locked", lock.locked);
  json.member("holder", lock.locked ? text_or_null(lock.holder) : std::nullopt);
  json.member("expires_at", lock.locked ? std::optional(lock.expires_at) : std::nullopt);
  json.end_object();
}

void append(Json& json, const project::FileMetadata& file) {
  json.begin_object();
  json.member("name", file.name);
  json.member("extension", file.extension);
  json.member("size", file.size);
  json.member("media_type", file.media_type);
  json.member("sha256", file.sha256);
  json.member("created_at", file.created_at);
  json.member("updated_at", file.updated_at);
  json.member("updated_by", file.updated_by);
  json.member("locked", file.lock.locked);
  json.key("lock");
  if (file.lock.locked) {
    json.begin_object();
    json.member("holder", file.lock.holder);
    json.member("expires_at", file.lock.expires_at);
    json.end_object();
  } else {
    json.null();
  }
  json.member("uri", file.uri);
  json.end_object();
}

void append_members(Json& json, const project::Project& project) {
  json.member("id", project.id);
  json.member("name", project.name);
  json.member("demo", text_or_null(project.demo));
  json.member("created_at", project.created_at);
  json.member("files", project.files);
  json.member("bytes", project.bytes);
}

void append(Json& json, const project::Project& project) {
  json.begin_object();
  append_members(json, project);
  json.end_object();
}

void append(Json& json, const task::TaskProgress& progress) {
  json.begin_object();
  json.member("records_done", progress.records_done);
  json.member("records_total", progress.records_total);
  json.member("bytes_written", progress.bytes_written);
  json.member("records_per_second", progress.records_per_second);
  json.member("current", progress.current);
  json.member("fraction", progress.fraction);
  json.end_object();
}

void append(Json& json, const task::Task& task) {
  json.begin_object();
  json.member("task_id", task.id);
  json.member("id", task.id);
  json.member("project_id", task.project_id);
  json.member("status", store::task_status_name(task.status));
  json.member("entry", task.entry);
  json.member("seed", task.seed);
  json.member("now", task.now);
  json.key("parameters");
  append_parameters(json, task.parameters);
  json.member("count_factor", task.count_factor);
  json.member("created_at", task.created_at);
  json.member("started_at", task.started_at);
  json.member("finished_at", task.finished_at);
  json.key("progress");
  append(json, task.progress);
  json.key("error");
  if (task.errors.empty())
    json.null();
  else
    json.raw(problem_json(task.errors.front(), "urn:uuid:" + task.id, kTaskFailed));
  json.member("artifacts", task.artifacts);
  json.member("content_hash", text_or_null(task.content_hash));
  json.member("engine_version", task.engine_version);
  json.member("datapack_version", task.datapack_version);
  json.member("trigger", task.trigger);
  json.member("created_by", task.created_by_name);
  json.end_object();
}

void append(Json& json, const task::Artifact& artifact, std::string_view base) {
  std::string url = std::string(base) + "/" + percent_encode(artifact.name, true);
  // The route "…/artifacts/zip" is the archive.
  if (artifact.name == "zip") url += "?name=zip";
  json.begin_object();
  json.member("name", artifact.name);
  json.member("size", artifact.size);
  json.member("media_type", project::media_type(artifact.name));
  json.member("sha256", artifact.sha256);
  json.member("created_at", artifact.created_at);
  json.member("records", artifact.records);
  json.member("url", url);
  json.end_object();
}

void append(Json& json, const Diagnostic& finding) {
  json.begin_object();
  json.member("severity", severity_name(finding.severity));
  json.member("code", finding.code);
  json.member("message", finding.message);
  json.member("file", finding.where.file);
  json.member("line", finding.where.line);
  json.member("column", finding.where.column);
  json.member("hint", finding.hint);
  json.end_object();
}

void append(Json& json, const task::PreviewResult& preview) {
  json.begin_object();
  json.key("products");
  json.begin_array();
  for (const task::PreviewedRecords& product : preview.products) {
    json.begin_object();
    json.member("name", product.name);
    json.key("columns");
    json.begin_array();
    for (const std::string& column : product.columns) json.value(column);
    json.end_array();
    json.key("rows");
    json.raw(product.rows);
    json.member("truncated", product.truncated);
    json.end_object();
  }
  json.end_array();
  json.member("seed", preview.seed);
  json.member("now", preview.now);
  json.member("duration_ms", static_cast<std::uint64_t>(preview.seconds * 1000));
  json.key("diagnostics");
  json.raw(array_to_json(preview.findings));
  json.key("log");
  json.begin_array();
  for (const task::PreviewLogLine& line : preview.log) {
    json.begin_object();
    json.member("severity", line.severity);
    json.member("message", line.message);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace mimus::server
