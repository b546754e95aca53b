// Content-addressed bytes: what files are made of. A blob is named by its SHA-256 and never changes.
//
// An interface, so that object storage can take the place of a folder. The metadata store says which blobs are in use;
// the others are removed by collect() when they are older than a grace time, so that a blob may be written first and
// named by a row afterwards.
//
// Thread-safe: Blobs yes (also several processes over one folder); a BlobWriter belongs to one thread at a time; Bytes
// yes.
// Errors: file.too_large (past the writer's limit), blob.missing, store.full (no room on the disk), store.failed.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "base/time.h"

namespace mimus::store {

struct Blob {
  std::string sha256;  // 64 lower-case hex digits
  std::uint64_t size = 0;
};

// Receives one blob piece by piece. A writer destroyed without commit() leaves nothing; one that dies with the process
// leaves a temporary file that collect() removes.
class BlobWriter {
 public:
  virtual ~BlobWriter() = default;
  // After a failure the writer is of no more use.
  [[nodiscard]] virtual Status append(std::string_view bytes) = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Makes the blob durable. Call once. A blob that exists already is kept, and counts as new for collect().
  [[nodiscard]] virtual Result<Blob> commit() = 0;
};

// Immutable bytes at rest that can be read from any place.
class Bytes {
 public:
  virtual ~Bytes() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Reads up to out.size() bytes from `offset`; returns how many: fewer only at the end, 0 past it.
  [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<char> out) const = 0;
  // The open file for sendfile(2), or -1 when the bytes are not in one. Owned by this object.
  [[nodiscard]] virtual int descriptor() const = 0;
};

// A file of the disk as Bytes. Does not follow a symbolic link in the last place; fails with file.not_found.
[[nodiscard]] Result<std::unique_ptr<Bytes>> open_bytes(const fs::path& path);
// All of it; fails with file.too_large past `limit`.
[[nodiscard]] Result<std::string> read_all(const Bytes& bytes, std::uint64_t limit);

class Blobs {
 public:
  virtual ~Blobs() = default;

  // A writer that takes at most `limit` bytes.
  [[nodiscard]] virtual Result<std::unique_ptr<BlobWriter>> create(std::uint64_t limit) = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<Bytes>> open(std::string_view sha256) const = 0;
  // Copies the blob to a new file that nobody may write (mode 0400). Never a link: what is done to the copy does not
  // reach the blob.
  [[nodiscard]] virtual Status copy_to(std::string_view sha256, const fs::path& path) const = 0;
  // The blob counts as new for collect(). For one that is about to go out of use: somebody may have just read its name.
  [[nodiscard]] virtual Status touch(std::string_view sha256) = 0;
  // Removes the blobs that are not in `live` and the leftovers of writers, when they were last written before
  // `older_than`. Returns how many files went.
  virtual Result<std::uint64_t> collect(std::vector<std::string> live, Timestamp older_than) = 0;

  // Bytes that are at hand, in one call.
  [[nodiscard]] Result<Blob> put(std::string_view bytes);
};

// Blobs below `folder`/blobs, written in `folder`/tmp; both are made.
[[nodiscard]] Result<std::unique_ptr<Blobs>> open_blob_folder(const fs::path& folder);

}  // namespace mimus::store
