// Checks of what a caller may ask for. Pure.
#pragma once

#include "base/result.h"
#include "task/tasks.h"

namespace mimus::task {

// The options with the entry's name in form NFC. request.invalid with a field for each mistake; environment.not_found.
[[nodiscard]] Result<TaskOptions> check_options(TaskOptions options);

// request.invalid.
[[nodiscard]] Status check_idempotency(const Idempotency& idempotency);

}  // namespace mimus::task
