// What a manifest refers to. Private to this room.
//
// A manifest is a blob that room `task` writes: the files of a project as they were when a task was made. Here only one
// thing matters of it: every 64 lower-case hex digits in it are taken for the name of a blob. To see one too many keeps
// a blob a little longer; to miss one would lose a file.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/blobs.h"

namespace mimus::store {

// Appends the names of blobs that stand in `manifest`.
[[nodiscard]] Status append_hashes(const Bytes& manifest, std::vector<std::string>& out);

}  // namespace mimus::store
