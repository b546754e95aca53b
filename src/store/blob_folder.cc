// Blobs in a folder:
//
//   blobs/ab/cdef…   64 hex digits in all, mode 0400
//   blobs/lock       flock(2): shared while a blob is taken for existing, exclusive while one is removed
//   tmp/upload-…     blobs being written
#include <fcntl.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>

#include "base/hash.h"
#include "store/blobs.h"

namespace mimus::store {
namespace {

constexpr std::size_t kHashDigits = 64;
constexpr std::string_view kUploadPrefix = "upload-";

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::unexpected<Diagnostic> disk_failure(std::string_view what, int error) {
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return fail("store.full", "there is no room left on the disk of the data folder", "free some space");
  }
  return fail("store.failed", "cannot " + std::string(what) + " in the data folder: " + errno_text(error));
}

Status write_bytes(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return disk_failure("write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status sync_entries(const fs::path& folder) {
  const Descriptor entries(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!entries || ::fsync(entries.get()) != 0) return disk_failure("sync a folder", errno);
  return {};
}

Status make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return disk_failure("make a folder", errno);
  return {};
}

bool is_before(const struct stat& status, Timestamp time) {
  return status.st_mtim.tv_sec * kMicrosPerSecond + status.st_mtim.tv_nsec / 1000 < time.micros;
}

// A lock on the whole folder, held for the life of the object. Each object has an open file of its own, so that it also
// excludes other threads of this process.
class FolderLock {
 public:
  [[nodiscard]] static Result<FolderLock> take(const fs::path& file, int operation) {
    FolderLock lock;
    lock.file_ = Descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.file_) return disk_failure("open the lock", errno);
    while (::flock(lock.file_.get(), operation) != 0) {
      if (errno != EINTR) return disk_failure("lock the blobs", errno);
    }
    return lock;
  }

 private:
  Descriptor file_;
};

class BlobFolder final : public Blobs {
 public:
  explicit BlobFolder(const fs::path& folder) : blobs_(folder / "blobs"), uploads_(folder / "tmp") {}

  [[nodiscard]] Status make() const {
    for (const fs::path& folder : {blobs_, uploads_}) MIMUS_TRY(make_folder(folder));
    return sync_entries(blobs_.parent_path());
  }

  [[nodiscard]] Result<std::unique_ptr<BlobWriter>> create(std::uint64_t limit) override;
  [[nodiscard]] Result<std::unique_ptr<Bytes>> open(std::string_view sha256) const override;
  [[nodiscard]] Status copy_to(std::string_view sha256, const fs::path& path) const override;
  [[nodiscard]] Status touch(std::string_view sha256) override;
  Result<std::uint64_t> collect(std::vector<std::string> live, Timestamp older_than) override;

  // Gives the finished file `upload` its name.
  [[nodiscard]] Status adopt(const fs::path& upload, std::string_view sha256);

 private:
  [[nodiscard]] fs::path lock_file() const { return blobs_ / "lock"; }
  [[nodiscard]] fs::path folder_of(std::string_view sha256) const { return blobs_ / sha256.substr(0, 2); }
  [[nodiscard]] fs::path path_of(std::string_view sha256) const { return folder_of(sha256) / sha256.substr(2); }
  [[nodiscard]] Status make_folder_of(std::string_view sha256);
  [[nodiscard]] Result<bool> remove_when_old(const fs::path& path, Timestamp older_than) const;

  fs::path blobs_;
  fs::path uploads_;
  std::array<std::atomic<bool>, 256> made_{};  // folders known to be on the disk
};

class FileWriter final : public BlobWriter {
 public:
  FileWriter(BlobFolder& blobs, fs::path path, Descriptor file, std::uint64_t limit)
      : blobs_(&blobs), path_(std::move(path)), file_(std::move(file)), limit_(limit) {}
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;
  ~FileWriter() override {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  [[nodiscard]] Status append(std::string_view bytes) override {
    if (bytes.size() > limit_ - size_) {
      return fail("file.too_large", "the file has more than " + std::to_string(limit_) + " bytes, the limit");
    }
    MIMUS_TRY(write_bytes(file_.get(), bytes));
    hash_.update(bytes);
    size_ += bytes.size();
    return {};
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  [[nodiscard]] Result<Blob> commit() override {
    if (::fsync(file_.get()) != 0) return disk_failure("sync", errno);
    file_.close();
    Blob blob{.sha256 = hash_.hex_digest(), .size = size_};
    MIMUS_TRY(blobs_->adopt(path_, blob.sha256));
    path_.clear();
    return blob;
  }

 private:
  BlobFolder* blobs_;
  fs::path path_;  // empty when there is nothing to remove any more
  Descriptor file_;
  std::uint64_t limit_;
  std::uint64_t size_ = 0;
  Sha256 hash_;
};

Result<std::unique_ptr<BlobWriter>> BlobFolder::create(std::uint64_t limit) {
  std::array<std::uint8_t, 16> noise{};
  random_bytes(noise);
  fs::path path = uploads_ / (std::string(kUploadPrefix) + hex(noise));
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
  if (!file) return disk_failure("make a file", errno);
  return std::make_unique<FileWriter>(*this, std::move(path), std::move(file), limit);
}

Result<std::unique_ptr<Bytes>> BlobFolder::open(std::string_view sha256) const {
  if (!is_hash(sha256)) return fail("blob.missing", "'" + std::string(sha256) + "' is no name of a blob");
  auto bytes = open_bytes(path_of(sha256));
  if (!bytes && bytes.error().code == "file.not_found") {
    return fail("blob.missing", "blob '" + std::string(sha256) + "' is not in the store");
  }
  return bytes;
}

Status BlobFolder::copy_to(std::string_view sha256, const fs::path& path) const {
  MIMUS_ASSIGN(const auto bytes, open(sha256));
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
  if (!file) return disk_failure("make a copy", errno);
  off_t offset = 0;
  while (static_cast<std::uint64_t>(offset) < bytes->size()) {
    const ssize_t sent = ::sendfile(file.get(), bytes->descriptor(), &offset,
                                    static_cast<std::size_t>(bytes->size() - static_cast<std::uint64_t>(offset)));
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (sent == 0) errno = EIO;  // the blob has become shorter: never by us
    if (sent > 0) continue;
    const int error = errno;
    ::unlink(path.c_str());
    return disk_failure("write a copy", error);
  }
  return {};
}

// Another process may have made the folder, and not yet synced it: this process does so once for itself.
Status BlobFolder::make_folder_of(std::string_view sha256) {
  unsigned index = 0;
  const std::string_view digits = sha256.substr(0, 2);
  std::from_chars(digits.data(), digits.data() + digits.size(), index, 16);
  if (made_.at(index)) return {};
  MIMUS_TRY(make_folder(folder_of(sha256)));
  MIMUS_TRY(sync_entries(blobs_));
  made_.at(index) = true;
  return {};
}

Status BlobFolder::adopt(const fs::path& upload, std::string_view sha256) {
  MIMUS_TRY(make_folder_of(sha256));
  {
    MIMUS_ASSIGN(const FolderLock lock, FolderLock::take(lock_file(), LOCK_SH));
    const fs::path path = path_of(sha256);
    // The newcomer takes the place: same bytes, and a new time of writing.
    if (::rename(upload.c_str(), path.c_str()) != 0) return disk_failure("rename a file", errno);
  }
  return sync_entries(folder_of(sha256));
}

Status BlobFolder::touch(std::string_view sha256) {
  if (!is_hash(sha256)) return fail("blob.missing", "'" + std::string(sha256) + "' is no name of a blob");
  MIMUS_ASSIGN(const FolderLock lock, FolderLock::take(lock_file(), LOCK_SH));
  if (::utimensat(AT_FDCWD, path_of(sha256).c_str(), nullptr, AT_SYMLINK_NOFOLLOW) == 0) return {};
  if (errno == ENOENT) return fail("blob.missing", "blob '" + std::string(sha256) + "' is not in the store");
  return disk_failure("touch a file", errno);
}

Result<bool> BlobFolder::remove_when_old(const fs::path& path, Timestamp older_than) const {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || !is_before(status, older_than)) return false;
  // Looked at again under the lock: between the two a writer may have brought the blob back into use.
  MIMUS_ASSIGN(const FolderLock lock, FolderLock::take(lock_file(), LOCK_EX));
  if (::lstat(path.c_str(), &status) != 0 || !is_before(status, older_than)) return false;
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return disk_failure("remove a file", errno);
  return true;
}

Result<std::uint64_t> BlobFolder::collect(std::vector<std::string> live, Timestamp older_than) {
  std::ranges::sort(live);
  std::uint64_t removed = 0;
  std::error_code error;
  for (const fs::directory_entry& folder : fs::directory_iterator(blobs_, error)) {
    const std::string prefix = folder.path().filename().string();
    if (prefix.size() != 2) continue;
    for (const fs::directory_entry& file : fs::directory_iterator(folder.path(), error)) {
      const std::string sha256 = prefix + file.path().filename().string();
      if (!is_hash(sha256) || std::ranges::binary_search(live, sha256)) continue;
      MIMUS_ASSIGN(const bool gone, remove_when_old(file.path(), older_than));
      removed += gone ? 1 : 0;
    }
  }
  for (const fs::directory_entry& file : fs::directory_iterator(uploads_, error)) {
    if (!file.path().filename().string().starts_with(kUploadPrefix)) continue;
    MIMUS_ASSIGN(const bool gone, remove_when_old(file.path(), older_than));
    removed += gone ? 1 : 0;
  }
  return removed;
}

}  // namespace

Result<std::unique_ptr<Blobs>> open_blob_folder(const fs::path& folder) {
  auto blobs = std::make_unique<BlobFolder>(folder);
  MIMUS_TRY(blobs->make());
  return blobs;
}

}  // namespace mimus::store
