#include "store/store.h"

#include <sys/stat.h>

#include <cerrno>
#include <set>

#include "store/manifest.h"

namespace mimus::store {
namespace {

constexpr const char* kArtifacts = "artifacts";
constexpr const char* kLogs = "logs";
constexpr const char* kWork = "work";

// The answers to repeated requests are kept this long.
constexpr std::int64_t kIdempotencyMicros = kMicrosPerDay;

// Makes the folder for its owner alone; one that exists stays as it is.
Status make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder.parent_path());
  const int error = errno;
  std::error_code unused;
  if (error == EEXIST && fs::is_directory(folder, unused)) return {};
  return fail("store.failed", "cannot make the folder '" + folder.string() + "': " + errno_text(error),
              "--data names the folder of the data");
}

Status make_folders(const fs::path& folder) {
  std::error_code error;
  const fs::path parent = folder.parent_path();
  fs::create_directories(parent, error);
  if (error) return fail("store.failed", "cannot make the folder '" + parent.string() + "': " + error.message());
  MIMUS_TRY(make_folder(folder));
  for (const char* name : {kArtifacts, kLogs, kWork}) MIMUS_TRY(make_folder(folder / name));
  return {};
}

// The blobs that are in use: of files, of the manifests of unfinished tasks, and those that stand in the manifests.
Result<std::vector<std::string>> blobs_in_use(Store& store) {
  std::vector<std::string> live;
  std::vector<std::string> manifests;
  MIMUS_TRY(store.metadata->read([&](Reader& rows) -> Status {
    MIMUS_ASSIGN(live, rows.live_blobs());
    for (const TaskStatus status : {TaskStatus::Pending, TaskStatus::Running}) {
      MIMUS_ASSIGN(const std::vector<Task> tasks, rows.tasks_with(status));
      for (const Task& task : tasks) {
        if (!task.manifest.empty()) manifests.push_back(task.manifest);
      }
    }
    return {};
  }));
  for (const std::string& manifest : manifests) {
    MIMUS_ASSIGN(const auto bytes, store.blobs->open(manifest));
    MIMUS_TRY(append_hashes(*bytes, live));
  }
  return live;
}

// Removes the folders in `folder` that are named after a project that is gone.
Result<std::uint64_t> collect_folders(Store& store, const fs::path& folder, Timestamp older_than) {
  std::vector<fs::path> found;  // before the projects are read: what comes later stays
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) found.push_back(entry.path());
  std::set<std::string> projects;
  MIMUS_TRY(store.metadata->read([&](Reader& rows) -> Status {
    MIMUS_ASSIGN(const std::vector<Project> all, rows.projects());
    for (const Project& project : all) projects.insert(project.id);
    return {};
  }));
  std::uint64_t removed = 0;
  for (const fs::path& path : found) {
    struct stat status{};
    if (projects.contains(path.filename().string()) || ::lstat(path.c_str(), &status) != 0) continue;
    if (status.st_mtim.tv_sec >= older_than.micros / kMicrosPerSecond) continue;
    if (fs::remove_all(path, error) > 0 && !error) ++removed;
  }
  return removed;
}

}  // namespace

fs::path Store::artifacts(std::string_view project) const { return folder / kArtifacts / project; }
fs::path Store::logs(std::string_view project) const { return folder / kLogs / project; }
fs::path Store::work() const { return folder / kWork; }

Result<Store> open_store(const fs::path& folder) {
  if (folder.empty()) return fail("store.failed", "the name of the data folder is empty", "--data names it");
  std::error_code error;
  Store store;
  store.folder = fs::absolute(folder, error);
  if (!store.folder.has_filename()) store.folder = store.folder.parent_path();  // a '/' at the end
  MIMUS_TRY(make_folders(store.folder));
  MIMUS_ASSIGN(store.metadata, open_sqlite(store.folder / "mimus.db"));
  MIMUS_ASSIGN(store.blobs, open_blob_folder(store.folder));
  return store;
}

Result<std::uint64_t> collect_garbage(Store& store, Timestamp older_than) {
  MIMUS_ASSIGN(std::vector<std::string> live, blobs_in_use(store));
  MIMUS_ASSIGN(std::uint64_t removed, store.blobs->collect(std::move(live), older_than));
  for (const char* name : {kArtifacts, kLogs}) {
    MIMUS_ASSIGN(const std::uint64_t folders, collect_folders(store, store.folder / name, older_than));
    removed += folders;
  }
  MIMUS_TRY(store.metadata->write(
      [&](Writer& rows) { return rows.remove_idempotency_keys({older_than.micros - kIdempotencyMicros}); }));
  return removed;
}

}  // namespace mimus::store
