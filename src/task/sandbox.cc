#include "task/sandbox.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>

namespace mimus::task {
namespace {

Status set_limit(int resource, const char* name, rlim_t soft, rlim_t hard) {
  rlimit limit{};
  if (getrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0) {
    // Never above what the process was given.
    limit.rlim_max = std::min(limit.rlim_max, hard);
    limit.rlim_cur = std::min(soft, limit.rlim_max);
    if (setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0) return {};
  }
  return fail("sandbox.failed", std::string("cannot limit ") + name + ": " + errno_text(errno));
}

Status set_limit(int resource, const char* name, rlim_t value) { return set_limit(resource, name, value, value); }

}  // namespace

Status limit_resources(const ProcessLimits& limits) {
  const auto seconds = static_cast<rlim_t>(limits.cpu_seconds);
  // Private memory that can be written; shared mappings are refused by the filter of system calls.
  MIMUS_TRY(set_limit(RLIMIT_DATA, "memory", limits.memory_bytes));
  // The soft limit's signal tells the worker why the process ended.
  MIMUS_TRY(set_limit(RLIMIT_CPU, "CPU time", seconds, seconds + 2));
  MIMUS_TRY(set_limit(RLIMIT_FSIZE, "the size of files", limits.output_bytes));
  MIMUS_TRY(set_limit(RLIMIT_NOFILE, "open files", limits.open_files));
  MIMUS_TRY(set_limit(RLIMIT_NPROC, "processes", limits.processes));
  MIMUS_TRY(set_limit(RLIMIT_MEMLOCK, "locked memory", 0));
  MIMUS_TRY(set_limit(RLIMIT_MSGQUEUE, "message queues", 0));
  return set_limit(RLIMIT_CORE, "core files", 0);
}

SandboxLayers available_layers() {
  SandboxLayers out{.active = {"resource limits", "no new privileges"}, .missing = {}};
  const int version = landlock_version();
  // The first version never lets a file go from one folder into another.
  if (version >= 2) {
    out.active.push_back("landlock (ABI " + std::to_string(version) + ")");
  } else {
    out.missing.emplace_back("landlock");
  }
  (kernel_has_filters() ? out.active : out.missing).emplace_back("seccomp");
  return out;
}

Result<SandboxLayers> enter_sandbox(const SandboxPolicy& policy) {
  SandboxLayers layers;
  MIMUS_TRY(limit_resources(policy.limits));
  layers.active.emplace_back("resource limits");
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return fail("sandbox.failed", "cannot give up new privileges: " + errno_text(errno));
  }
  layers.active.emplace_back("no new privileges");
  MIMUS_ASSIGN(const bool landlock, restrict_files(policy));
  if (landlock) {
    layers.active.push_back("landlock (ABI " + std::to_string(landlock_version()) + ")");
  } else {
    layers.missing.emplace_back("landlock: the kernel does not have it, or an old form of it");
  }
  MIMUS_ASSIGN(const bool filter, filter_system_calls());
  if (filter) {
    layers.active.emplace_back("seccomp");
  } else {
    layers.missing.emplace_back("seccomp: the kernel does not have it");
  }
  return layers;
}

}  // namespace mimus::task
