#include "store/blobs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace mimus::store {
namespace {

class FileBytes final : public Bytes {
 public:
  FileBytes(Descriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<char> out) const override {
    std::size_t done = 0;
    while (done < out.size() && offset + done < size_) {
      const ssize_t got = ::pread(file_.get(), out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return fail("store.failed", "cannot read a file of the store: " + errno_text(errno));
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  [[nodiscard]] int descriptor() const override { return file_.get(); }

 private:
  Descriptor file_;
  std::uint64_t size_;
};

}  // namespace

Result<std::unique_ptr<Bytes>> open_bytes(const fs::path& path) {
  // O_NONBLOCK: a pipe that stands in the file's place must not make us wait.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status{};
  if (!file || ::fstat(file.get(), &status) != 0) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENXIO) {
      return fail("file.not_found", "no file '" + path.filename().string() + "'");
    }
    return fail("store.failed", "cannot open '" + path.filename().string() + "': " + errno_text(error));
  }
  if (!S_ISREG(status.st_mode)) return fail("file.not_found", "no file '" + path.filename().string() + "'");
  return std::make_unique<FileBytes>(std::move(file), static_cast<std::uint64_t>(status.st_size));
}

Result<std::string> read_all(const Bytes& bytes, std::uint64_t limit) {
  if (bytes.size() > limit) {
    return fail("file.too_large",
                "the file has " + std::to_string(bytes.size()) + " bytes; the limit is " + std::to_string(limit));
  }
  std::string text(bytes.size(), '\0');
  MIMUS_ASSIGN(const std::size_t got, bytes.read_at(0, text));
  text.resize(got);
  return text;
}

Result<Blob> Blobs::put(std::string_view bytes) {
  MIMUS_ASSIGN(const auto writer, create(bytes.size()));
  MIMUS_TRY(writer->append(bytes));
  return writer->commit();
}

}  // namespace mimus::store
