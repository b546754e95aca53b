#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/terminal.h"

namespace mimus::cli {
namespace {

constexpr std::string_view kDescriptor = R"xml(<setup>
  <generate name="datamimic_user_list" count="1000" target="CSV,JSON">
    <key name="id" generator="IncrementGenerator"/>
    <key name="uid" generator="UUIDGenerator"/>
    <key name="email" generator="EmailAddressGenerator"/>
    <key name="plan" values="'free', 'team', 'enterprise'"/>
    <key name="logins" generator="IntegerGenerator(min=0, max=500)"/>
    <key name="created" generator="DateTimeGenerator(min='2024-01-01 00:00:00', max='2025-12-31 23:59:59', random=True)"
         outDateFormat="%Y-%m-%d"/>
    <key name="referrer" pattern="[a-z]{6}\.example" nullQuota="0.3"/>
    <nestedKey name="settings" type="dict">
      <key name="newsletter" generator="BooleanGenerator(prob_true=0.4)"/>
      <key name="theme" values="'light', 'dark'"/>
    </nestedKey>
  </generate>
</setup>
)xml";

constexpr std::string_view kReadme =
    "\n\n"
    "    mimus lint datamimic.xml            every mistake, with its place\n"
    "    mimus run datamimic.xml --seed 42   generate, the same bytes every time\n\n"
    "| folder | holds |\n|---|---|\n"
    "| `data/` | sources: .csv, .json |\n"
    "| `script/` | further descriptors and programs |\n"
    "| `config/` | settings |\n"
    "| `output/` | what runs write, a folder each |\n";

bool is_project_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

Status make_project(const fs::path& folder, const std::string& name, bool force) {
  std::error_code error;
  if (fs::exists(folder, error) && !force) {
    return fail("init.exists", "'" + folder.string() + "' exists; nothing was written", "--force overwrites");
  }
  for (const char* inner : {"data", "output", "script", "config"}) {
    fs::create_directories(folder / inner, error);
    if (error) return fail("file.write", "cannot make '" + (folder / inner).string() + "': " + error.message());
  }
  MIMUS_TRY(write_file(folder / "datamimic.xml", kDescriptor));
  return write_file(folder / "README.md", "# " + name + std::string(kReadme));
}

}  // namespace

int init(const InitArguments& arguments) {
  if (!is_project_name(arguments.name)) {
    return report(Diagnostic{.code = "init.name",
                             .message = "'" + arguments.name + "' is no name of a project",
                             .hint = "letters, digits, '_' and '-'"});
  }
  const fs::path folder = fs::path(arguments.target) / arguments.name;
  if (const Status made = make_project(folder, arguments.name, arguments.force); !made) return report(made.error());
  std::printf("%s\n", folder.c_str());
  std::fprintf(stderr, "run it: mimus run %s\n", (folder / "datamimic.xml").c_str());
  return kOk;
}

}  // namespace mimus::cli
