#include "run/output.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/hash.h"

namespace mimus {
namespace {

std::unexpected<Diagnostic> cannot_write(const fs::path& path, int error) {
  return fail("output.write", "cannot write '" + path.string() + "': " + errno_text(error));
}

std::string random_name() {
  std::array<std::uint8_t, 8> bytes{};
  random_bytes(bytes);
  return hex(bytes);
}

// Renames unless the new name is taken; errno tells.
bool rename_to_free(const fs::path& from, const fs::path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // The file system knows no such rename.
  struct stat status{};
  if (lstat(to.c_str(), &status) == 0) {
    errno = EEXIST;
    return false;
  }
  return rename(from.c_str(), to.c_str()) == 0;
}

}  // namespace

OutputFolder::~OutputFolder() {
  std::error_code error;
  if (!hidden_.empty()) fs::remove_all(hidden_, error);
}

Status OutputFolder::make_hidden() {
  const fs::path beside = folder_.has_parent_path() ? folder_.parent_path() : fs::path(".");
  std::error_code error;
  fs::create_directories(beside, error);
  if (error) return cannot_write(beside, error.value());
  fs::path hidden = beside / ("." + folder_.filename().string() + "." + random_name());
  if (mkdir(hidden.c_str(), 0755) != 0) return cannot_write(hidden, errno);
  hidden_ = std::move(hidden);
  return {};
}

Result<UnfinishedFile> OutputFolder::create() {
  if (hidden_.empty()) MIMUS_TRY(make_hidden());
  fs::path path = hidden_ / std::to_string(files_++);
  Descriptor descriptor(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!descriptor) return cannot_write(path, errno);
  return UnfinishedFile{std::move(descriptor), std::move(path)};
}

Status OutputFolder::complete(UnfinishedFile& file) {
  if (sync_ && fsync(file.descriptor.get()) != 0) return cannot_write(file.path, errno);
  file.descriptor.close();
  return {};
}

Result<std::string> OutputFolder::publish(const fs::path& file, std::string_view stem, std::string_view extension) {
  if (!has_folder_) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) return cannot_write(folder_, error.value());
    has_folder_ = true;
  }
  if (stem.contains('/')) {
    std::error_code error;
    const fs::path parent = (folder_ / stem).parent_path();
    fs::create_directories(parent, error);
    if (error) return cannot_write(parent, error.value());
  }
  for (std::uint64_t k = 0;; ++k) {
    std::string name(stem);
    if (k > 0) name += "_" + std::to_string(k);
    name += "." + std::string(extension);
    if (rename_to_free(file, folder_ / name)) return name;
    if (errno != EEXIST) return cannot_write(folder_ / name, errno);
  }
}

void OutputFolder::withdraw(const std::string& name) {
  std::error_code error;
  fs::remove(folder_ / name, error);
}

Status OutputFolder::sync() { return sync_ && !hidden_.empty() ? sync_folder(folder_) : Status(); }

}  // namespace mimus
