#include "task/protocol.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace mimus::task {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kTextBytes = 8192;  // of one text in a report

// Texts may come from files of a project: bytes that are not UTF-8 become U+FFFD.
std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string shorten(std::string_view text) {
  if (text.size() <= kTextBytes) return std::string(text);
  return std::string(text.substr(0, kTextBytes)) + "…";
}

std::unexpected<Diagnostic> malformed(std::string_view what) {
  return fail("task.protocol", "the task's process wrote something else than " + std::string(what));
}

Json json_of(const Diagnostic& finding) {
  Json fields = Json::array();
  for (const auto& [name, message] : finding.fields) {
    if (fields.size() < 100) fields.push_back({shorten(name).substr(0, 256), shorten(message).substr(0, 512)});
  }
  return {{"severity", severity_name(finding.severity)},
          {"code", shorten(finding.code)},
          {"message", shorten(finding.message)},
          {"hint", shorten(finding.hint)},
          {"file", shorten(finding.where.file)},
          {"line", finding.where.line},
          {"column", finding.where.column},
          {"length", finding.where.length},
          {"text", shorten(finding.line_text)},
          {"fields", std::move(fields)}};
}

Severity severity_of(const std::string& name) {
  if (name == "error") return Severity::Error;
  return name == "warning" ? Severity::Warning : Severity::Note;
}

// The functions below throw Json::exception on a member that is missing or of another type.

Diagnostic finding_of(const Json& json) {
  Diagnostic finding;
  finding.severity = severity_of(json.at("severity").get<std::string>());
  finding.code = json.at("code").get<std::string>();
  finding.message = json.at("message").get<std::string>();
  finding.hint = json.at("hint").get<std::string>();
  finding.where.file = json.at("file").get<std::string>();
  finding.where.line = std::max(0, json.at("line").get<int>());
  finding.where.column = std::max(0, json.at("column").get<int>());
  finding.where.length = std::max(0, json.at("length").get<int>());
  finding.line_text = json.at("text").get<std::string>();
  for (const Json& field : json.at("fields")) {
    finding.fields.emplace_back(field.at(0).get<std::string>(), field.at(1).get<std::string>());
  }
  return finding;
}

std::optional<std::uint64_t> optional_count(const Json& json, const char* member) {
  const Json& value = json.at(member);
  if (value.is_null()) return std::nullopt;
  return value.get<std::uint64_t>();
}

Json json_of(std::optional<std::uint64_t> count) { return count ? Json(*count) : Json(nullptr); }

store::TaskProgress progress_of(const Json& json) {
  store::TaskProgress progress;
  progress.records_done = json.at("records_done").get<std::uint64_t>();
  progress.records_total = optional_count(json, "records_total");
  progress.bytes_written = json.at("bytes_written").get<std::uint64_t>();
  progress.current = json.at("current").get<std::string>();
  progress.fraction = std::clamp(json.at("fraction").get<double>(), 0.0, 1.0);
  return progress;
}

Report report_of(const Json& json) {
  const auto kind = json.at("report").get<std::string>();
  if (kind == "log") {
    return LogReport{severity_of(json.at("severity").get<std::string>()), json.at("message").get<std::string>()};
  }
  if (kind == "progress") return ProgressReport{progress_of(json)};
  if (kind == "artifact") return ArtifactReport{json.at("name").get<std::string>(), optional_count(json, "records")};
  if (kind == "finding") return FindingReport{finding_of(json)};
  if (kind == "records") {
    return RecordsReport{json.at("product").get<std::string>(), json.at("begins").get<bool>(),
                         json.at("truncated").get<bool>(), json.at("json").get<std::string>()};
  }
  if (kind == "end") return EndReport{json.at("ok").get<bool>()};
  throw Json::other_error::create(501, "unknown report", &json);
}

Json json_of(const LogReport& log) {
  return {{"report", "log"}, {"severity", severity_name(log.severity)}, {"message", shorten(log.message)}};
}

Json json_of(const ProgressReport& report) {
  const store::TaskProgress& progress = report.progress;
  return {{"report", "progress"},
          {"records_done", progress.records_done},
          {"records_total", json_of(progress.records_total)},
          {"bytes_written", progress.bytes_written},
          {"current", shorten(progress.current)},
          {"fraction", progress.fraction}};
}

Json json_of(const ArtifactReport& artifact) {
  return {{"report", "artifact"}, {"name", artifact.name}, {"records", json_of(artifact.records)}};
}

Json json_of(const FindingReport& report) {
  Json json = json_of(report.finding);
  json["report"] = "finding";
  return json;
}

Json json_of(const RecordsReport& records) {
  return {{"report", "records"},
          {"product", shorten(records.product)},
          {"begins", records.begins},
          {"truncated", records.truncated},
          {"json", records.json}};
}

Json json_of(const EndReport& end) { return {{"report", "end"}, {"ok", end.ok}}; }

Json json_of(const ProcessLimits& limits) {
  return {{"cpu_seconds", limits.cpu_seconds},   {"wall_seconds", limits.wall_seconds},
          {"memory_bytes", limits.memory_bytes}, {"output_bytes", limits.output_bytes},
          {"artifacts", limits.artifacts},       {"open_files", limits.open_files},
          {"processes", limits.processes}};
}

ProcessLimits limits_of(const Json& json) {
  ProcessLimits limits;
  limits.cpu_seconds = json.at("cpu_seconds").get<std::int64_t>();
  limits.wall_seconds = json.at("wall_seconds").get<std::int64_t>();
  limits.memory_bytes = json.at("memory_bytes").get<std::uint64_t>();
  limits.output_bytes = json.at("output_bytes").get<std::uint64_t>();
  limits.artifacts = json.at("artifacts").get<std::uint64_t>();
  limits.open_files = json.at("open_files").get<std::uint64_t>();
  limits.processes = json.at("processes").get<std::uint64_t>();
  return limits;
}

store::TaskParameter parameter_of(const Json& json) {
  const Json& value = json.at(1);
  store::TaskParameter parameter;
  parameter.first = json.at(0).get<std::string>();
  if (value.is_boolean()) {
    parameter.second = value.get<bool>();
  } else if (value.is_number_integer()) {
    parameter.second = value.get<std::int64_t>();
  } else if (value.is_number_float()) {
    parameter.second = value.get<double>();
  } else {
    parameter.second = value.get<std::string>();
  }
  return parameter;
}

constexpr std::array<std::pair<JobKind, std::string_view>, 3> kKinds{
    {{JobKind::Run, "run"}, {JobKind::Check, "check"}, {JobKind::Preview, "preview"}}};

JobKind kind_of(const Json& json) {
  const auto name = json.get<std::string>();
  const auto* found = std::ranges::find(kKinds, name, &std::pair<JobKind, std::string_view>::second);
  if (found == kKinds.end()) throw Json::other_error::create(501, "unknown job", &json);
  return found->first;
}

std::string_view name_of(JobKind kind) {
  return std::ranges::find(kKinds, kind, &std::pair<JobKind, std::string_view>::first)->second;
}

Job job_of(const Json& json) {
  Job job;
  job.kind = kind_of(json.at("job"));
  job.files = json.at("files").get<std::string>();
  job.output = json.at("output").get<std::string>();
  job.entry = json.at("entry").get<std::string>();
  job.task_id = json.at("task_id").get<std::string>();
  job.seed = json.at("seed").get<std::uint64_t>();
  job.now = Timestamp{json.at("now_micros").get<std::int64_t>()};
  job.threads = json.at("threads").get<int>();
  job.count_factor = json.at("count_factor").get<double>();
  job.csv_delimiter = json.at("csv_delimiter").get<std::string>();
  job.csv_encoding = json.at("csv_encoding").get<std::string>();
  for (const Json& parameter : json.at("parameters")) job.parameters.push_back(parameter_of(parameter));
  job.preview_rows = json.at("preview_rows").get<std::uint64_t>();
  job.preview_bytes = json.at("preview_bytes").get<std::uint64_t>();
  job.limits = limits_of(json.at("limits"));
  return job;
}

}  // namespace

std::string encode_job(const Job& job) {
  Json parameters = Json::array();
  for (const auto& [name, value] : job.parameters) {
    Json pair = Json::array({name});
    std::visit([&pair](const auto& held) { pair.push_back(held); }, value);
    parameters.push_back(std::move(pair));
  }
  return dump({{"job", name_of(job.kind)},
               {"files", job.files},
               {"output", job.output},
               {"entry", job.entry},
               {"task_id", job.task_id},
               {"seed", job.seed},
               {"now_micros", job.now.micros},
               {"threads", job.threads},
               {"count_factor", job.count_factor},
               {"csv_delimiter", job.csv_delimiter},
               {"csv_encoding", job.csv_encoding},
               {"parameters", std::move(parameters)},
               {"preview_rows", job.preview_rows},
               {"preview_bytes", job.preview_bytes},
               {"limits", json_of(job.limits)}});
}

Result<Job> decode_job(std::string_view text) {
  try {
    return job_of(Json::parse(text));
  } catch (const Json::exception&) {
    return fail("task.protocol", "standard input holds no job of a task", "a worker starts this command");
  }
}

std::string encode_report(const Report& report) {
  return dump(std::visit([](const auto& held) { return json_of(held); }, report)) + "\n";
}

Result<Report> decode_report(std::string_view line) {
  if (line.size() > kReportLineBytes) return malformed("short lines");
  try {
    return report_of(Json::parse(line));
  } catch (const Json::exception&) {
    return malformed("reports");
  }
}

}  // namespace mimus::task
