// Projects and the demos they can be made from. Thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "project/files.h"
#include "store/store.h"

namespace mimus::project {

using store::Project;

// A folder with a demo.json {title, description, tags} and the files of a project.
struct Demo {
  std::string name;  // of the folder
  std::string title;
  std::string description;
  std::vector<std::string> tags;
};

// The demos in `folder`, in order of name. Fails with demo.invalid when a demo.json cannot be read.
[[nodiscard]] Result<std::vector<Demo>> list_demos(const fs::path& folder);

class Projects {
 public:
  // `store` and `files` must outlive the service.
  Projects(store::Store& store, Files& files, store::Clock clock = now);

  // An empty project. project.bad_name: the name is empty, over 200 bytes, not UTF-8 or holds control characters.
  // Names need not be unique.
  [[nodiscard]] Result<Project> create(std::string_view name);
  // A project with the files of a demo (all but demo.json). `name`: the demo's title when empty. It appears complete or
  // not at all. demo.not_found, demo.invalid, project.bad_name, and what Files::create may say.
  [[nodiscard]] Result<Project> clone(const fs::path& demos, std::string_view demo, std::string_view name = {});
  [[nodiscard]] Result<std::vector<Project>> list() const;
  // project.not_found.
  [[nodiscard]] Result<Project> get(std::string_view id) const;
  // With its files, tokens, tasks and artifacts; its running tasks are stopped within a second. project.not_found.
  [[nodiscard]] Status remove(std::string_view id);

 private:
  store::Store* store_;
  Files* files_;
  store::Clock clock_;
};

}  // namespace mimus::project
