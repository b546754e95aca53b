// Files: reading whole, mapping, writing atomically. Thread-safe.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace mimus {

namespace fs = std::filesystem;

// An open file descriptor, closed at the end of its life.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { close(); }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  void close();

 private:
  int fd_ = -1;
};

// "No such file or directory" and the like, for the current errno.
[[nodiscard]] std::string errno_text(int error);

// The whole file; fails with file.not_found, file.unreadable, or file.too_large past `limit` bytes.
[[nodiscard]] Result<std::string> read_file(const fs::path& path, std::size_t limit = std::size_t{1} << 32U);

// A file mapped for reading; its bytes stay valid for the life of the object.
class MappedFile {
 public:
  [[nodiscard]] static Result<MappedFile> open(const fs::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept : data_(std::exchange(other.data_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    return *this;
  }
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const { return data_; }

 private:
  std::string_view data_;
};

// Writes all bytes to a descriptor, over short writes and interruptions.
[[nodiscard]] Status write_all(int fd, std::string_view bytes);

// Replaces `path` with `bytes`: a temporary file beside it, made durable when `sync`, then renamed.
[[nodiscard]] Status write_file(const fs::path& path, std::string_view bytes, bool sync = false);

// Makes a folder's entries durable.
[[nodiscard]] Status sync_folder(const fs::path& folder);

// True for names that a descriptor may give to its files: relative, with '/' between parts that are neither empty nor
// begin with a dot, UTF-8 without control characters and backslashes; at most 16 parts of 200 bytes.
[[nodiscard]] bool is_output_name(std::string_view name);

// Resolves `relative` below `root`, following symbolic links, and refuses (file.outside) whatever ends up outside. The
// file need not exist.
[[nodiscard]] Result<fs::path> resolve_below(const fs::path& root, std::string_view relative);

}  // namespace mimus
