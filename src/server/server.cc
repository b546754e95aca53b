#include "server/server.h"

#include <unistd.h>

#include "base/text.h"
#include "project/projects.h"
#include "project/tokens.h"
#include "server/app.h"
#include "server/gate.h"
#include "server/http_metrics.h"
#include "server/metrics_page.h"
#include "server/openapi.h"
#include "server/routes.h"
#include "server/transport.h"
#include "server/watch.h"
#include "task/worker.h"

namespace mimus::server {
namespace {

// Tokens in the clear are for one machine, or for a network that somebody answers for.
Status check_exposure(const ServeOptions& options, const Transport& transport) {
  if (transport.is_loopback() || options.tls || options.insecure_http || !options.trusted_proxies.empty()) return {};
  return fail("listen.insecure",
              "other machines can reach " + transport.address() + ", and HTTP there is not encrypted",
              "--tls-cert and --tls-key; or --trusted-proxy for a proxy with TLS before it; or --insecure-http");
}

}  // namespace

Result<HostPort> parse_listen(std::string_view text) {
  const auto wrong = [&] {
    return fail("listen.syntax", "'" + escape_controls(text) + "' is no HOST:PORT", "127.0.0.1:8080, [::1]:8080");
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong();
  std::string_view host = text.substr(0, colon);
  const auto port = parse_uint(text.substr(colon + 1));
  if (!port || *port > 65535) return wrong();
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return wrong();
  }
  return HostPort{.host = host.empty() ? "0.0.0.0" : std::string(host), .port = static_cast<std::uint16_t>(*port)};
}

Status serve(const ServeOptions& options, const std::function<void(const Listening&)>& started) {
  MIMUS_ASSIGN(const HostPort address, parse_listen(options.listen));
  TransportOptions transport_options{.host = address.host,
                                     .port = address.port,
                                     .stop_on_signals = true,
                                     .tls = options.tls,
                                     .reloaded = options.reloaded,
                                     .limits = options.transport};
  for (const std::string& proxy : options.trusted_proxies) {
    MIMUS_ASSIGN(const Network network, parse_network(proxy));
    transport_options.trusted_proxies.push_back(network);
  }
  MIMUS_ASSIGN(HostNames names, HostNames::make(options.public_urls, address.host));
  std::string metrics_token;
  if (!options.metrics_token.empty()) {
    MIMUS_ASSIGN(metrics_token, read_metrics_token(options.metrics_token));
  }
  MIMUS_ASSIGN(store::Store store, store::open_store(options.data));
  project::Files files(store, options.files);
  project::Projects projects(store, files);
  project::Tokens tokens(store);
  task::Tasks tasks(store, files, task::self({"task-process"}), options.tasks);
  people::PasswordHasher hasher;
  people::Sessions sessions(store, hasher);
  people::Users users(store, hasher);
  people::Members members(store);
  people::Settings settings(store);
  people::Audit audit(store);
  EventStreams streams(options.streams);
  std::vector<Route> routes = all_routes();
  HttpMetrics metrics(routes);
  Services services{.files = &files,
                    .projects = &projects,
                    .tokens = &tokens,
                    .tasks = &tasks,
                    .streams = &streams,
                    .sessions = &sessions,
                    .users = &users,
                    .members = &members,
                    .settings = &settings,
                    .audit = &audit,
                    .metrics = &metrics,
                    .metrics_token = std::move(metrics_token),
                    .is_ready = {},
                    .openapi = make_openapi(routes, options.engine_version),
                    .platform_openapi = make_platform_openapi(routes, options.engine_version),
                    .demos = options.demos,
                    .engine_version = options.engine_version,
                    .datapack_version = options.datapack_version};
  App app(services, std::move(routes),
          {.requests_per_second = options.requests_per_second, .failures_per_minute = options.failures_per_minute});
  Gate gate(app, std::move(names));
  // One write a line, so that lines do not run into each other; a log that nobody reads is no reason to stop.
  Watch watch(gate, metrics, options.log, [](std::string_view line) { (void)write_all(STDERR_FILENO, line); });
  // The address first: when it is taken, no worker is started.
  MIMUS_ASSIGN(const auto transport, Transport::open(transport_options, watch));
  MIMUS_TRY(check_exposure(options, *transport));
  MIMUS_ASSIGN(const auto supervisor, task::Supervisor::start(store, options.workers));
  services.is_ready = [&supervisor] { return supervisor->is_healthy(); };
  MIMUS_ASSIGN(const auto first_admin, users.create_first_admin());
  started({.address = transport->address(),
           .is_loopback = transport->is_loopback(),
           .is_encrypted = options.tls.has_value(),
           .first_password = first_admin ? first_admin->one_time : std::string()});
  transport->run();
  return {};
}

}  // namespace mimus::server
