#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "run/run.h"
#include "server/server.h"
#include "task/sandbox.h"

namespace mimus::cli {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// What confines tasks on this machine; workers take the flag from the environment.
void tell_sandbox(bool allow_unsandboxed_python) {
  const task::SandboxLayers layers = task::available_layers();
  std::fprintf(stderr, "sandbox of tasks: %s\n", joined(layers.active).c_str());
  if (!layers.missing.empty()) {
    std::fprintf(stderr, "warning: the kernel does not have %s\n", joined(layers.missing).c_str());
  }
  constexpr std::size_t kConfining = 2;  // landlock and seccomp
  if (layers.missing.size() < kConfining) return;
  std::fprintf(stderr, "%s\n",
               allow_unsandboxed_python ? "warning: Python of descriptors runs unconfined (--allow-unsandboxed-python)"
                                        : "Python of descriptors is refused (--allow-unsandboxed-python lets it run)");
}

}  // namespace

int serve(const ServeArguments& arguments) {
  setenv("MIMUS_ALLOW_UNSANDBOXED_PYTHON", arguments.allow_unsandboxed_python ? "1" : "0", 1);
  // Archives hold local times; there is one zone here.
  setenv("TZ", "UTC", 1);
  tzset();
  server::ServeOptions options;
  options.data = arguments.data;
  options.listen = arguments.listen;
  options.workers = static_cast<unsigned>(arguments.workers);
  options.files.file_bytes = arguments.file_bytes;
  options.files.project_bytes = arguments.project_bytes;
  options.files.project_files = arguments.project_files;
  options.tasks.waiting = arguments.waiting_tasks;
  options.engine_version = engine_version();
  options.datapack_version = datapack_version();
  if (const auto address = server::parse_listen(arguments.listen); !address) {
    report(address.error());
    return kUsage;
  }
  const auto served = server::serve(options, [&](const server::Listening& listening) {
    tell_sandbox(arguments.allow_unsandboxed_python);
    const char* address = listening.address.c_str();
    std::fprintf(stderr, "listening on http://%s/\n", address);
    std::fprintf(stderr, "External API  http://%s/external_api_docs\n", address);
    if (!listening.is_loopback) {
      std::fprintf(stderr,
                   "warning: other machines can reach this address, and HTTP is not encrypted: put a proxy with TLS "
                   "before it\n");
    }
  });
  if (!served) return report(served.error());
  return kOk;
}

}  // namespace mimus::cli
