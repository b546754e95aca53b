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

Status refuse(const fs::path& path, const std::error_code& error) {
  return fail("file.write", "cannot write '" + path.string() + "': " + error.message());
}

// The files of a demo, into a folder of their own; with `overwrite` also over files that are there.
Status copy_demo(const fs::path& from, const fs::path& to, bool overwrite) {
  std::error_code error;
  if (fs::exists(to, error) && !overwrite) {
    return fail("demo.exists", "'" + to.string() + "' exists; nothing was written",
                "--target names another folder, --overwrite writes over the files");
  }
  fs::create_directories(to, error);
  if (error) return refuse(to, error);
  for (const fs::directory_entry& entry : fs::directory_iterator(from, error)) {
    if (entry.path().filename() == "demo.json") continue;
    const fs::path target = to / entry.path().filename();
    fs::copy(entry.path(), target, fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
    if (error) return refuse(target, error);
  }
  return error ? refuse(from, error) : Status();
}

Result<project::Demo> find_demo(const std::vector<project::Demo>& demos, const std::string& name) {
  const auto found = std::ranges::find(demos, name, &project::Demo::name);
  if (found != demos.end()) return *found;
  std::vector<std::string_view> names;
  names.reserve(demos.size());
  for (const project::Demo& demo : demos) names.push_back(demo.name);
  std::string hint = suggest(name, names);
  if (hint.empty()) hint = "mimus demo list shows all";
  return fail("demo.not_found", "no demo '" + name + "'", std::move(hint));
}

int create_one(const fs::path& from, const fs::path& target, bool overwrite) {
  const auto copied = copy_demo(from, target, overwrite);
  if (!copied) return report(copied.error());
  std::printf("%s\n", target.c_str());
  std::fprintf(stderr, "run it: mimus run %s\n", (target / "datamimic.xml").c_str());
  return kOk;
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

int show_demo(const DemoArguments& arguments) {
  const auto folder = demo_folder(arguments.demos);
  if (!folder) return report(folder.error());
  const auto demos = project::list_demos(*folder);
  if (!demos) return report(demos.error());
  const auto demo = find_demo(*demos, arguments.name);
  if (!demo) return report(demo.error());
  std::string tags;
  for (const std::string& tag : demo->tags) tags += (tags.empty() ? "" : ", ") + tag;
  std::printf("Name: %s\nTitle: %s\nDescription: %s\nTags: %s\nUsage: mimus demo create %s\n", demo->name.c_str(),
              demo->title.c_str(), demo->description.c_str(), tags.c_str(), demo->name.c_str());
  return kOk;
}

int create_demo(const DemoArguments& arguments) {
  const auto folder = demo_folder(arguments.demos);
  if (!folder) return report(folder.error());
  const auto demos = project::list_demos(*folder);
  if (!demos) return report(demos.error());
  if (arguments.all) {
    for (const project::Demo& demo : *demos) {
      const fs::path target = fs::path(arguments.target) / demo.name;
      if (const int status = create_one(*folder / demo.name, target, arguments.overwrite); status != kOk) return status;
    }
    return kOk;
  }
  const auto demo = find_demo(*demos, arguments.name);
  if (!demo) return report(demo.error());
  const fs::path target = arguments.target.empty() ? fs::path(demo->name) : fs::path(arguments.target);
  return create_one(*folder / demo->name, target, arguments.overwrite);
}

}  // namespace mimus::cli
