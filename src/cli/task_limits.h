// The limits of tasks as options and variables, which `serve` and `worker` share: `serve` hands them to its workers by
// the variables.
#pragma once

#include <array>
#include <cstdint>

#include "cli/commands.h"

namespace mimus::cli {

struct TaskLimitOption {
  const char* option;
  const char* variable;
  std::uint64_t TaskLimitArguments::* value;
  const char* meaning;
  std::uint64_t most = std::uint64_t{1} << 50U;
};

inline constexpr std::array<TaskLimitOption, 7> kTaskLimitOptions = {{
    {"--running-tasks", "MIMUS_RUNNING_TASKS", &TaskLimitArguments::running_tasks,
     "how many tasks of a project run at the same time"},
    {"--task-seconds", "MIMUS_TASK_SECONDS", &TaskLimitArguments::seconds, "how long a task may run", 366 * 86'400},
    {"--task-bytes", "MIMUS_TASK_BYTES", &TaskLimitArguments::bytes, "all artifacts of a task"},
    {"--task-artifacts", "MIMUS_TASK_ARTIFACTS", &TaskLimitArguments::artifacts, "how many artifacts a task has"},
    {"--task-memory", "MIMUS_TASK_MEMORY", &TaskLimitArguments::memory_bytes, "bytes of memory of a task"},
    {"--log-bytes", "MIMUS_LOG_BYTES", &TaskLimitArguments::log_bytes, "the log of a task"},
    {"--artifact-bytes", "MIMUS_ARTIFACT_BYTES", &TaskLimitArguments::artifact_bytes, "all artifacts of a project"},
}};

}  // namespace mimus::cli
