// Archives, written while they are sent: memory for one piece, whatever the archive's size. Zip (Zip64 where needed),
// and tar compressed with gzip.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "server/http.h"
#include "store/blobs.h"

namespace mimus::server {

struct ArchivedFile {
  std::string name;  // made relative and free of ".." and backslashes before it is written
  std::unique_ptr<store::Bytes> bytes;
  Timestamp modified;
};

enum class ArchiveFormat { Zip, TarGz };

// The next entry, or none at the end.
using ArchiveSource = std::function<Result<std::optional<ArchivedFile>>()>;

// The same entries give the same bytes.
[[nodiscard]] std::unique_ptr<BodyWriter> make_archive_writer(ArchiveFormat format, ArchiveSource source);

// "a/b" for "../a//./b", "/a/b", "..\\a/b": what can be unpacked anywhere without leaving the folder.
[[nodiscard]] std::string entry_name(std::string_view name);

}  // namespace mimus::server
