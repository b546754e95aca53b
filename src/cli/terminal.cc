#include "cli/terminal.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "cli/commands.h"

namespace mimus::cli {

bool has_terminal(int fd) { return isatty(fd) == 1; }

bool has_color(int fd) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return has_terminal(fd) && !refused && !dumb;
}

void print(const Diagnostics& findings) {
  const bool color = has_color(STDERR_FILENO);
  for (const Diagnostic& finding : findings) {
    const std::string text = render(finding, color);
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
}

int report(const Diagnostic& finding) {
  print({finding});
  return kFailed;
}

void append_member(std::string& json, std::string_view name, std::string_view value) {
  if (!json.empty() && json.back() != '{') json += ", ";
  append_json_string(json, name);
  json += ": ";
  append_json_string(json, value);
}

std::string random_task_id() {
  std::array<std::uint8_t, 16> bytes{};
  random_bytes(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);  // RFC 9562 version 4
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  return hex(bytes);
}

Result<std::filesystem::path> demo_folder(const std::string& given) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!given.empty()) {
    if (fs::is_directory(given, error)) return fs::path(given);
    return fail("demo.folder", "no folder '" + given + "'", "--demos or MIMUS_DEMOS names the folder of the demos");
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path beside = program.parent_path().parent_path();
  for (const fs::path& candidate : {beside / "demos", beside / "share/mimus/demos"}) {
    if (fs::is_directory(candidate, error)) return candidate;
  }
  return fail("demo.folder", "the demos are not where the program looks: " + (beside / "demos").string(),
              "--demos or MIMUS_DEMOS names the folder of the demos");
}

}  // namespace mimus::cli
