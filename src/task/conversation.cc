#include "task/conversation.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "base/file.h"
#include "base/text.h"
#include "task/child.h"

namespace mimus::task {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// The job in memory that the process can read to its end: no pipe that fills up, nothing on a disk.
Result<Descriptor> write_job(const Job& job) {
  Descriptor file(memfd_create("job", MFD_CLOEXEC));
  if (!file) return fail("process.start", "cannot make a job: " + errno_text(errno));
  MIMUS_TRY(write_all(file.get(), encode_job(job)));
  if (lseek(file.get(), 0, SEEK_SET) != 0) return fail("process.start", "cannot make a job: " + errno_text(errno));
  return file;
}

// Cuts a stream into lines. A line that is too long comes in pieces, or ends the reading when it may not be cut.
class Lines {
 public:
  explicit Lines(Descriptor pipe) : pipe_(std::move(pipe)) {}

  [[nodiscard]] int fd() const { return pipe_.get(); }

  // Reads what is there, at most some 256 KiB; false when the stream has ended.
  bool read() {
    if (!pipe_) return false;
    char buffer[65536];
    for (int round = 0; round < 4; ++round) {
      const ssize_t got = ::read(pipe_.get(), buffer, sizeof buffer);
      if (got > 0) {
        text_.append(buffer, static_cast<std::size_t>(got));
        continue;
      }
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return true;
      pipe_.close();
      return false;
    }
    return true;
  }

  // The next line without its end; nullopt when there is none yet.
  std::optional<std::string> next(std::size_t limit) {
    std::size_t end = text_.find('\n', at_);
    if (end == std::string::npos && (text_.size() - at_ >= limit || (!pipe_ && at_ < text_.size()))) {
      end = std::min(text_.size(), at_ + limit);
    }
    if (end == std::string::npos) {
      text_.erase(0, at_);
      at_ = 0;
      return std::nullopt;
    }
    std::string line = text_.substr(at_, end - at_);
    at_ = std::min(text_.size(), end + (end < text_.size() && text_[end] == '\n' ? 1 : 0));
    return line;
  }

 private:
  Descriptor pipe_;
  std::string text_;
  std::size_t at_ = 0;
};

class Conversation {
 public:
  Conversation(Child child, Lines reports, Lines complaints, Listener& listener)
      : child_(std::move(child)),
        reports_(std::move(reports)),
        complaints_(std::move(complaints)),
        listener_(&listener) {}

  Ending follow(milliseconds time_limit) {
    const auto deadline = Clock::now() + time_limit;
    while (true) {
      wait_for_something();
      hear_all();
      if (const auto status = child_.wait(milliseconds(0))) {
        ending_.status = *status;
        break;
      }
      if (is_to_end(deadline)) child_.kill_group();
    }
    // The group is dead: what it has written is in the pipes.
    for (int round = 0; round < 1000 && hear_all(); ++round) {
    }
    return ending_;
  }

 private:
  void wait_for_something() const {
    pollfd events[3] = {{reports_.fd(), POLLIN, 0}, {complaints_.fd(), POLLIN, 0}, {child_.exit_event(), POLLIN, 0}};
    poll(events, 3, child_.exit_event() < 0 ? 5 : 50);
  }

  // True while a stream is open.
  bool hear_all() {
    const bool reporting = reports_.read();
    while (const auto line = reports_.next(kReportLineBytes)) hear(*line);
    const bool complaining = complaints_.read();
    while (const auto line = complaints_.next(kComplaintBytes)) {
      if (!line->empty()) listener_->hear_complaint(*line);
    }
    return reporting || complaining;
  }

  void hear(const std::string& line) {
    if (!ending_.nonsense.empty()) return;
    const auto report = decode_report(line);
    if (!report) {
      ending_.nonsense = report.error().message;
    } else if (const auto* end = std::get_if<EndReport>(&*report)) {
      ending_.reported = end->ok;
    } else {
      listener_->hear(*report);
    }
  }

  bool is_to_end(Clock::time_point deadline) {
    if (ending_.killed || ending_.overdue) return true;
    if (listener_->wants_end()) ending_.killed = true;
    if (!ending_.killed && Clock::now() >= deadline) ending_.overdue = true;
    return ending_.killed || ending_.overdue || !ending_.nonsense.empty();
  }

  Child child_;
  Lines reports_;
  Lines complaints_;
  Listener* listener_;
  Ending ending_;
};

Diagnostic past_limit(std::string message) { return {.code = "task.limit", .message = std::move(message)}; }

}  // namespace

Result<Ending> converse(const Command& command, const Job& job, milliseconds time_limit, Listener& listener) {
  MIMUS_ASSIGN(const Descriptor input, write_job(job));
  MIMUS_ASSIGN(Pipe reports, open_pipe());
  MIMUS_ASSIGN(Pipe complaints, open_pipe());
  const ChildStreams streams{.in = input.get(), .out = reports.write.get(), .error = complaints.write.get()};
  MIMUS_ASSIGN(Child child, Child::start(command, streams, {}));
  reports.write.close();
  complaints.write.close();
  Conversation conversation(std::move(child), Lines(std::move(reports.read)), Lines(std::move(complaints.read)),
                            listener);
  return conversation.follow(time_limit);
}

std::optional<Diagnostic> explain(const Ending& ending, const ProcessLimits& limits) {
  if (!ending.nonsense.empty()) {
    return Diagnostic{.code = "task.protocol", .message = ending.nonsense, .hint = "the process was killed for that"};
  }
  if (WIFEXITED(ending.status) && WEXITSTATUS(ending.status) == 0 && ending.reported) return std::nullopt;
  if (WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGXCPU) {
    return past_limit("the task used more than " + with_thousands(static_cast<std::uint64_t>(limits.cpu_seconds)) +
                      " seconds of CPU time");
  }
  if (WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGXFSZ) {
    return past_limit("the task wrote more than " + with_thousands(limits.output_bytes) + " bytes");
  }
  if (WIFEXITED(ending.status) && WEXITSTATUS(ending.status) == kOutOfMemoryStatus) {
    return past_limit("the task needed more than " + with_thousands(limits.memory_bytes) + " bytes of memory");
  }
  Diagnostic died{.code = "task.died", .message = "the task's process " + describe_end(ending.status)};
  if (WIFEXITED(ending.status)) died.message += " before it had reported an end";
  if (WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGKILL) {
    died.hint = "somebody killed it, or the machine ran out of memory";
  }
  return died;
}

}  // namespace mimus::task
