#include "task/work_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "base/hash.h"

namespace mimus::task {
namespace {

Descriptor open_folder(const fs::path& path) {
  return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
}

// The path still names the folder that is open: nobody has removed it in between.
bool is_same(const fs::path& path, const Descriptor& folder) {
  struct stat by_path{};
  struct stat by_descriptor{};
  return ::stat(path.c_str(), &by_path) == 0 && fstat(folder.get(), &by_descriptor) == 0 &&
         by_path.st_ino == by_descriptor.st_ino && by_path.st_dev == by_descriptor.st_dev;
}

// The folder, locked; empty when it is not there or has an owner.
Descriptor take_abandoned(const fs::path& path) {
  Descriptor folder = open_folder(path);
  if (!folder || flock(folder.get(), LOCK_EX | LOCK_NB) != 0 || !is_same(path, folder)) return {};
  return folder;
}

}  // namespace

Result<WorkFolder> WorkFolder::create(const store::Store& store, std::string_view kind) {
  const fs::path parent = store.work();
  std::error_code error;
  fs::create_directories(parent, error);
  // A sweeper may see the folder before it is locked, and remove it.
  for (int attempt = 0; attempt < 100; ++attempt) {
    const fs::path path = parent / (std::string(kind) + "-" + uuid7());
    if (::mkdir(path.c_str(), 0700) != 0) {
      return fail("file.write", "cannot make the folder '" + path.string() + "': " + errno_text(errno));
    }
    Descriptor lock = open_folder(path);
    if (lock && flock(lock.get(), LOCK_EX) == 0 && is_same(path, lock)) return WorkFolder(path, std::move(lock));
  }
  return fail("file.write", "cannot lock a folder in '" + parent.string() + "'");
}

WorkFolder::~WorkFolder() {
  if (lock_) remove_tree(path_);
}

bool is_abandoned(const store::Store& store, std::string_view name) {
  if (name.empty() || name.find('/') != std::string_view::npos) return false;
  return static_cast<bool>(take_abandoned(store.work() / name));
}

Status sweep_work_folders(store::Store& store) {
  std::vector<std::string> workers;
  MIMUS_TRY(store.metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(const auto running, rows.tasks_with(store::TaskStatus::Running));
    for (const store::Task& task : running) workers.push_back(task.worker);
    return {};
  }));
  std::error_code error;
  std::vector<fs::path> folders;
  for (fs::directory_iterator at(store.work(), error), end; !error && at != end; at.increment(error)) {
    folders.push_back(at->path());
  }
  for (const fs::path& folder : folders) {
    const Descriptor lock = take_abandoned(folder);
    if (!lock) continue;
    // The empty folder of a dead worker says that its claims are void; it goes when they have been taken over.
    const bool named = std::ranges::find(workers, folder.filename().string()) != workers.end();
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      remove_tree(at->path());
    }
    if (!named) remove_tree(folder);
  }
  return {};
}

void remove_tree(const fs::path& folder) {
  std::error_code error;
  fs::permissions(folder, fs::perms::owner_all, error);
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    // Before the iterator goes into it.
    if (at->symlink_status(error).type() == fs::file_type::directory) {
      fs::permissions(at->path(), fs::perms::owner_all, error);
    }
  }
  fs::remove_all(folder, error);
}

}  // namespace mimus::task
