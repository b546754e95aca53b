#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/sarif.h"
#include "cli/terminal.h"
#include "run/run.h"

namespace mimus::cli {
namespace {

std::string json_of(const Diagnostics& findings) {
  std::string json = "{\"diagnostics\": [";
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Diagnostic& finding = findings[i];
    if (i > 0) json += ", ";
    std::string object = "{";
    append_member(object, "severity", severity_name(finding.severity));
    append_member(object, "code", finding.code);
    append_member(object, "message", finding.message);
    append_member(object, "file", finding.where.file);
    object += ", \"line\": " + std::to_string(finding.where.line);
    object += ", \"column\": " + std::to_string(finding.where.column);
    append_member(object, "hint", finding.hint);
    json += object + "}";
  }
  return json + "]}\n";
}

void print_text(const std::string& file, const Diagnostics& findings) {
  // Findings are what the command is for: they are its data.
  const bool color = has_color(1);
  for (const Diagnostic& finding : findings) std::fputs(render(finding, color).c_str(), stdout);
  const auto errors = std::ranges::count(findings, Severity::Error, &Diagnostic::severity);
  const auto others = std::ssize(findings) - errors;
  std::fprintf(stderr, "%s: %lld error%s, %lld other finding%s\n", file.c_str(), static_cast<long long>(errors),
               errors == 1 ? "" : "s", static_cast<long long>(others), others == 1 ? "" : "s");
}

}  // namespace

int lint(const LintArguments& arguments) {
  const std::filesystem::path folder = std::filesystem::path(arguments.file).parent_path();
  const Diagnostics findings = mimus::lint(arguments.file, folder);
  if (arguments.json || arguments.format == "json") {
    std::fputs(json_of(findings).c_str(), stdout);
  } else if (arguments.format == "sarif") {
    std::fputs(sarif_of(findings, folder).c_str(), stdout);
  } else {
    print_text(arguments.file, findings);
  }
  return has_errors(findings) ? kFailed : kOk;
}

int validate(const LintArguments& arguments) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(arguments.file, error)) {
    std::printf("Error: File not found: %s\n", arguments.file.c_str());
    return kFailed;
  }
  const int status = lint(arguments);
  std::printf("Descriptor validation %s!\n", status == kOk ? "successful" : "failed");
  return status;
}

}  // namespace mimus::cli
