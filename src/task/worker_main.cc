#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "task/worker.h"

namespace mimus::task {
namespace {

// Set by a signal; a handler can reach nothing but a global.
std::atomic<bool> stop_requested = false;

void request_stop(int /*signal*/) { stop_requested = true; }

int complain(const Diagnostic& finding) {
  std::fputs(render(finding).c_str(), stderr);
  return 1;
}

Result<unsigned> number_of_tasks(unsigned tasks) {
  constexpr std::uint64_t kMost = 1024;
  const char* variable = std::getenv("MIMUS_WORKERS");
  if (tasks != 0 || variable == nullptr || *variable == '\0') return tasks;
  const auto number = parse_uint(variable);
  if (!number || *number > kMost) {
    return fail("worker.tasks", "MIMUS_WORKERS is '" + std::string(variable) + "'", "a number from 0 to 1024");
  }
  return static_cast<unsigned>(*number);
}

}  // namespace

int worker_main(const fs::path& data, unsigned tasks, WorkerOptions options) {
  std::signal(SIGTERM, request_stop);
  std::signal(SIGINT, request_stop);
  std::signal(SIGPIPE, SIG_IGN);
  const auto number = number_of_tasks(tasks);
  if (!number) return complain(number.error());
  options.tasks = *number;
  const char* allow = std::getenv("MIMUS_ALLOW_UNSANDBOXED_PYTHON");
  if (allow != nullptr && std::string_view(allow) == "1")
    options.task_process = self({"task-process", "--allow-unsandboxed-python"});
  auto store = store::open_store(data);
  if (!store) return complain(store.error());
  const Status ended = run_worker(*store, options, stop_requested);
  return ended ? 0 : complain(ended.error());
}

}  // namespace mimus::task
