// Opening the files of sources.
#pragma once

#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace mimus {

// Fails with source.not_found (also for a folder) or source.unreadable.
[[nodiscard]] Result<MappedFile> open_source_file(const fs::path& file, std::string_view shown_name);

// The text without its byte order mark. Fails with source.encoding when it is not UTF-8.
[[nodiscard]] Result<std::string_view> utf8_text(std::string_view bytes, std::string_view shown_name);

}  // namespace mimus
