// Folders below <data>/work that live as long as the process that made them.
//
// The owner holds a lock (flock) on the folder; the kernel takes the lock away when the process ends, however that
// happens. So anybody can tell whether an owner is alive, and remove what the dead have left: no process ids, no
// clocks. A stopped (SIGSTOP) or hanging owner still counts as alive.
//
// Thread-safe as far as different folders go.
#pragma once

#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "store/store.h"

namespace mimus::task {

class WorkFolder {
 public:
  // Makes <data>/work/<kind>-<new uuid>, mode 0700. file.write.
  [[nodiscard]] static Result<WorkFolder> create(const store::Store& store, std::string_view kind);
  WorkFolder(WorkFolder&&) = default;
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder();  // removes it with all that is in it

  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] std::string name() const { return path_.filename().string(); }

 private:
  WorkFolder(fs::path path, Descriptor lock) : path_(std::move(path)), lock_(std::move(lock)) {}

  fs::path path_;
  Descriptor lock_;
};

// True when the folder of that name is there and nobody owns it. When it is not there, nothing is known about its
// owner, who may work on another machine: false.
[[nodiscard]] bool is_abandoned(const store::Store& store, std::string_view name);

// Removes what is in abandoned folders, and those folders that no running task names as its worker.
Status sweep_work_folders(store::Store& store);

// Removes a folder with all that is in it, also where it may not be written.
void remove_tree(const fs::path& folder);

}  // namespace mimus::task
