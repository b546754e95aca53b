// Zip archives, written while they are sent: memory for one piece, whatever the archive's size (Zip64 where needed).
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

struct ZipEntry {
  std::string name;  // made relative and free of ".." and backslashes before it is written
  std::unique_ptr<store::Bytes> bytes;
};

// The next entry, or none at the end.
using ZipSource = std::function<Result<std::optional<ZipEntry>>()>;

// All entries bear the time `modified`; the same entries and time give the same bytes.
[[nodiscard]] std::unique_ptr<BodyWriter> make_zip_writer(ZipSource source, Timestamp modified);

// "a/b" for "../a//./b", "/a/b", "..\\a/b": what can be unpacked anywhere without leaving the folder.
[[nodiscard]] std::string entry_name(std::string_view name);

}  // namespace mimus::server
