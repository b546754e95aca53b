#include "task/publish.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>

#include "base/hash.h"
#include "base/text.h"
#include "project/names.h"

namespace mimus::task {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;
constexpr std::size_t kSyncOneByOne = 64;

std::unexpected<Diagnostic> bad_artifact(const std::string& name, const std::string& what) {
  return fail("task.artifact", "the task's file '" + escape_controls(name) + "' " + what);
}

std::unexpected<Diagnostic> io_failure(const std::string& what, int error) {
  if (error == ENOSPC || error == EDQUOT) return fail("store.full", "there is no room on the disk: cannot " + what);
  return fail("store.failed", "cannot " + what + ": " + errno_text(error));
}

// Opens a file that must be plain, with one name, as it was when it was listed.
Result<Descriptor> open_plain(const fs::path& path, const FoundFile& file) {
  Descriptor opened(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat state{};
  if (!opened || fstat(opened.get(), &state) != 0) return io_failure("read '" + file.name + "'", errno);
  if (!S_ISREG(state.st_mode) || state.st_nlink != 1 || static_cast<std::uint64_t>(state.st_size) != file.size) {
    return bad_artifact(file.name, "has changed after the task's end");
  }
  return opened;
}

Result<std::string> hash_of(const Descriptor& file, const std::string& name, std::string& buffer,
                            const std::function<bool()>& is_stopped) {
  Sha256 hash;
  while (true) {
    const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_failure("read '" + name + "'", errno);
    if (got == 0) return hash.hex_digest();
    hash.update({buffer.data(), static_cast<std::size_t>(got)});
    if (is_stopped()) return fail("task.stopped", "the task was stopped");
  }
}

// One call for all files when there are many: it is the device that has to be waited for, once.
Status sync_all(const fs::path& folder, const std::vector<FoundFile>& files) {
  if (files.size() > kSyncOneByOne) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened || syncfs(opened.get()) != 0) return io_failure("make the artifacts durable", errno);
    return {};
  }
  std::set<fs::path> folders = {folder};
  for (const FoundFile& file : files) {
    for (fs::path parent = (folder / file.name).parent_path(); parent != folder; parent = parent.parent_path()) {
      folders.insert(parent);
    }
  }
  for (const fs::path& path : folders) MIMUS_TRY(sync_folder(path));
  return {};
}

}  // namespace

FolderUse measure(const fs::path& folder, std::uint64_t most) {
  FolderUse use;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; at != end && use.entries <= most; at.increment(error)) {
    if (error) break;
    ++use.entries;
    struct stat state{};
    // What it takes on the disk, not its length: files may have holes.
    if (lstat(at->path().c_str(), &state) == 0 && S_ISREG(state.st_mode)) {
      use.bytes += static_cast<std::uint64_t>(state.st_blocks) * 512;
    }
  }
  return use;
}

Result<std::vector<FoundFile>> list_files(const fs::path& folder, std::uint64_t most) {
  std::vector<FoundFile> files;
  std::error_code error;
  if (!fs::exists(folder, error)) return files;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().lexically_relative(folder).generic_string();
    struct stat state{};
    if (lstat(at->path().c_str(), &state) != 0) return io_failure("read '" + name + "'", errno);
    if (S_ISDIR(state.st_mode)) continue;
    if (!S_ISREG(state.st_mode)) return bad_artifact(name, "is no plain file");
    if (state.st_nlink != 1) return bad_artifact(name, "has a second name");
    const auto checked = project::check_file_name(name);
    if (!checked) return bad_artifact(name, "has a name that is not allowed: " + checked.error().message);
    if (*checked != name) return bad_artifact(name, "has a name that is not in Unicode form NFC");
    files.push_back({name, static_cast<std::uint64_t>(state.st_size)});
    if (files.size() > most) {
      return fail("task.limit", "the task made more than " + with_thousands(most) + " files");
    }
  }
  if (error) return fail("store.failed", "cannot list the task's files: " + error.message());
  std::ranges::sort(files, {}, &FoundFile::name);
  return files;
}

Result<Product> seal(const fs::path& folder, const std::vector<FoundFile>& files,
                     const std::map<std::string, std::uint64_t, std::less<>>& records, std::string_view task,
                     Timestamp now, const std::function<bool()>& is_stopped) {
  Product product;
  std::string buffer(kPiece, '\0');
  for (const FoundFile& file : files) {
    const fs::path path = folder / file.name;
    MIMUS_ASSIGN(const Descriptor opened, open_plain(path, file));
    store::Artifact artifact;
    artifact.task_id = task;
    artifact.name = file.name;
    artifact.size = file.size;
    artifact.created_at = now;
    MIMUS_ASSIGN(artifact.sha256, hash_of(opened, file.name, buffer, is_stopped));
    if (const auto found = records.find(file.name); found != records.end()) artifact.records = found->second;
    fchmod(opened.get(), 0400);
    if (files.size() <= kSyncOneByOne && fsync(opened.get()) != 0) {
      return io_failure("make '" + file.name + "' durable", errno);
    }
    product.bytes += file.size;
    product.artifacts.push_back(std::move(artifact));
  }
  if (!files.empty()) MIMUS_TRY(sync_all(folder, files));
  product.content_hash = content_hash(product.artifacts);
  return product;
}

std::string content_hash(const std::vector<store::Artifact>& artifacts) {
  Sha256 hash;
  for (const store::Artifact& artifact : artifacts) {
    hash.update(artifact.name);
    hash.update(std::string_view("\0", 1));
    hash.update(artifact.sha256);
    hash.update("\n");
  }
  return hash.hex_digest();
}

Status move_into_place(const fs::path& folder, const fs::path& place, const fs::path& scrap) {
  std::error_code error;
  const fs::path parent = place.parent_path();
  if (!fs::exists(parent, error)) {
    fs::create_directories(parent, error);
    MIMUS_TRY(sync_folder(parent.parent_path()));
  }
  if (::rename(place.c_str(), scrap.c_str()) != 0 && errno != ENOENT) {
    return io_failure("move what an earlier attempt has left away", errno);
  }
  if (::rename(folder.c_str(), place.c_str()) != 0) return io_failure("publish the artifacts", errno);
  return sync_folder(parent);
}

}  // namespace mimus::task
