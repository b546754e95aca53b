// The server: the store, the services over it, a worker, and the HTTP API.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "project/files.h"
#include "server/access_log.h"
#include "server/event_streams.h"
#include "server/transport.h"
#include "task/tasks.h"

namespace mimus::server {

struct ServeOptions {
  fs::path data;                       // the data folder, made when absent
  std::string listen = "127.0.0.1:0";  // HOST:PORT; port 0 takes any free one
  fs::path demos;                      // folder of the demo store; empty: there are no demos
  unsigned workers = 0;                // tasks at the same time; 0: the default of the worker
  project::FileLimits files;
  task::TaskLimits tasks;
  EventStreamLimits streams;
  TransportLimits transport;
  double requests_per_second = 0;            // of one token or user; 0: no limit
  double failures_per_minute = 0;            // authentications that fail, of one address; 0: no limit
  std::optional<TlsFiles> tls;               // absent: HTTP in the clear
  std::vector<std::string> trusted_proxies;  // addresses and networks whose X-Forwarded-… fields are believed
  std::vector<std::string> public_urls;      // by which people reach the server
  bool insecure_http = false;                // in the clear even where other machines can listen
  std::function<void(const Status&)> reloaded = [](const Status&) {};  // the certificate, after SIGHUP
  fs::path metrics_token;           // file with the token of /metrics; empty: for this machine alone
  LogFormat log = LogFormat::None;  // of the access log on stderr
  std::string engine_version;
  std::string datapack_version;
};

struct Listening {
  std::string address;  // "127.0.0.1:8080": the real port
  bool is_loopback = true;
  bool is_encrypted = false;
  std::string first_password;  // one-time, of the admin that this start has made; empty otherwise
};

// Serves until SIGTERM or SIGINT; then requests under way are answered and the worker is stopped. `started` is called
// once requests are taken. Fails, before anything is served, with what open_store() says, listen.syntax, and what
// Transport::open() says, address.syntax, url.syntax, listen.insecure, metrics.token.
[[nodiscard]] Status serve(const ServeOptions& options, const std::function<void(const Listening&)>& started);

struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:8080", ":8080" (all addresses). listen.syntax.
[[nodiscard]] Result<HostPort> parse_listen(std::string_view text);

}  // namespace mimus::server
