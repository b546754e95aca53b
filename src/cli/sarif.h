// Findings as SARIF 2.1.0, as code forges and editors read it.
#pragma once

#include <filesystem>
#include <string>

#include "base/diagnostic.h"

namespace mimus::cli {

// `folder` is put before the files' names. Columns are code points. Ends with a line feed.
[[nodiscard]] std::string sarif_of(const Diagnostics& findings, const std::filesystem::path& folder);

}  // namespace mimus::cli
