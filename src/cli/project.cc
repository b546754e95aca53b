#include <cstdio>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/terminal.h"
#include "project/projects.h"

namespace mimus::cli {
namespace {

std::string project_json(const store::Project& project) {
  std::string json = "{";
  append_member(json, "id", project.id);
  append_member(json, "name", project.name);
  append_member(json, "demo", project.demo);
  append_member(json, "created_at", rfc3339(project.created_at));
  json += ", \"files\": " + std::to_string(project.files) + ", \"bytes\": " + std::to_string(project.bytes) + "}";
  return json;
}

std::string project_line(const store::Project& project) {
  return project.id + "  " + rfc3339(project.created_at).substr(0, 10) + "  " + with_thousands(project.files) +
         " files, " + with_thousands(project.bytes) + " bytes  " + escape_controls(project.name);
}

Status print_projects(const StoreArguments& arguments) {
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  project::Files files(store);
  MIMUS_ASSIGN(const auto projects, project::Projects(store, files).list());
  std::string json;
  for (const store::Project& project : projects) {
    if (arguments.json) {
      json += (json.empty() ? "" : ", ") + project_json(project);
    } else {
      std::printf("%s\n", project_line(project).c_str());
    }
  }
  if (arguments.json) std::printf("[%s]\n", json.c_str());
  return {};
}

Result<std::string> clone_into_store(const ProjectCloneArguments& arguments) {
  MIMUS_ASSIGN(const fs::path demos, demo_folder(arguments.demos));
  MIMUS_ASSIGN(store::Store store, store::open_store(arguments.data));
  project::Files files(store);
  MIMUS_ASSIGN(const store::Project project,
               project::Projects(store, files).clone(demos, arguments.demo, arguments.name));
  return project.id;
}

Status delete_from_store(const ProjectDeleteArguments& arguments) {
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  project::Files files(store);
  return project::Projects(store, files).purge(arguments.project);
}

}  // namespace

int clone_project(const ProjectCloneArguments& arguments) {
  const auto id = clone_into_store(arguments);
  if (!id) return report(id.error());
  std::string json = "{";
  append_member(json, "id", *id);
  std::printf("%s\n", arguments.json ? (json + "}").c_str() : id->c_str());
  return kOk;
}

int list_projects(const StoreArguments& arguments) {
  const Status status = print_projects(arguments);
  return status ? kOk : report(status.error());
}

int delete_project(const ProjectDeleteArguments& arguments) {
  const Status status = delete_from_store(arguments);
  return status ? kOk : report(status.error());
}

}  // namespace mimus::cli
