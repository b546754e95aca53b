// Checking a descriptor in a process of its own: it is as untrusted before a run as in one.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "store/store.h"
#include "task/command.h"
#include "task/manifest.h"

namespace mimus::task {

// The findings about `entry`, a file of the manifest or the unsaved one; of all descriptors when it is empty. Fails
// when there are none to be had: task.died, task.limit (time or memory), process.start, and what blobs may say.
[[nodiscard]] Result<Diagnostics> check_descriptor(const store::Store& store, const Command& checker,
                                                   const Manifest& manifest, const std::string& entry,
                                                   const std::optional<UnsavedFile>& unsaved = {});

}  // namespace mimus::task
