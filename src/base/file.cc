#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/hash.h"
#include "base/text.h"

namespace mimus {
namespace {

std::unexpected<Diagnostic> open_failure(const fs::path& path, int error) {
  if (error == ENOENT || error == ENOTDIR) return fail("file.not_found", "no file '" + path.string() + "'");
  return fail("file.unreadable", "cannot read '" + path.string() + "': " + errno_text(error));
}

}  // namespace

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::string errno_text(int error) { return std::system_category().message(error); }

Result<std::string> read_file(const fs::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return open_failure(path, errno);
  struct stat info{};
  if (fstat(file.get(), &info) == 0 && S_ISDIR(info.st_mode)) return open_failure(path, EISDIR);
  std::string out;
  if (info.st_size > 0) out.reserve(static_cast<std::size_t>(info.st_size));
  char buffer[65536];
  while (true) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return open_failure(path, errno);
    if (got == 0) return out;
    if (out.size() + static_cast<std::size_t>(got) > limit) {
      return fail("file.too_large", "'" + path.string() + "' is larger than " + std::to_string(limit) + " bytes");
    }
    out.append(buffer, static_cast<std::size_t>(got));
  }
}

Result<MappedFile> MappedFile::open(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return open_failure(path, errno);
  struct stat info{};
  if (fstat(file.get(), &info) != 0) return open_failure(path, errno);
  if (!S_ISREG(info.st_mode)) return fail("file.unreadable", "'" + path.string() + "' is not a regular file");
  MappedFile mapped;
  if (info.st_size == 0) return mapped;
  void* data = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (data == MAP_FAILED) return open_failure(path, errno);
  mapped.data_ = {static_cast<const char*>(data), static_cast<std::size_t>(info.st_size)};
  return mapped;
}

MappedFile::~MappedFile() {
  if (!data_.empty()) munmap(const_cast<char*>(data_.data()), data_.size());
}

Status write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail("file.write", "cannot write: " + errno_text(errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status write_file(const fs::path& path, std::string_view bytes, bool sync) {
  std::array<std::uint8_t, 8> noise{};
  random_bytes(noise);
  fs::path temporary = path;
  temporary += ".tmp-" + hex(noise);
  const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!file) return fail("file.write", "cannot create '" + temporary.string() + "': " + errno_text(errno));
  Status status = write_all(file.get(), bytes);
  if (status && sync && fdatasync(file.get()) != 0) status = fail("file.write", "cannot sync: " + errno_text(errno));
  if (status && ::rename(temporary.c_str(), path.c_str()) != 0) {
    status = fail("file.write", "cannot rename to '" + path.string() + "': " + errno_text(errno));
  }
  if (!status) {
    ::unlink(temporary.c_str());
    return status;
  }
  return sync ? sync_folder(path.parent_path()) : status;
}

Status sync_folder(const fs::path& folder) {
  const Descriptor handle(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle || fsync(handle.get()) != 0) {
    return fail("file.write", "cannot sync '" + folder.string() + "': " + errno_text(errno));
  }
  return {};
}

Result<fs::path> resolve_below(const fs::path& root, std::string_view relative) {
  std::error_code error;
  const fs::path base = fs::weakly_canonical(root, error);
  if (error) return fail("file.unreadable", "cannot resolve '" + root.string() + "': " + error.message());
  if (relative.find('\0') != std::string_view::npos) return fail("file.outside", "a path holds a NUL character");
  fs::path wanted = fs::weakly_canonical(base / fs::path(relative), error);
  if (error) return fail("file.unreadable", "cannot resolve '" + std::string(relative) + "': " + error.message());
  const auto [rest, unused] = std::mismatch(base.begin(), base.end(), wanted.begin(), wanted.end());
  if (rest != base.end()) {
    return fail("file.outside", "'" + std::string(relative) + "' leads outside of the project's folder",
                "paths are relative to the main descriptor's folder and stay below it");
  }
  return wanted;
}

bool is_output_name(std::string_view name) {
  constexpr std::size_t kMaxPart = 200, kMaxParts = 16;
  const auto parts = split(name, '/');
  const auto is_good = [](std::string_view part) { return !part.empty() && part[0] != '.' && part.size() <= kMaxPart; };
  const auto is_bad = [](char c) { return c == '\\' || (c >= 0 && c < 0x20) || c == 0x7F; };
  return parts.size() <= kMaxParts && std::ranges::all_of(parts, is_good) && std::ranges::none_of(name, is_bad) &&
         is_utf8(name);
}

}  // namespace mimus
