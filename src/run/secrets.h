// The secrets of a run: those of its environments and of its parameters.
#pragma once

#include <filesystem>
#include <vector>

#include "base/secrets.h"
#include "run/run.h"

namespace mimus {

// `folder`: of the project's files. Environments are conf/*.env.properties in any folder of it, as far as they can be
// read; of very many files only the first ones are looked at.
[[nodiscard]] Secrets find_secrets(const std::filesystem::path& folder, const std::vector<Parameter>& parameters);

}  // namespace mimus
