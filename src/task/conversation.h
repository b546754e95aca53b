// One process of a task, from its start to its end, as its parent sees it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "task/command.h"
#include "task/protocol.h"

namespace mimus::task {

// A longer line of standard error comes in pieces of this size.
inline constexpr std::size_t kComplaintBytes = 4096;

// Receives what the process says. Called by converse(), on its thread.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void hear(const Report& report) = 0;             // all but EndReport
  virtual void hear_complaint(std::string_view line) = 0;  // a line of its standard error
  // Asked about 20 times a second; true: kill it.
  [[nodiscard]] virtual bool wants_end() = 0;
};

struct Ending {
  int status = 0;                // as of waitpid(2)
  std::optional<bool> reported;  // what its EndReport said
  bool killed = false;           // by the listener's wish
  bool overdue = false;          // by the time limit
  std::string nonsense;          // what was wrong with what it wrote, and it was killed for that; or empty
};

// Runs the job to its end. The process and what it has started are dead when this returns. process.start.
[[nodiscard]] Result<Ending> converse(const Command& command, const Job& job, std::chrono::milliseconds time_limit,
                                      Listener& listener);

// Why a process failed, as findings: the ones of its own report, when it gave one, else task.died or task.limit.
[[nodiscard]] std::optional<Diagnostic> explain(const Ending& ending, const ProcessLimits& limits);

}  // namespace mimus::task
