#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "run/run.h"
#include "server/server.h"

namespace mimus::cli {

int serve(const ServeArguments& arguments) {
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
  const auto served = server::serve(options, [](const server::Listening& listening) {
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
