// The arguments of the server and its workers.

#include "cli/arguments.h"
#include "cli/task_limits.h"

namespace mimus::cli {
namespace {

void add_task_limits(CLI::App& command, TaskLimitArguments& limits) {
  for (const TaskLimitOption& limit : kTaskLimitOptions) {
    command.add_option(limit.option, limits.*limit.value, limit.meaning)
        ->envname(limit.variable)
        ->check(CLI::Range(std::uint64_t{1}, limit.most))
        ->capture_default_str();
  }
}

void add_limits(CLI::App& command, ServeArguments& serve_arguments) {
  const auto add = [&command](const char* option, std::uint64_t& limit, const char* meaning, const char* variable) {
    command.add_option(option, limit, meaning)->envname(variable)->check(CLI::PositiveNumber)->capture_default_str();
  };
  add("--file-bytes", serve_arguments.file_bytes, "the largest file", "MIMUS_FILE_BYTES");
  add("--project-bytes", serve_arguments.project_bytes, "all files of a project", "MIMUS_PROJECT_BYTES");
  add("--project-files", serve_arguments.project_files, "how many files a project has", "MIMUS_PROJECT_FILES");
  add("--waiting-tasks", serve_arguments.waiting_tasks, "how many tasks of a project wait", "MIMUS_WAITING_TASKS");
  add("--event-streams", serve_arguments.event_streams, "streams of events of a project", "MIMUS_EVENT_STREAMS");
  add("--token-event-streams", serve_arguments.token_event_streams, "streams of events of a token or session",
      "MIMUS_TOKEN_EVENT_STREAMS");
  const auto seconds = [&command](const char* option, std::uint64_t& limit, const char* meaning, const char* variable) {
    command.add_option(option, limit, meaning)
        ->envname(variable)
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{86'400}))
        ->capture_default_str();
  };
  seconds("--stall-seconds", serve_arguments.stall_seconds, "how long a header or body may make no progress",
          "MIMUS_STALL_SECONDS");
  seconds("--slow-reader-seconds", serve_arguments.slow_reader_seconds, "how long an answer may make no progress",
          "MIMUS_SLOW_READER_SECONDS");
  command.add_option("--rate-limit", serve_arguments.rate_limit, "requests a second of a token or user; 0: any number")
      ->envname("MIMUS_RATE_LIMIT");
  command
      .add_option("--failure-limit", serve_arguments.failure_limit,
                  "failed authentications a minute of one address; 0: any number")
      ->envname("MIMUS_FAILURE_LIMIT");
}

// Who reaches the server, and how.
void add_edge(CLI::App& command, ServeArguments& arguments) {
  CLI::Option* certificate =
      command.add_option("--tls-cert", arguments.tls_certificate, "certificates in PEM, own first")
          ->envname("MIMUS_TLS_CERT");
  CLI::Option* key =
      command.add_option("--tls-key", arguments.tls_key, "its key in PEM, not encrypted")->envname("MIMUS_TLS_KEY");
  certificate->needs(key);
  key->needs(certificate);
  command
      .add_option("--trusted-proxy", arguments.trusted_proxies,
                  "address or network of proxies whose X-Forwarded-For, -Proto and -Host are believed; repeatable")
      ->envname("MIMUS_TRUSTED_PROXY")
      ->delimiter(',');
  command
      .add_option("--public-url", arguments.public_urls,
                  "https://NAME by which people reach the server; repeatable; other names are refused")
      ->envname("MIMUS_PUBLIC_URL")
      ->delimiter(',');
  command.add_flag("--insecure-http", arguments.insecure_http, "HTTP in the clear beyond this machine")
      ->envname("MIMUS_INSECURE_HTTP");
}

// Who watches the server.
void add_watching(CLI::App& command, ServeArguments& arguments) {
  command
      .add_option("--metrics-token-file", arguments.metrics_token,
                  "file with the bearer token by which other machines read /metrics")
      ->envname("MIMUS_METRICS_TOKEN_FILE");
  command.add_option("--log-format", arguments.log_format, "a line for each request on stderr")
      ->envname("MIMUS_LOG_FORMAT")
      ->check(CLI::IsMember({"none", "text", "json"}))
      ->capture_default_str();
}

}  // namespace

void add_serve(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("serve", "serve the web page and the External API, with workers");
  add_data(*command, all.serve.data);
  command->add_option("--listen", all.serve.listen, "HOST:PORT")->envname("MIMUS_LISTEN")->capture_default_str();
  command->add_option("--workers", all.serve.workers, "tasks at the same time; 0: the default")
      ->envname("MIMUS_WORKERS")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  command
      ->add_flag("--allow-unsandboxed-python", all.serve.allow_unsandboxed_python,
                 "run Python of descriptors even where the kernel cannot confine it")
      ->envname("MIMUS_ALLOW_UNSANDBOXED_PYTHON");
  add_demos(*command, all.serve.demos);
  add_edge(*command, all.serve);
  add_watching(*command, all.serve);
  add_limits(*command, all.serve);
  add_task_limits(*command, all.serve.task_limits);
  command->footer(
      "Example:\n  mimus serve --data /var/lib/mimus\n"
      "  mimus serve --listen 0.0.0.0:8443 --tls-cert mimus.crt --tls-key mimus.key --public-url "
      "https://data.example.org");
  command->callback([&all] { all.status = serve(all.serve); });

  CLI::App* worker = app.add_subcommand("worker", "take tasks from the queue");
  add_data(*worker, all.worker.data);
  add_task_limits(*worker, all.worker.task_limits);
  worker->footer("Example:\n  mimus worker --data /var/lib/mimus");
  worker->callback([&all] { all.status = work(all.worker); });
}

}  // namespace mimus::cli
