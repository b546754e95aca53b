// One attempt at a task: lays out its files, lets its process run within the limits, and seals what it has made. What
// becomes of that is the caller's matter.
#pragma once

#include <functional>

#include "base/file.h"
#include "base/result.h"
#include "store/store.h"
#include "task/claims.h"
#include "task/worker.h"

namespace mimus::task {

struct AttemptContext {
  store::Store* store = nullptr;
  const WorkerOptions* options = nullptr;
  const store::Task* task = nullptr;
  fs::path folder;                // to be made; absolute
  std::function<bool()> stopped;  // asked often; true: end soon, the outcome does not matter
  std::function<void(const store::TaskProgress&)> progress;
};

// Where the process may write, below the folder of the attempt.
[[nodiscard]] fs::path attempt_output(const fs::path& folder);

// SUCCEEDED with the artifacts, which are durable in attempt_output()/out; or FAILED with the reason. An error is a
// reason too, one on our side.
[[nodiscard]] Result<Outcome> attempt_task(const AttemptContext& context);

}  // namespace mimus::task
