// Each forbidden thing is really tried, in a process without the sandbox and in one with it: outside it must succeed,
// or the test would prove nothing.

#include "task/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <functional>
#include <new>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "store/testing.h"

namespace mimus::task {
namespace {

using store::require;
using store::TemporaryFolder;

// The wait status of a process that calls `body` and exits with what it returns.
int status_of(const std::function<int()>& body) {
  const pid_t child = fork();
  if (child == 0) {
    int result = 99;
    try {
      result = body();
    } catch (...) {
      result = 98;
    }
    _exit(result);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

class Sandbox : public testing::Test {
 protected:
  Sandbox() {
    for (const char* name : {"data", "data/blobs", "files", "files/script", "output", "output/out"}) {
      fs::create_directory(folder.path() / name);
    }
    require(write_file(path("data/mimus.db"), "secret"));
    require(write_file(path("data/blobs/of-another-project"), "secret"));
    require(write_file(path("files/datamimic.xml"), "<setup/>"));
    require(write_file(path("output/unfinished"), "x"));
  }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / name).string(); }
  [[nodiscard]] SandboxPolicy policy() const {
    SandboxPolicy policy{.readable = path("files"), .writable = path("output"), .limits = {}};
    policy.limits.memory_bytes = 512ULL << 20U;
    return policy;
  }
  [[nodiscard]] int inside(const std::function<int()>& body) const { return inside(policy(), body); }
  static int inside(const SandboxPolicy& policy, const std::function<int()>& body) {
    return status_of([&] { return enter_sandbox(policy) ? body() : 97; });
  }

  // `attempt` returns whether it could.
  void expect_refused(const char* what, const std::function<bool()>& attempt) const {
    const auto body = [&attempt] { return attempt() ? 0 : 1; };
    const int outside = status_of(body);
    EXPECT_TRUE(WIFEXITED(outside) && WEXITSTATUS(outside) == 0) << what << " is refused outside of the sandbox too";
    const int status = inside(body);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 1) << what << ": status " << status;
  }

  TemporaryFolder folder;
};

bool can_open(const std::string& path, int flags) { return ::open(path.c_str(), flags, 0600) >= 0; }

TEST_F(Sandbox, LetsTheProcessDoItsWork) {
  const int status = inside([this] {
    if (!read_file(path("files/datamimic.xml")) || fs::directory_iterator(path("files")) == fs::directory_iterator()) {
      return 1;
    }
    // Finished files go from one folder to another.
    fs::create_directories(path("output/.hidden/a/b"));
    if (!write_file(path("output/.hidden/a/b/c"), "text", true)) return 2;
    fs::rename(path("output/.hidden/a/b/c"), path("output/out/c"));
    fs::remove_all(path("output/.hidden"));
    if (!read_file(path("output/out/c"))) return 3;
    std::atomic<int> done = 0;
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&done] {
        const std::vector<char> memory(4U << 20U, 'x');
        done += memory[77] == 'x' ? 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    if (done != 8 || std::thread::hardware_concurrency() == 0) return 4;
    if (now().micros == 0 || uuid7().empty()) return 5;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    try {
      throw 1;
    } catch (int) {
      return 0;
    }
  });
  EXPECT_EQ(status, 0);
}

TEST_F(Sandbox, SaysWhichLayersThereAre) {
  const int status = status_of([this] {
    const auto layers = enter_sandbox(policy());
    return layers && layers->active.size() + layers->missing.size() == 4 ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST_F(Sandbox, RefusesFilesOfOthers) {
  if (landlock_version() < 2) GTEST_SKIP() << "the kernel has no Landlock";
  expect_refused("reading the metadata", [this] { return can_open(path("data/mimus.db"), O_RDONLY); });
  expect_refused("writing the metadata", [this] { return can_open(path("data/mimus.db"), O_WRONLY); });
  expect_refused("reading a blob", [this] { return can_open(path("data/blobs/of-another-project"), O_RDONLY); });
  expect_refused("listing the data", [this] { return can_open(path("data"), O_RDONLY | O_DIRECTORY); });
  expect_refused("leaving by ..", [this] { return can_open(path("output/../data/mimus.db"), O_RDONLY); });
  expect_refused("reading /etc/passwd", [] { return can_open("/etc/passwd", O_RDONLY); });
  expect_refused("reading /proc", [] { return can_open("/proc/self/environ", O_RDONLY); });
  expect_refused("a new file beside the work", [this] { return can_open(path("new"), O_WRONLY | O_CREAT); });
  expect_refused("truncating", [this] { return ::truncate(path("data/mimus.db").c_str(), 3) == 0; });
  expect_refused("removing", [this] { return ::unlink(path("data/blobs/of-another-project").c_str()) == 0; });
}

TEST_F(Sandbox, RefusesToChangeTheProjectsFiles) {
  if (landlock_version() < 2) GTEST_SKIP() << "the kernel has no Landlock";
  const std::string file = path("files/datamimic.xml");
  expect_refused("writing", [&file] { return can_open(file, O_WRONLY); });
  expect_refused("a new file", [this] { return can_open(path("files/new"), O_WRONLY | O_CREAT); });
  expect_refused("a new folder", [this] { return ::mkdir(path("files/folder").c_str(), 0700) == 0; });
  expect_refused("a move into it",
                 [this] { return ::rename(path("output/unfinished").c_str(), path("files/x").c_str()) == 0; });
}

TEST_F(Sandbox, RefusesWaysOutOfTheOutputFolder) {
  expect_refused("a symbolic link", [this] { return ::symlink("/etc/passwd", path("output/out/a").c_str()) == 0; });
  expect_refused("a hard link",
                 [this] { return ::link(path("files/datamimic.xml").c_str(), path("output/out/b").c_str()) == 0; });
  expect_refused("a pipe with a name", [this] { return ::mkfifo(path("output/out/p").c_str(), 0600) == 0; });
  expect_refused("another mode", [this] { return ::chmod(path("output/unfinished").c_str(), 06755) == 0; });
}

TEST_F(Sandbox, RefusesTheNetwork) {
  expect_refused("TCP", [] { return socket(AF_INET, SOCK_STREAM, 0) >= 0; });
  expect_refused("UDP", [] { return socket(AF_INET, SOCK_DGRAM, 0) >= 0; });
  expect_refused("local sockets", [] { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; });
  expect_refused("netlink", [] { return socket(AF_NETLINK, SOCK_RAW, 0) >= 0; });
  expect_refused("a pair of sockets", [] {
    int ends[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0;
  });
}

TEST_F(Sandbox, RefusesOtherProcesses) {
  expect_refused("a program", [] {
    char name[] = "true";
    char* arguments[] = {name, nullptr};
    execv("/bin/true", arguments);  // ends with status 0, as an attempt that succeeds does
    return false;
  });
  expect_refused("a process", [] {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    return child > 0;
  });
  expect_refused("a process by clone", [] {
    const long child = syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (child == 0) _exit(0);
    return child > 0;
  });
  expect_refused("tracing", [] { return ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; });
  expect_refused("signals to others", [] { return ::kill(getppid(), 0) == 0; });
  expect_refused("shared memory", [] {
    return mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
  });
  expect_refused("files in memory", [] { return memfd_create("x", 0) >= 0; });
}

// Without the filter these would fail for other reasons: their arguments are nonsense.
TEST_F(Sandbox, RefusesSystemCallsThatNobodyNeeds) {
  const std::pair<const char*, long> calls[] = {{"mount", SYS_mount},
                                                {"umount2", SYS_umount2},
                                                {"pivot_root", SYS_pivot_root},
                                                {"chroot", SYS_chroot},
                                                {"bpf", SYS_bpf},
                                                {"keyctl", SYS_keyctl},
                                                {"add_key", SYS_add_key},
                                                {"userfaultfd", SYS_userfaultfd},
                                                {"io_uring_setup", 425},
                                                {"io_uring_enter", 426},
                                                {"perf_event_open", SYS_perf_event_open},
                                                {"process_vm_readv", SYS_process_vm_readv},
                                                {"init_module", SYS_init_module},
                                                {"kexec_load", SYS_kexec_load},
                                                {"setns", SYS_setns},
                                                {"unshare", SYS_unshare},
                                                {"open_by_handle_at", SYS_open_by_handle_at},
                                                {"shmget", SYS_shmget},
                                                {"personality", SYS_personality},
                                                {"setuid", SYS_setuid},
                                                {"setxattr", SYS_setxattr},
                                                {"ioctl", SYS_ioctl},
                                                {"reboot", SYS_reboot}};
  for (const auto& [name, call] : calls) {
    const long number = call;
    const int status =
        inside([number] { return syscall(number, -1L, 0L, 0L, 0L, 0L, 0L) < 0 && errno == EPERM ? 0 : 1; });
    EXPECT_EQ(status, 0) << name;
  }
}

TEST_F(Sandbox, KeepsTheMemoryInItsLimit) {
  const int status = inside([] {
    std::vector<char*> blocks;
    for (int i = 0; i < 1024; ++i) {
      char* block = new (std::nothrow) char[1U << 20U];
      if (block == nullptr) return i < 512 ? 0 : 2;
      std::fill(block, block + (1U << 20U), 'x');
      blocks.push_back(block);
    }
    return 1;
  });
  EXPECT_EQ(status, 0);
}

TEST_F(Sandbox, EndsAProcessPastItsTimeOrItsFile) {
  SandboxPolicy limited = policy();
  limited.limits.cpu_seconds = 1;
  limited.limits.output_bytes = 1000;
  const int burnt = inside(limited, [] {
    while (true) [[maybe_unused]]
      const auto time = getppid();
    return 0;
  });
  EXPECT_TRUE(WIFSIGNALED(burnt) && WTERMSIG(burnt) == SIGXCPU);
  const int wrote = inside(limited, [this] { return write_file(path("output/big"), std::string(2000, 'x')) ? 0 : 1; });
  EXPECT_TRUE(WIFSIGNALED(wrote) && WTERMSIG(wrote) == SIGXFSZ);
}

TEST_F(Sandbox, LimitsOpenFiles) {
  SandboxPolicy limited = policy();
  limited.limits.open_files = 32;
  const int status = inside(limited, [this] {
    int opened = 0;
    while (opened < 100 && can_open(path("files/datamimic.xml"), O_RDONLY)) ++opened;
    return opened < 32 ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST_F(Sandbox, StillEndsByAbort) {
  const int status = inside([]() -> int { std::abort(); });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

TEST_F(Sandbox, CannotWriteAnythingWithoutAnOutputFolder) {
  if (landlock_version() < 2) GTEST_SKIP() << "the kernel has no Landlock";
  SandboxPolicy blind = policy();
  blind.writable.clear();
  const int status = inside(blind, [this] {
    return read_file(path("files/datamimic.xml")) && !can_open(path("output/x"), O_WRONLY | O_CREAT) ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace mimus::task
