// The process of one task: reads one JSON object (the job) from standard input, calls the engine, and reports on
// standard output, one JSON object a line. The protocol is in docs/reference/task-process.md; it may change with every
// version, since both ends are the same program.
#pragma once

namespace mimus::task {

// The hidden command `mimus task-process`. Returns the exit status: 0 when the end of the run, good or bad, was
// reported.
[[nodiscard]] int task_process_main(bool allow_unsandboxed_python = false);

}  // namespace mimus::task
