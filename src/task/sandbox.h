// The sandbox of a task's process: what it can still do after enter_sandbox() is compute, read its project's files, and
// write below its output folder.
//
// Layers: resource limits, no new privileges, Landlock (files, and TCP where the kernel has it), a seccomp filter (an
// allow list of system calls). None needs root. A layer that the kernel does not have is left out and reported.
#pragma once

#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "task/protocol.h"

namespace mimus::task {

struct SandboxPolicy {
  fs::path readable;                   // a folder
  fs::path writable;                   // a folder; empty: nothing can be written
  std::vector<std::string> libraries;  // folders that can be read too: those of the interpreter
  ProcessLimits limits;
};

struct SandboxLayers {
  std::vector<std::string> active;   // "landlock (ABI 7)"
  std::vector<std::string> missing;  // "landlock: the kernel does not have it"
};

// Call while the process has one thread only; there is no way back. sandbox.failed when a layer that the kernel has
// cannot be put in place: the process must not go on.
[[nodiscard]] Result<SandboxLayers> enter_sandbox(const SandboxPolicy& policy);

// ---- the layers, each by itself

[[nodiscard]] Status limit_resources(const ProcessLimits& limits);
// False when the kernel does not have it (or in a form too old to be of use).
[[nodiscard]] Result<bool> restrict_files(const SandboxPolicy& policy);
[[nodiscard]] Result<bool> filter_system_calls();

// Whether the kernel can filter system calls.
[[nodiscard]] bool kernel_has_filters();
// The layers of a task's sandbox that this kernel has, without entering one.
[[nodiscard]] SandboxLayers available_layers();

// The version of the kernel's Landlock interface, 0 when there is none.
[[nodiscard]] int landlock_version();

}  // namespace mimus::task
