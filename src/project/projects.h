// Projects and the demos they can be made from. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "project/files.h"
#include "store/store.h"

namespace mimus::project {

using store::Project;

// A folder with a demo.json {title, description, tags, sample, needs} and the files of a project.
struct Demo {
  std::string name;  // of the folder
  std::string title;
  std::string description;
  std::vector<std::string> tags;
  std::string sample_file;         // an artifact of the demo; empty when none is shown
  std::string sample_text;         // the beginning of it
  std::vector<std::string> needs;  // servers that it works with
};

struct DemoFile {
  std::string name;  // in the project
  fs::path path;
};

// The demos in `folder`, in order of name. Fails with demo.invalid when a demo.json cannot be read.
[[nodiscard]] Result<std::vector<Demo>> list_demos(const fs::path& folder);
// demo.not_found, demo.invalid.
[[nodiscard]] Result<Demo> find_demo(const fs::path& folder, std::string_view name);
// All files of a demo but demo.json, in order of name. demo.invalid when one is neither a file nor a folder, or has a
// name that no project's file can have.
[[nodiscard]] Result<std::vector<DemoFile>> list_demo_files(const fs::path& folder, const Demo& demo);

using store::ProjectSettings;

struct ProjectLimits {
  std::int64_t grace_seconds = 7 * 86'400;  // a deleted project can be restored so long
};

// What is to be changed of a project; the rest stays.
struct ProjectChange {
  std::optional<std::string> name;
  std::optional<ProjectSettings> settings;
  std::optional<bool> is_template;
};

struct OwnProject {
  Project project;
  store::ProjectRole role;
};

// Every change is in the audit log. Whoever makes a project as a user is its owner.
class Projects {
 public:
  // `store` and `files` must outlive the service.
  Projects(store::Store& store, Files& files, ProjectLimits limits = {}, store::Clock clock = now);

  // An empty project. project.bad_name: the name is empty, over 200 bytes, not UTF-8 or holds control characters.
  // Names need not be unique.
  [[nodiscard]] Result<Project> create(std::string_view name, const Actor& actor = people::command_line());
  // A project with the files of a demo (all but demo.json). `name`: the demo's title when empty. It appears complete or
  // not at all. demo.not_found, demo.invalid, project.bad_name, and what Files::create may say.
  [[nodiscard]] Result<Project> clone(const fs::path& demos, std::string_view demo, std::string_view name = {},
                                      const Actor& actor = people::command_line());
  // A project with the files and settings of a template. template.not_found, project.bad_name.
  [[nodiscard]] Result<Project> create_from(std::string_view template_id, std::string_view name, const Actor& actor);
  // A project with these files. What Files::create may say; project.bad_name, project.bad_settings.
  [[nodiscard]] Result<Project> import(std::string_view name, const ProjectSettings& settings,
                                       const std::vector<FileContent>& contents, const Actor& actor);
  // Oldest first; those that are deleted are among them only when asked for.
  [[nodiscard]] Result<std::vector<Project>> list(bool with_deleted = false) const;
  // Those that a user is a member of, oldest first.
  [[nodiscard]] Result<std::vector<OwnProject>> list_of(std::string_view user, bool with_deleted = false) const;
  // project.not_found, also when it is deleted.
  [[nodiscard]] Result<Project> get(std::string_view id) const;
  // project.not_found, project.bad_name, project.bad_settings.
  [[nodiscard]] Result<Project> update(std::string_view id, const ProjectChange& change, const Actor& actor);

  // From now on the project is found by nobody, and its tasks are cancelled; it goes for good after the time of grace.
  // project.not_found.
  [[nodiscard]] Result<Project> remove(std::string_view id, const Actor& actor);
  // Within the time of grace. project.not_found, project.not_deleted.
  [[nodiscard]] Result<Project> restore(std::string_view id, const Actor& actor);
  // For good, with its files, tokens, tasks and artifacts; its running tasks are stopped within a second.
  // project.not_found.
  [[nodiscard]] Status purge(std::string_view id, const Actor& actor = people::command_line());
  // Purges the projects whose time of grace is over. Returns how many there were.
  [[nodiscard]] Result<std::uint64_t> purge_deleted();

 private:
  store::Store* store_;
  Files* files_;
  ProjectLimits limits_;
  store::Clock clock_;
};

}  // namespace mimus::project
