// A child process: the leader of a group of its own, killed by the kernel when its parent's thread ends.
//
// "Parent" is the thread that called start(), as the kernel counts it (PR_SET_PDEATHSIG): it must stay alive as long as
// the child is wanted. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "task/command.h"

namespace mimus::task {

// What becomes standard input, output and error of the child; -1: /dev/null. The child gets no other descriptor.
struct ChildStreams {
  int in = -1;
  int out = -1;
  int error = -1;
};

class Child {
 public:
  // `environment`: "NAME=value" texts, all that the child gets. Returns when the program runs; process.start when it
  // cannot be run.
  [[nodiscard]] static Result<Child> start(const Command& command, const ChildStreams& streams,
                                           const std::vector<std::string>& environment);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();  // kills the group, when it is still there

  [[nodiscard]] pid_t pid() const { return pid_; }
  // Readable when the process has ended, for poll(2); -1 where the kernel has no such thing.
  [[nodiscard]] int exit_event() const { return exit_event_.get(); }

  void ask_to_end() const;  // SIGTERM to the process
  void kill_group() const;  // SIGKILL to the process and all it has started

  // The status as of waitpid(2), once it has ended; waits for it so long. What is left of its group is killed then.
  [[nodiscard]] std::optional<int> wait(std::chrono::milliseconds patience);

 private:
  explicit Child(pid_t pid);

  pid_t pid_ = 0;
  Descriptor exit_event_;
  std::optional<int> status_;
};

// "was killed by signal 11 (Segmentation fault)", "ended with status 3".
[[nodiscard]] std::string describe_end(int status);

struct Pipe {
  Descriptor read;
  Descriptor write;
};
// Closed on exec; the reading end does not block.
[[nodiscard]] Result<Pipe> open_pipe();

}  // namespace mimus::task
