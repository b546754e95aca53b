// The files of a demo. Private to this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "project/projects.h"

namespace mimus::project {

struct DemoFile {
  std::string name;  // in the project
  fs::path path;
};

// demo.not_found, demo.invalid.
[[nodiscard]] Result<Demo> find_demo(const fs::path& folder, std::string_view name);

// All files of a demo but demo.json, in order of name. demo.invalid when one is neither a file nor a folder, or has a
// name that no project's file can have.
[[nodiscard]] Result<std::vector<DemoFile>> list_demo_files(const fs::path& folder, const Demo& demo);

}  // namespace mimus::project
