// The data folder of the administrative commands.
#pragma once

#include <string>

#include "base/result.h"
#include "store/store.h"

namespace mimus::cli {

// Opens a data folder that exists: a mistyped name must not make an empty one. Fails with store.folder, and as
// store::open_store does.
[[nodiscard]] Result<store::Store> open_data_folder(const std::string& folder);

}  // namespace mimus::cli
