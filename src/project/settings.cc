#include "project/settings.h"

#include "base/text.h"
#include "target/text_encoding.h"

namespace mimus::project {
namespace {

constexpr std::uint32_t kMostDays = 36'500;

bool is_delimiter(std::string_view text) {
  if (text.size() != 1) return false;
  const char c = text.front();
  return c == '\t' || (c >= ' ' && c < '\x7f' && c != '"');
}

}  // namespace

Status check_settings(const store::ProjectSettings& settings) {
  Diagnostic finding{.code = "project.bad_settings"};
  if (!settings.csv_delimiter.empty() && !is_delimiter(settings.csv_delimiter)) {
    finding.fields.emplace_back("csv_delimiter", "one printable ASCII character but '\"', or a tab");
  }
  if (!settings.csv_encoding.empty() && !TextEncoding::find(settings.csv_encoding)) {
    finding.fields.emplace_back("csv_encoding",
                                "'" + escape_controls(settings.csv_encoding.substr(0, 40)) + "' is no known encoding");
  }
  if (settings.retention_days > kMostDays) {
    finding.fields.emplace_back("retention_days", "0 (tasks stay) to " + std::to_string(kMostDays));
  }
  if (finding.fields.empty()) return {};
  finding.message = finding.fields.front().first + ": " + finding.fields.front().second;
  return fail(std::move(finding));
}

}  // namespace mimus::project
