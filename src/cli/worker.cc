#include "task/worker.h"

#include "cli/commands.h"
#include "task/task_process.h"

namespace mimus::cli {

int work(const WorkerArguments& arguments) { return task::worker_main(arguments.data); }

int task_process(int /*count*/, char** /*arguments*/) { return task::task_process_main(); }

}  // namespace mimus::cli
