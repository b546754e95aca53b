#include "task/worker.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "cli/commands.h"
#include "task/task_process.h"

namespace mimus::cli {

int work(const WorkerArguments& arguments) { return task::worker_main(arguments.data); }

int task_process(int count, char** arguments) {
  const std::span<char*> given(arguments, static_cast<std::size_t>(count));
  const bool allow = std::ranges::any_of(
      given, [](const char* text) { return std::string_view(text) == "--allow-unsandboxed-python"; });
  return task::task_process_main(allow);
}

}  // namespace mimus::cli
