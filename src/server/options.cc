#include "server/options.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "server/fields.h"

namespace mimus::server {
namespace {

using nlohmann::json;

constexpr std::uint64_t kGreatestSeed = (std::uint64_t{1} << 53U) - 1;

void read_text(const json& value, const std::string& field, std::string& out, Findings& findings) {
  if (!value.is_string())
    findings.add(field, "must be a text");
  else
    out = value.get<std::string>();
}

void read_seed(const json& value, std::optional<std::uint64_t>& seed, Findings& findings) {
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kGreatestSeed) {
    findings.add("seed", "must be an integer from 0 to 9007199254740991");
  } else {
    seed = value.get<std::uint64_t>();
  }
}

void read_now(const json& value, std::optional<Timestamp>& now, Findings& findings) {
  if (value.is_string()) now = parse_rfc3339(value.get<std::string>());
  if (!now) findings.add("now", "must be a time such as 2026-01-01T00:00:00Z");
}

void read_parameters(const json& value, task::TaskOptions& options, Findings& findings) {
  if (!value.is_object()) {
    findings.add("parameters", "must be an object");
    return;
  }
  for (const auto& [name, content] : value.items()) {
    if (content.is_boolean()) {
      options.parameters.emplace_back(name, content.get<bool>());
    } else if (content.is_number_unsigned() && content.get<std::uint64_t>() > INT64_MAX) {
      findings.add("parameters." + escape_controls(name), "must be at most 9223372036854775807");
    } else if (content.is_number_integer()) {
      options.parameters.emplace_back(name, content.get<std::int64_t>());
    } else if (content.is_number_float()) {
      options.parameters.emplace_back(name, content.get<double>());
    } else if (content.is_string()) {
      options.parameters.emplace_back(name, content.get<std::string>());
    } else {
      findings.add("parameters." + escape_controls(name), "must be a text, number or boolean");
    }
  }
}

void read_option(const std::string& name, const json& value, task::TaskOptions& options, Findings& findings) {
  if (name == "entry") {
    read_text(value, name, options.entry, findings);
  } else if (name == "environment") {
    read_text(value, name, options.environment, findings);
  } else if (name == "seed") {
    read_seed(value, options.seed, findings);
  } else if (name == "now") {
    read_now(value, options.now, findings);
  } else if (name == "parameters") {
    read_parameters(value, options, findings);
  } else if (name == "count_factor") {
    if (!value.is_number())
      findings.add(name, "must be a number");
    else
      options.count_factor = value.get<double>();
  } else {
    findings.add(escape_controls(name),
                 "is not known; allowed: entry, seed, now, environment, parameters, count_factor");
  }
}

}  // namespace

Result<TaskRequest> parse_task_request(std::string_view body) {
  MIMUS_ASSIGN(const json document, parse_object(body));
  TaskRequest request;
  Findings findings;
  for (const auto& [name, value] : document.items()) read_option(name, value, request.options, findings);
  MIMUS_TRY(findings.status());
  request.canonical = document.dump();  // members in order of name
  return request;
}

Result<task::PreviewRequest> parse_preview_request(std::string_view body) {
  MIMUS_ASSIGN(const json document, parse_object(body));
  task::PreviewRequest request;
  Findings findings;
  for (const auto& [name, value] : document.items()) {
    if (name == "entry") {
      read_text(value, name, request.entry, findings);
    } else if (name == "content") {
      read_text(value, name, request.content.emplace(), findings);
    } else if (name == "rows") {
      if (value.is_number_unsigned() && value >= 1 && value <= 1000) {
        request.rows = value.get<std::uint64_t>();
      } else {
        findings.add(name, "must be a number from 1 to 1000");
      }
    } else if (name == "seed") {
      read_seed(value, request.seed, findings);
    } else if (name == "now") {
      read_now(value, request.now, findings);
    } else {
      findings.add(escape_controls(name), "is not known; allowed: entry, content, rows, seed, now");
    }
  }
  MIMUS_TRY(findings.status());
  return request;
}

Result<LintRequest> parse_lint_request(std::string_view body) {
  MIMUS_ASSIGN(const json document, parse_object(body));
  LintRequest request;
  Findings findings;
  for (const auto& [name, value] : document.items()) {
    if (name == "entry") {
      read_text(value, name, request.entry, findings);
    } else if (name == "content") {
      read_text(value, name, request.content.emplace(), findings);
    } else {
      findings.add(escape_controls(name), "is not known; allowed: entry, content");
    }
  }
  if (request.content && request.entry.empty()) findings.add("entry", "must name the file that 'content' is of");
  MIMUS_TRY(findings.status());
  return request;
}

Result<bool> parse_force(std::string_view body) {
  MIMUS_ASSIGN(Fields fields, Fields::parse(body));
  const bool force = fields.truth("force").value_or(false);
  MIMUS_TRY(fields.finish());
  return force;
}

}  // namespace mimus::server
