// Archives of projects: what is in them, and reading those of others.
//
// An archive is a tar file, compressed with gzip:
//
//   mimus-project.json    {"format": 1, "name": …, "settings": {…}}; may be missing
//   files/<name>          each file of the project
//
// Nothing else of a project is in it: no tokens, members, tasks or environments.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "project/files.h"
#include "store/rows.h"

namespace mimus::project {

inline constexpr std::string_view kArchiveManifest = "mimus-project.json";
inline constexpr std::string_view kArchiveFolder = "files/";

struct ArchiveLimits {
  std::uint64_t entries = 10'000;
  std::uint64_t bytes = 1ULL << 30U;  // of all entries, unpacked
  std::uint64_t ratio = 100;          // unpacked to packed, past the first MiB
};

struct ArchiveContent {
  std::string name;  // of the project; empty when the archive does not say
  store::ProjectSettings settings;
  std::vector<FileContent> files;  // their bytes are blobs already
};

// The text of the manifest.
[[nodiscard]] std::string write_archive_manifest(const store::Project& project);

// Reads an archive of `packed` bytes. Never writes below a name that stands in it. Fails with archive.invalid (no tar,
// damaged, an entry that leaves the root, is a link or a device, has a bad name or comes twice, a bad manifest),
// archive.limit (the limits), file.too_large.
[[nodiscard]] Result<ArchiveContent> read_archive(const Files& files, const store::Bytes& packed,
                                                  const ArchiveLimits& limits = {});

}  // namespace mimus::project
