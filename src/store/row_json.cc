#include "store/row_json.h"

#include <nlohmann/json.hpp>

namespace mimus::store {
namespace {

using Json = nlohmann::ordered_json;

// Text that is no UTF-8 gets replacement characters: a row must never be impossible to write.
std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::unexpected<Diagnostic> damaged() { return fail("store.failed", "a list in the metadata is damaged"); }

std::string_view name_of(Severity severity) { return severity_name(severity); }

Severity severity_of(const std::string& name) {
  for (const Severity severity : {Severity::Warning, Severity::Note}) {
    if (name == name_of(severity)) return severity;
  }
  return Severity::Error;
}

Json finding_json(const Diagnostic& finding) {
  Json json = {{"severity", name_of(finding.severity)}, {"code", finding.code}, {"message", finding.message}};
  if (!finding.hint.empty()) json["hint"] = finding.hint;
  if (!finding.where.file.empty()) json["file"] = finding.where.file;
  if (finding.where.line != 0) json["line"] = finding.where.line;
  if (finding.where.column != 0) json["column"] = finding.where.column;
  if (finding.where.length != 0) json["length"] = finding.where.length;
  if (!finding.line_text.empty()) json["line_text"] = finding.line_text;
  if (!finding.fields.empty()) json["fields"] = finding.fields;
  return json;
}

Diagnostic finding_of(const Json& json) {
  Diagnostic finding;
  finding.severity = severity_of(json.value("severity", ""));
  finding.code = json.value("code", "");
  finding.message = json.value("message", "");
  finding.hint = json.value("hint", "");
  finding.where = {json.value("file", ""), json.value("line", 0), json.value("column", 0), json.value("length", 0)};
  finding.line_text = json.value("line_text", "");
  finding.fields = json.value("fields", decltype(finding.fields){});
  return finding;
}

Result<TaskParameter> parameter_of(const Json& json) {
  if (!json.is_array() || json.size() != 2 || !json[0].is_string()) return damaged();
  TaskParameter parameter{json[0].get<std::string>(), false};
  const Json& value = json[1];
  if (value.is_boolean()) {
    parameter.second = value.get<bool>();
  } else if (value.is_number_integer()) {
    parameter.second = value.get<std::int64_t>();
  } else if (value.is_number()) {
    parameter.second = value.get<double>();
  } else if (value.is_string()) {
    parameter.second = value.get<std::string>();
  } else {
    return damaged();
  }
  return parameter;
}

}  // namespace

std::string write_parameters(const std::vector<TaskParameter>& parameters) {
  Json list = Json::array();
  for (const TaskParameter& parameter : parameters) {
    Json pair = Json::array();
    pair.push_back(parameter.first);
    std::visit([&](const auto& plain) { pair.push_back(plain); }, parameter.second);
    list.push_back(std::move(pair));
  }
  return dump(list);
}

Result<std::vector<TaskParameter>> parse_parameters(std::string_view text) {
  const Json list = Json::parse(text, nullptr, false);
  if (!list.is_array()) return damaged();
  std::vector<TaskParameter> parameters;
  for (const Json& json : list) {
    MIMUS_ASSIGN(auto parameter, parameter_of(json));
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

std::string write_findings(const Diagnostics& findings) {
  Json list = Json::array();
  for (const Diagnostic& finding : findings) list.push_back(finding_json(finding));
  return dump(list);
}

Result<Diagnostics> parse_findings(std::string_view text) {
  const Json list = Json::parse(text, nullptr, false);
  if (!list.is_array()) return damaged();
  Diagnostics findings;
  try {
    for (const Json& json : list) findings.push_back(finding_of(json));
  } catch (const Json::exception&) {  // a member of another type
    return damaged();
  }
  return findings;
}

}  // namespace mimus::store
