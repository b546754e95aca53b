// From the files that a process has left to a task's artifacts: inspected, hashed, durable, then visible by one rename.
//
// Nothing that the process says about its files is believed but the numbers of records.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "store/store.h"

namespace mimus::task {

struct FoundFile {
  std::string name;  // below the folder, '/'-separated
  std::uint64_t size = 0;
};

struct FolderUse {
  std::uint64_t bytes = 0;    // of the files
  std::uint64_t entries = 0;  // files and folders
};

// What is below `folder` so far, hidden files included; stops counting past `most` entries. For limits while a task
// runs; errors count as nothing.
[[nodiscard]] FolderUse measure(const fs::path& folder, std::uint64_t most);

// The files below `folder`, in order of name; none when the folder is absent. task.artifact when anything is not a
// plain file or folder, has a second name, or a name that a project's file could not have; task.limit past `most`
// files.
[[nodiscard]] Result<std::vector<FoundFile>> list_files(const fs::path& folder, std::uint64_t most);

struct Product {
  std::vector<store::Artifact> artifacts;  // in order of name
  std::uint64_t bytes = 0;
  std::string content_hash;
};

// Hashes the files of `folder` and makes them durable. `records`: by name. `is_stopped` is asked now and then; true
// ends with task.stopped.
[[nodiscard]] Result<Product> seal(const fs::path& folder, const std::vector<FoundFile>& files,
                                   const std::map<std::string, std::uint64_t, std::less<>>& records,
                                   std::string_view task, Timestamp now, const std::function<bool()>& is_stopped);

// SHA-256 over "<name>\0<sha256>\n" for each artifact in order of name.
[[nodiscard]] std::string content_hash(const std::vector<store::Artifact>& artifacts);

// Moves the folder to its place, durably. What a worker that died in between has left there goes to `scrap`.
[[nodiscard]] Status move_into_place(const fs::path& folder, const fs::path& place, const fs::path& scrap);

}  // namespace mimus::task
