#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "cli/commands.h"
#include "cli/task_limits.h"
#include "cli/terminal.h"
#include "people/users.h"
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

// After SIGHUP.
void tell_certificate(const Status& loaded) {
  if (loaded) {
    std::fprintf(stderr, "the certificate was read anew\n");
  } else {
    std::fprintf(stderr, "the certificate stays the old one: %s", render(loaded.error()).c_str());
  }
}

// The password only to who sits in front of it: logs are read by others.
void tell_first_password(const std::string& data, const std::string& password) {
  if (password.empty()) return;
  const std::string email(people::kFirstAdmin);
  if (has_terminal(STDERR_FILENO)) {
    std::fprintf(stderr, "first sign-in    %s with the one-time password %s\n", email.c_str(), password.c_str());
  } else {
    std::fprintf(stderr, "first sign-in    %s; the one-time password is in %s/%s\n", email.c_str(), data.c_str(),
                 people::kFirstPasswordFile);
  }
}

}  // namespace

int serve(const ServeArguments& arguments) {
  setenv("MIMUS_ALLOW_UNSANDBOXED_PYTHON", arguments.allow_unsandboxed_python ? "1" : "0", 1);
  for (const TaskLimitOption& limit : kTaskLimitOptions) {
    setenv(limit.variable, std::to_string(arguments.task_limits.*limit.value).c_str(), 1);
  }
  // Archives hold local times; there is one zone here.
  setenv("TZ", "UTC", 1);
  tzset();
  server::ServeOptions options;
  options.data = arguments.data;
  options.listen = arguments.listen;
  if (const auto demos = demo_folder(arguments.demos)) options.demos = *demos;
  options.workers = static_cast<unsigned>(arguments.workers);
  if (!arguments.tls_certificate.empty()) {
    options.tls = server::TlsFiles{.certificate = arguments.tls_certificate, .key = arguments.tls_key};
  }
  options.trusted_proxies = arguments.trusted_proxies;
  options.public_urls = arguments.public_urls;
  options.insecure_http = arguments.insecure_http;
  options.reloaded = tell_certificate;
  options.metrics_token = arguments.metrics_token;
  options.log = server::parse_log_format(arguments.log_format).value_or(server::LogFormat::None);
  options.files.file_bytes = arguments.file_bytes;
  options.files.project_bytes = arguments.project_bytes;
  options.files.project_files = arguments.project_files;
  options.tasks.waiting = arguments.waiting_tasks;
  options.streams = {.project = arguments.event_streams, .follower = arguments.token_event_streams};
  options.transport.stall = std::chrono::seconds(arguments.stall_seconds);
  options.transport.slow_reader = std::chrono::seconds(arguments.slow_reader_seconds);
  options.requests_per_second = static_cast<double>(arguments.rate_limit);
  options.failures_per_minute = static_cast<double>(arguments.failure_limit);
  options.engine_version = engine_version();
  options.datapack_version = datapack_version();
  if (const auto address = server::parse_listen(arguments.listen); !address) {
    report(address.error());
    return kUsage;
  }
  const auto served = server::serve(options, [&](const server::Listening& listening) {
    tell_sandbox(arguments.allow_unsandboxed_python);
    const char* address = listening.address.c_str();
    const char* scheme = listening.is_encrypted ? "https" : "http";
    std::fprintf(stderr, "listening on %s://%s/\n", scheme, address);
    tell_first_password(arguments.data, listening.first_password);
    std::fprintf(stderr, "External API  %s://%s/external_api_docs\n", scheme, address);
    if (!listening.is_loopback && !listening.is_encrypted && arguments.insecure_http) {
      std::fprintf(stderr, "warning: other machines can reach this address, and read what is sent (--insecure-http)\n");
    }
  });
  if (!served) return report(served.error());
  return kOk;
}

}  // namespace mimus::cli
