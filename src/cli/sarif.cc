#include "cli/sarif.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "cli/terminal.h"
#include "run/run.h"

namespace mimus::cli {
namespace {

// A path as a relative URI reference (RFC 3986): everything but unreserved characters and '/' in percent.
std::string uri_of(const std::filesystem::path& path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : path.generic_string()) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter || (c >= '0' && c <= '9') || std::string_view("/-._~").find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return out;
}

// Places count in bytes; SARIF wants characters.
std::size_t characters_before(const Diagnostic& finding, int column) {
  const auto bytes = static_cast<std::size_t>(std::max(0, column - 1));
  if (finding.line_text.size() < bytes) return bytes;
  return code_points(std::string_view(finding.line_text).substr(0, bytes));
}

std::string region_of(const Diagnostic& finding) {
  const Location& where = finding.where;
  std::string out = "\"region\": {\"startLine\": " + std::to_string(where.line);
  if (where.column > 0) {
    out += ", \"startColumn\": " + std::to_string(characters_before(finding, where.column) + 1);
    if (where.length > 0) {
      out += ", \"endColumn\": " + std::to_string(characters_before(finding, where.column + where.length) + 1);
    }
  }
  return out + "}";
}

std::string result_of(const Diagnostic& finding, const std::filesystem::path& folder) {
  std::string out = "{";
  append_member(out, "ruleId", finding.code);
  append_member(out, "level", severity_name(finding.severity));
  std::string message = "{";
  append_member(message, "text", finding.hint.empty() ? finding.message : finding.message + " (" + finding.hint + ")");
  out += ", \"message\": " + message + "}";
  if (finding.where.file.empty()) return out + "}";
  std::string artifact = "{";
  append_member(artifact, "uri", uri_of(folder / finding.where.file));
  out += R"(, "locations": [{"physicalLocation": {"artifactLocation": )" + artifact + "}";
  if (finding.where.line > 0) out += ", " + region_of(finding);
  return out + "}}]}";
}

}  // namespace

std::string sarif_of(const Diagnostics& findings, const std::filesystem::path& folder) {
  std::string out =
      R"({"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{"tool": {"driver": {)";
  append_member(out, "name", "mimus");
  append_member(out, "version", engine_version());
  out += ", \"rules\": [";
  std::set<std::string> codes;
  for (const Diagnostic& finding : findings) codes.insert(finding.code);
  for (const std::string& code : codes) {
    std::string rule = "{";
    append_member(rule, "id", code);
    out += (out.back() == '[' ? "" : ", ") + rule + "}";
  }
  out += "]}}, \"columnKind\": \"unicodeCodePoints\", \"results\": [";
  for (const Diagnostic& finding : findings) out += (out.back() == '[' ? "" : ", ") + result_of(finding, folder);
  return out + "]}]}\n";
}

}  // namespace mimus::cli
