// Whether a workbook is whole: libxlsxwriter does not see that its own files could not take all bytes of a part, as on
// a full disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"

namespace mimus {

// Reads the archive once: each part ends as it began, and sheet k holds at least the bytes of its rows. Fails with
// output.write.
[[nodiscard]] Status check_workbook(const std::filesystem::path& file, std::span<const std::uint64_t> sheet_sizes);

}  // namespace mimus
