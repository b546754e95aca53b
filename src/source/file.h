// Opening the files of sources.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace mimus {

// For reading; `bytes` becomes its size. Fails with source.not_found (also for a folder) or source.unreadable.
[[nodiscard]] Result<Descriptor> open_source_descriptor(const fs::path& file, std::string_view shown_name,
                                                        std::uint64_t& bytes);

}  // namespace mimus
