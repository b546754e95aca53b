// The files of a project as they were when a task was made: names and blobs. Kept as a blob itself.
//
// Form: one line a file, "<sha256> <size> <name>\n", in order of name; names hold no control characters. The first 64
// characters of each line are what the garbage collector has to keep.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "store/blobs.h"

namespace mimus::task {

struct ManifestFile {
  std::string name;
  store::Blob blob;
};
using Manifest = std::vector<ManifestFile>;

[[nodiscard]] std::string encode_manifest(const Manifest& manifest);
[[nodiscard]] Result<Manifest> decode_manifest(std::string_view text);  // task.manifest

// What somebody is writing and has not saved: stands in the place of the file of that name, or is one more.
struct UnsavedFile {
  std::string name;
  std::string content;
};

// Copies the files below the new folder `folder`; neither they nor their folders can be written without a change of
// mode. What blobs may say; file.write.
[[nodiscard]] Status lay_out(const Manifest& manifest, const store::Blobs& blobs, const fs::path& folder,
                             const std::optional<UnsavedFile>& unsaved = {});

}  // namespace mimus::task
