// Names of files in a project. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::project {

// The name in form NFC, '/'-separated. Fails with file.bad_name for: empty, absolute, a segment that is empty or "." or
// "..", NUL, control characters, backslash, not UTF-8, more than 255 bytes a segment or 1,024 in all.
[[nodiscard]] Result<std::string> check_file_name(std::string_view name);

// The form under which names are equal: differing only in case or normalisation is the same.
[[nodiscard]] std::string file_key(std::string_view name);

// ".json" for "script/abc.json"; empty when the last segment has none.
[[nodiscard]] std::string_view file_extension(std::string_view name);

// By extension from a fixed table, never from what an upload says; "application/octet-stream" otherwise.
[[nodiscard]] std::string_view media_type(std::string_view name);

}  // namespace mimus::project
