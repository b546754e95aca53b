// The system calls that a task's process may make: what the engine, its threads and the C library need to compute, to
// read and to write files. Everything else fails with EPERM: sockets, new processes and programs, tracing, mounts,
// keys, modules, io_uring, namespaces, shared memory, changes of owner or mode.

#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "task/sandbox.h"

namespace mimus::task {
namespace {

// By name: not every architecture has every call. Where a path is opened is Landlock's matter.
constexpr const char* kAllowed[] = {
    // files
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2", "lseek",
    "_llseek", "open", "openat", "openat2", "close", "close_range", "fstat", "fstat64", "stat", "stat64", "lstat",
    "lstat64", "newfstatat", "fstatat64", "statx", "statfs", "statfs64", "fstatfs", "fstatfs64", "access", "faccessat",
    "faccessat2", "readlink", "readlinkat", "getcwd", "getdents", "getdents64", "mkdir", "mkdirat", "rmdir", "unlink",
    "unlinkat", "rename", "renameat", "renameat2", "truncate", "truncate64", "ftruncate", "ftruncate64", "fallocate",
    "fsync", "fdatasync", "sync_file_range", "copy_file_range", "sendfile", "sendfile64", "fadvise64", "fadvise64_64",
    "readahead", "dup", "dup2", "dup3", "flock", "pipe", "pipe2", "poll", "ppoll", "select", "_newselect", "pselect6",
    "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "eventfd2", "umask",
    // memory
    "brk", "munmap", "mremap", "mprotect", "madvise", "mincore", "membarrier", "msync",
    // threads and signals to oneself
    "futex", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address", "rseq", "arch_prctl",
    "sched_yield", "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_get_priority_max",
    "sched_get_priority_min", "getcpu", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending",
    "rt_sigsuspend", "rt_sigtimedwait", "sigaltstack", "sigreturn", "restart_syscall", "exit", "exit_group",
    // who and when
    "getpid", "gettid", "getppid", "getpgrp", "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid",
    "getrlimit", "ugetrlimit", "getrusage", "times", "sysinfo", "uname", "clock_gettime", "clock_gettime64",
    "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom"};

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

std::unexpected<Diagnostic> failed(const std::string& what, int error) {
  return fail("sandbox.failed", "seccomp: cannot " + what + ": " + errno_text(error));
}

// Refuses what the filter language can tell by an argument.
int add_conditional(void* filter) {
  constexpr scmp_datum_t kNamespaces =
      CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
  constexpr scmp_datum_t kThread = CLONE_THREAD;
  const auto own = static_cast<scmp_datum_t>(getpid());
  int result = 0;
  const auto add = [&](std::uint32_t action, const char* name, const scmp_arg_cmp& condition) {
    const int call = seccomp_syscall_resolve_name(name);
    if (call != __NR_SCMP_ERROR && result == 0) result = seccomp_rule_add_array(filter, action, call, 1, &condition);
  };
  // Threads, but no processes. (The C library falls back from clone3, whose flags a filter cannot see.)
  add(SCMP_ACT_ALLOW, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, kThread | kNamespaces, kThread));
  // Shared memory would not count as the process's own.
  add(SCMP_ACT_ALLOW, "mmap", SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED, 0));
  add(SCMP_ACT_ALLOW, "mmap2", SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED, 0));
  // abort() and raise().
  add(SCMP_ACT_ALLOW, "tgkill", SCMP_A0(SCMP_CMP_EQ, own));
  add(SCMP_ACT_ALLOW, "prlimit64", SCMP_A0(SCMP_CMP_EQ, 0));
  for (const int option : {PR_SET_NAME, PR_GET_NAME}) {
    add(SCMP_ACT_ALLOW, "prctl", SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(option)));
  }
  for (const int command : {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW}) {
    add(SCMP_ACT_ALLOW, "fcntl", SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command)));
    add(SCMP_ACT_ALLOW, "fcntl64", SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command)));
  }
  return result;
}

}  // namespace

bool kernel_has_filters() {
  // Fails with EFAULT where filters exist, since there is none at that address.
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, nullptr) != 0 && errno == EFAULT;
}

Result<bool> filter_system_calls() {
  if (!kernel_has_filters()) return false;
  const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (!filter) return failed("make a filter", ENOMEM);
  // Calls by another architecture's numbers.
  int result = seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  for (const char* name : kAllowed) {
    const int call = seccomp_syscall_resolve_name(name);
    if (call != __NR_SCMP_ERROR && result == 0) result = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
  }
  if (result == 0) result = add_conditional(filter.get());
  if (result == 0) result = seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  if (result != 0) return failed("add a rule", -result);
  result = seccomp_load(filter.get());
  if (result != 0) return failed("load the filter", -result);
  return true;
}

}  // namespace mimus::task
