#include "task/worker.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "cli/commands.h"
#include "task/task_process.h"

namespace mimus::cli {

int work(const WorkerArguments& arguments) {
  const TaskLimitArguments& limits = arguments.task_limits;
  task::WorkerOptions options;
  options.running_per_project = limits.running_tasks;
  options.limits.wall_seconds = static_cast<std::int64_t>(limits.seconds);
  // On four cores.
  options.limits.cpu_seconds = static_cast<std::int64_t>(limits.seconds * 4);
  options.limits.output_bytes = limits.bytes;
  options.limits.artifacts = limits.artifacts;
  options.limits.memory_bytes = limits.memory_bytes;
  options.limits.log_bytes = limits.log_bytes;
  options.limits.project_artifact_bytes = limits.artifact_bytes;
  return task::worker_main(arguments.data, 0, std::move(options));
}

int task_process(int count, char** arguments) {
  const std::span<char*> given(arguments, static_cast<std::size_t>(count));
  const bool allow = std::ranges::any_of(
      given, [](const char* text) { return std::string_view(text) == "--allow-unsandboxed-python"; });
  return task::task_process_main(allow);
}

}  // namespace mimus::cli
