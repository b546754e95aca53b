#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "project/projects.h"

namespace mimus::cli {
namespace {

Status copy_demo(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error)) {
    return fail("demo.exists", "'" + to.string() + "' exists; nothing was written", "--target names another folder");
  }
  fs::create_directories(to.parent_path().empty() ? fs::path(".") : to.parent_path(), error);
  if (!error) fs::copy(from, to, fs::copy_options::recursive, error);
  if (error) return fail("file.write", "cannot write '" + to.string() + "': " + error.message());
  fs::remove(to / "demo.json", error);
  return {};
}

}  // namespace

int list_demos(const DemoArguments& arguments) {
  const auto folder = demo_folder(arguments.demos);
  if (!folder) return report(folder.error());
  const auto demos = project::list_demos(*folder);
  if (!demos) return report(demos.error());
  std::string json = "[";
  for (const project::Demo& demo : *demos) {
    if (!arguments.json) {
      std::printf("%-20s %s: %s\n", demo.name.c_str(), demo.title.c_str(), demo.description.c_str());
      continue;
    }
    if (json.size() > 1) json += ", ";
    json += "{";
    append_member(json, "name", demo.name);
    append_member(json, "title", demo.title);
    append_member(json, "description", demo.description);
    json += ", \"tags\": [";
    for (const std::string& tag : demo.tags) {
      if (json.back() != '[') json += ", ";
      append_json_string(json, tag);
    }
    json += "]}";
  }
  if (arguments.json) std::printf("%s]\n", json.c_str());
  return kOk;
}

int create_demo(const DemoArguments& arguments) {
  const auto folder = demo_folder(arguments.demos);
  if (!folder) return report(folder.error());
  const auto demos = project::list_demos(*folder);
  if (!demos) return report(demos.error());
  if (std::ranges::find(*demos, arguments.name, &project::Demo::name) == demos->end()) {
    std::vector<std::string_view> names;
    for (const project::Demo& demo : *demos) names.push_back(demo.name);
    std::string hint = suggest(arguments.name, names);
    if (hint.empty()) hint = "mimus demo list shows all";
    return report(Diagnostic{"demo.not_found", "no demo '" + arguments.name + "'", hint, {}});
  }
  const fs::path target = arguments.target.empty() ? fs::path(arguments.name) : fs::path(arguments.target);
  const auto copied = copy_demo(*folder / arguments.name, target);
  if (!copied) return report(copied.error());
  std::printf("%s\n", target.c_str());
  std::fprintf(stderr, "run it: mimus run %s\n", (target / "datamimic.xml").c_str());
  return kOk;
}

}  // namespace mimus::cli
