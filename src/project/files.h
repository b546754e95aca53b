// The files of a project, and the leases under which they are edited.
//
// Bytes are handed over as blobs: open_upload() gives a writer, and the committed blob becomes a file by create(),
// update() or put(). So an upload that breaks off changes nothing, and each change is one durable transaction.
//
// Thread-safe, also several processes over one store.
// Errors of every function: project.not_found; store.busy, store.failed; and those named with it. A function given a
// name checks it (file.bad_name).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "people/actor.h"
#include "store/store.h"

namespace mimus::project {

struct FileLimits {
  std::uint64_t file_bytes = 50ULL << 20U;
  std::uint64_t project_bytes = 1ULL << 30U;
  std::uint64_t project_files = 10'000;
  std::uint64_t versions = 100;               // of one file; older ones go
  std::uint64_t version_bytes = 2ULL << 30U;  // of all versions of a project; the oldest go, but each file's newest
  std::int64_t lease_seconds = 60;
};

using people::Actor;

struct LockState {
  bool locked = false;
  std::string holder;  // name, for people; empty when free
  Timestamp expires_at;
};

struct FileMetadata {
  std::string name;
  std::string extension;  // ".json", or empty
  std::uint64_t size = 0;
  std::string media_type;
  std::string sha256;
  Timestamp created_at;
  Timestamp updated_at;
  std::string updated_by;
  LockState lock;
  std::string uri;  // "<project id>/<name>"
};

struct FilePage {
  std::vector<FileMetadata> files;  // in order of name
  std::string next;                 // cursor of the next page; empty: this was the last
};

struct OpenFile {
  FileMetadata metadata;
  std::unique_ptr<store::Bytes> bytes;  // stays readable when the file is changed or deleted meanwhile
};

using store::Version;

struct VersionPage {
  std::vector<Version> versions;  // newest first
  std::string next;               // cursor of the next page; empty: this was the last
};

struct OpenVersion {
  Version version;
  std::unique_ptr<store::Bytes> bytes;  // none for a removal
};

struct FileContent {
  std::string name;
  store::Blob blob;
};

class Files {
 public:
  // `store` must outlive the service.
  explicit Files(store::Store& store, FileLimits limits = {}, store::Clock clock = now);

  [[nodiscard]] const FileLimits& limits() const { return limits_; }

  // ---- reading
  [[nodiscard]] Result<std::vector<FileMetadata>> list(std::string_view project) const;
  // `limit` 1 … 1,000, `cursor` empty or the `next` of a page. request.limit, request.cursor.
  [[nodiscard]] Result<FilePage> list_page(std::string_view project, std::uint64_t limit,
                                           std::string_view cursor) const;
  // file.not_found.
  [[nodiscard]] Result<FileMetadata> get(std::string_view project, std::string_view name) const;
  [[nodiscard]] Result<OpenFile> open(std::string_view project, std::string_view name) const;
  // Bytes that a file or a version named a moment ago.
  [[nodiscard]] Result<std::unique_ptr<store::Bytes>> open_blob(const store::Blob& blob) const;
  // Copies all files below the new folder `folder`, read-only.
  [[nodiscard]] Status copy_all(std::string_view project, const fs::path& folder) const;

  // ---- writing. A write renews the actor's own lease; file.locked when another holds one (the message and `fields`
  // "holder" and "expires_at" say who and until when). project.quota past the project's bytes or files.

  // A writer for the bytes of one file: refuses with file.too_large while reading.
  [[nodiscard]] Result<std::unique_ptr<store::BlobWriter>> open_upload() const;
  // A writer for an archive of a whole project.
  [[nodiscard]] Result<std::unique_ptr<store::BlobWriter>> open_archive_upload() const;
  // The bytes at hand as a blob. file.too_large.
  [[nodiscard]] Result<store::Blob> store_bytes(std::string_view bytes) const;

  // file.exists, also when the name differs from an existing one in case or normalisation only, or when a folder and a
  // file would have the same name; the file is left as it was.
  [[nodiscard]] Result<FileMetadata> create(std::string_view project, std::string_view name, const store::Blob& blob,
                                            const Actor& actor);
  // file.not_found. `if_match`: the SHA-256 the file must have, else file.changed.
  [[nodiscard]] Result<FileMetadata> update(std::string_view project, std::string_view name, const store::Blob& blob,
                                            const Actor& actor, std::optional<std::string> if_match = {});
  // Creates or updates. For imports.
  [[nodiscard]] Result<FileMetadata> put(std::string_view project, std::string_view name, const store::Blob& blob,
                                         const Actor& actor);
  // file.not_found, file.changed.
  [[nodiscard]] Status remove(std::string_view project, std::string_view name, const Actor& actor,
                              std::optional<std::string> if_match = {});
  // Updates all or none; the answer is in the order given. What update() may say; file.duplicate when a name comes
  // twice.
  [[nodiscard]] Result<std::vector<FileMetadata>> update_all(std::string_view project,
                                                             const std::vector<FileContent>& contents,
                                                             const Actor& actor);
  // Creates all or none.
  [[nodiscard]] Result<std::vector<FileMetadata>> create_all(std::string_view project,
                                                             const std::vector<FileContent>& contents,
                                                             const Actor& actor);

  // The same bytes under another name; its lease, and its versions under the old name, stay behind. file.not_found;
  // file.exists as with create().
  [[nodiscard]] Result<FileMetadata> rename(std::string_view project, std::string_view name, std::string_view new_name,
                                            const Actor& actor);

  // ---- versions: what each file was after each change, also of files that are gone.

  // Newest first; of all files when `name` is empty. `limit` 1 … 1,000. request.limit, request.cursor.
  [[nodiscard]] Result<VersionPage> versions(std::string_view project, std::string_view name, std::uint64_t limit,
                                             std::string_view cursor) const;
  // version.not_found.
  [[nodiscard]] Result<OpenVersion> open_version(std::string_view project, std::string_view id) const;
  // The file is again what it was in that version: a new version. One that says that the file was removed cannot be
  // restored (version.removed).
  [[nodiscard]] Result<FileMetadata> restore(std::string_view project, std::string_view version, const Actor& actor);

  // ---- leases. file.not_found.

  // "I am about to edit": takes the lease for 60 s, or renews the actor's own. file.locked when another holds it,
  // unless `force`, which takes it over (the caller has checked the scope).
  [[nodiscard]] Result<LockState> unlock(std::string_view project, std::string_view name, const Actor& actor,
                                         bool force = false);
  // "I am done": ends the actor's lease. Nothing happens when the actor holds none; the answer is the state after it.
  [[nodiscard]] Result<LockState> lock(std::string_view project, std::string_view name, const Actor& actor);

 private:
  store::Store* store_;
  FileLimits limits_;
  store::Clock clock_;
};

}  // namespace mimus::project
