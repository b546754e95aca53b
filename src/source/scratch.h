// Files without a name, for what does not fit in memory: they are gone when they are closed, whatever happens.
#pragma once

#include "base/file.h"
#include "base/result.h"

namespace mimus {

// A new file in the folder, which is made when it is missing; empty: the system's folder of temporary files. Open for
// reading and writing. Fails with source.scratch.
[[nodiscard]] Result<Descriptor> make_scratch_file(const fs::path& folder);

}  // namespace mimus
