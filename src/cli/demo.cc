#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/terminal.h"

namespace mimus::cli {
namespace {

struct Demo {
  std::string name;
  std::string title;
  std::string description;
};

std::string text_of(const nlohmann::json& document, const char* member) {
  const auto found = document.find(member);
  return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A folder with a demo.json is a demo.
Result<std::vector<Demo>> read_demos(const fs::path& folder) {
  std::vector<Demo> demos;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (!fs::exists(entry.path() / "demo.json")) continue;
    MIMUS_ASSIGN(const std::string text, read_file(entry.path() / "demo.json", 1U << 20U));
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (!document.is_object()) {
      return fail("demo.syntax", "'" + (entry.path() / "demo.json").string() + "' is no JSON object");
    }
    demos.push_back({entry.path().filename().string(), text_of(document, "title"), text_of(document, "description")});
  }
  if (error) return fail("file.unreadable", "cannot list '" + folder.string() + "': " + error.message());
  std::ranges::sort(demos, {}, &Demo::name);
  return demos;
}

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
  const auto demos = read_demos(*folder);
  if (!demos) return report(demos.error());
  std::string json = "[";
  for (const Demo& demo : *demos) {
    if (!arguments.json) {
      std::printf("%-20s %s: %s\n", demo.name.c_str(), demo.title.c_str(), demo.description.c_str());
      continue;
    }
    if (json.size() > 1) json += ", ";
    json += "{";
    append_member(json, "name", demo.name);
    append_member(json, "title", demo.title);
    append_member(json, "description", demo.description);
    json += "}";
  }
  if (arguments.json) std::printf("%s]\n", json.c_str());
  return kOk;
}

int create_demo(const DemoArguments& arguments) {
  const auto folder = demo_folder(arguments.demos);
  if (!folder) return report(folder.error());
  const auto demos = read_demos(*folder);
  if (!demos) return report(demos.error());
  if (std::ranges::find(*demos, arguments.name, &Demo::name) == demos->end()) {
    std::vector<std::string_view> names;
    for (const Demo& demo : *demos) names.push_back(demo.name);
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
