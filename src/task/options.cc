#include "task/options.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "project/names.h"

namespace mimus::task {
namespace {

constexpr std::uint64_t kSeeds = std::uint64_t{1} << 53U;
constexpr std::size_t kParameters = 100;
constexpr std::size_t kNameBytes = 255;
constexpr std::size_t kTextBytes = std::size_t{1} << 20U;  // of all parameters: they are written with the progress
constexpr double kMostFactor = 1000;
constexpr std::size_t kKeyBytes = 128;

using Fields = std::vector<std::pair<std::string, std::string>>;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_identifier(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytes && is_letter(name.front()) &&
         std::ranges::all_of(name, [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

// Why the value is not allowed, or nothing.
std::string complaint(const TaskParameter& parameter) {
  if (const auto* number = std::get_if<double>(&parameter.second); number != nullptr && !std::isfinite(*number)) {
    return "a number must be finite";
  }
  const auto* text = std::get_if<std::string>(&parameter.second);
  if (text == nullptr) return {};
  return is_utf8(*text) ? "" : "a text must be UTF-8";
}

void check_parameters(const std::vector<TaskParameter>& parameters, Fields& fields) {
  if (parameters.size() > kParameters) {
    fields.emplace_back("parameters", "there are at most " + std::to_string(kParameters) + " parameters");
    return;
  }
  std::set<std::string_view> names;
  std::size_t bytes = 0;
  for (const TaskParameter& parameter : parameters) {
    const std::string field = "parameters." + escape_controls(parameter.first.substr(0, kNameBytes));
    if (!is_identifier(parameter.first)) {
      fields.emplace_back(field, "a name is a letter or '_', then letters, digits, '_'");
    } else if (!names.insert(parameter.first).second) {
      fields.emplace_back(field, "the name is there twice");
    } else if (std::string reason = complaint(parameter); !reason.empty()) {
      fields.emplace_back(field, std::move(reason));
    }
    const auto* text = std::get_if<std::string>(&parameter.second);
    bytes += text != nullptr ? text->size() : 0;
  }
  if (bytes > kTextBytes) {
    fields.emplace_back("parameters", "all texts together have at most " + with_thousands(kTextBytes) + " bytes");
  }
}

std::unexpected<Diagnostic> invalid(Fields fields) {
  Diagnostic finding{.code = "request.invalid", .message = "'" + fields.front().first + "': " + fields.front().second};
  if (fields.size() > 1) finding.message += ", and " + std::to_string(fields.size() - 1) + " more";
  finding.fields = std::move(fields);
  return fail(std::move(finding));
}

}  // namespace

Result<TaskOptions> check_options(TaskOptions options) {
  Fields fields;
  if (auto entry = project::check_file_name(options.entry)) {
    options.entry = std::move(*entry);
  } else {
    fields.emplace_back("entry", entry.error().message);
  }
  if (options.seed && *options.seed >= kSeeds) {
    fields.emplace_back("seed", "a seed is an integer from 0 to " + std::to_string(kSeeds - 1));
  }
  if (!(options.count_factor > 0 && options.count_factor <= kMostFactor)) {
    fields.emplace_back("count_factor", "a factor is above 0 and at most 1000");
  }
  check_parameters(options.parameters, fields);
  if (!fields.empty()) return invalid(std::move(fields));
  if (!options.environment.empty()) {
    Diagnostic finding{.code = "environment.not_found",
                       .message = "the project has no environment '" + escape_controls(options.environment) + "'"};
    finding.fields = {{"environment", finding.message}};
    return fail(std::move(finding));
  }
  return options;
}

Status check_idempotency(const Idempotency& idempotency) {
  const auto visible = [](char c) { return c > ' ' && c < '\x7f'; };
  if (!idempotency.key.empty() && idempotency.key.size() <= kKeyBytes &&
      std::ranges::all_of(idempotency.key, visible)) {
    return {};
  }
  return invalid({{"Idempotency-Key", "a key is 1 to 128 visible ASCII characters"}});
}

}  // namespace mimus::task
