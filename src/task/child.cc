#include "task/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>

namespace mimus::task {
namespace {

// All that the new process needs, made before fork(): between fork() and exec() only calls that are safe in a signal
// handler are allowed, since another thread may have held the allocator's lock.
struct Image {
  const char* program = nullptr;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  int streams[3] = {-1, -1, -1};
  int failure = -1;  // errno is written here when something goes wrong
  pid_t parent = 0;
};

[[noreturn]] void give_up(const Image& image, int error) {
  [[maybe_unused]] const ssize_t written = ::write(image.failure, &error, sizeof error);
  _exit(127);
}

void close_all_on_exec() {
#ifdef SYS_close_range
  constexpr unsigned kOnExec = 4;  // CLOSE_RANGE_CLOEXEC
  if (syscall(SYS_close_range, 3U, ~0U, kOnExec) == 0) return;
#endif
  const long last = sysconf(_SC_OPEN_MAX);
  for (int fd = 3; fd < last; ++fd) fcntl(fd, F_SETFD, FD_CLOEXEC);
}

[[noreturn]] void become(const Image& image) {
  setpgid(0, 0);
  // A parent that died before this call leaves another parent behind.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != image.parent) _exit(127);
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int target = 0; target < 3; ++target) {
    if (dup2(image.streams[target], target) < 0) give_up(image, errno);
  }
  close_all_on_exec();
  execve(image.program, image.arguments.data(), image.environment.data());
  give_up(image, errno);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// A copy above the standard streams, so that putting one in its place cannot overwrite another.
Result<Descriptor> copy_of(int fd) {
  const Descriptor null(fd < 0 ? ::open("/dev/null", O_RDWR | O_CLOEXEC) : -1);
  Descriptor copy(fcntl(fd < 0 ? null.get() : fd, F_DUPFD_CLOEXEC, 3));
  if (!copy) return fail("process.start", "cannot prepare a stream of a process: " + errno_text(errno));
  return copy;
}

Descriptor open_exit_event(pid_t pid) {
#ifdef SYS_pidfd_open
  return Descriptor(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
#else
  return Descriptor(pid < 0 ? -1 : -1);
#endif
}

}  // namespace

Result<Pipe> open_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return fail("process.start", "cannot open a pipe: " + errno_text(errno));
  Pipe pipe{Descriptor(ends[0]), Descriptor(ends[1])};
  fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK);
  return pipe;
}

Result<Child> Child::start(const Command& command, const ChildStreams& streams,
                           const std::vector<std::string>& environment) {
  std::vector<std::string> arguments;
  // The name that ps shows; the program itself is run by the path given, which outlives a replaced file.
  std::error_code unreadable;
  const bool own = command.program == "/proc/self/exe";
  arguments.push_back(own ? fs::read_symlink(command.program, unreadable).string() : command.program);
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> variables = environment;

  MIMUS_ASSIGN(const Descriptor in, copy_of(streams.in));
  MIMUS_ASSIGN(const Descriptor out, copy_of(streams.out));
  MIMUS_ASSIGN(const Descriptor error, copy_of(streams.error));
  MIMUS_ASSIGN(Pipe failure, open_pipe());
  Image image;
  image.program = command.program.c_str();
  image.arguments = pointers(arguments);
  image.environment = pointers(variables);
  image.streams[0] = in.get();
  image.streams[1] = out.get();
  image.streams[2] = error.get();
  image.failure = failure.write.get();
  image.parent = getpid();

  const pid_t pid = fork();
  if (pid < 0) return fail("process.start", "cannot start a process: " + errno_text(errno));
  if (pid == 0) become(image);
  setpgid(pid, pid);  // both sides do it, so that it is done whoever comes first
  Child child(pid);
  failure.write.close();
  fcntl(failure.read.get(), F_SETFL, 0);
  int reason = 0;
  ssize_t got = 0;
  do got = ::read(failure.read.get(), &reason, sizeof reason);
  while (got < 0 && errno == EINTR);
  if (got == static_cast<ssize_t>(sizeof reason)) {
    return fail("process.start", "cannot run '" + command.program + "': " + errno_text(reason));
  }
  return child;
}

Child::Child(pid_t pid) : pid_(pid), exit_event_(open_exit_event(pid)) {}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), exit_event_(std::move(other.exit_event_)), status_(other.status_) {}

Child::~Child() {
  if (pid_ == 0 || status_) return;
  kill_group();
  while (!wait(std::chrono::seconds(1))) {
  }
}

void Child::ask_to_end() const {
  if (pid_ != 0 && !status_) ::kill(pid_, SIGTERM);
}

void Child::kill_group() const {
  if (pid_ == 0 || status_) return;
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);
}

std::optional<int> Child::wait(std::chrono::milliseconds patience) {
  if (pid_ == 0 || status_) return status_;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (true) {
    siginfo_t ended{};
    const int result = waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (result == 0 && ended.si_pid == pid_) break;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::nullopt;
    if (exit_event_) {
      pollfd event{exit_event_.get(), POLLIN, 0};
      poll(&event, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 1000)));
    } else {
      std::this_thread::sleep_for(std::min(left, std::chrono::milliseconds(5)));
    }
  }
  // While the dead process is not reaped, its number belongs to its group and to nobody else.
  ::kill(-pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  status_ = status;
  return status_;
}

std::string describe_end(int status) {
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    const char* name = sigdescr_np(number);
    return "was killed by signal " + std::to_string(number) + " (" + (name != nullptr ? name : "unknown") + ")";
  }
  return "ended with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace mimus::task
