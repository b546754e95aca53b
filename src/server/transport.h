// HTTP/1.1 over TCP: reads requests, hands them to a Handler, sends its answers. Only its own files (transport.cc,
// connection.cc) know Boost.
//
// Each connection is a coroutine on one of a few I/O threads; the handler and all bodies run on a pool of threads, so
// that the disk never holds up the network. Memory a connection: one header (16 KiB) and one piece of a body (64 KiB).
//
// It refuses what others could read in two ways (request smuggling): Content-Length together with Transfer-Encoding, or
// given twice; an encoding other than chunked; a header folded over lines; a missing or doubled Host.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "server/address.h"
#include "server/http.h"

namespace mimus::server {

struct TlsFiles {
  fs::path certificate;  // PEM: the server's own first, then those up to the root
  fs::path key;          // PEM, not encrypted
};

struct TransportLimits {
  std::size_t header_bytes = 16U << 10U;            // 431
  std::size_t target_bytes = 8U << 10U;             // 414
  std::chrono::milliseconds stall{30'000};          // no progress of a header or body: 408
  std::chrono::milliseconds header_total{120'000};  // a header that trickles in
  std::chrono::milliseconds idle{75'000};           // between two requests of a connection: closed without a word
  std::chrono::milliseconds slow_reader{60'000};    // an answer that makes no progress: dropped
  std::chrono::milliseconds stop_grace{10'000};     // for requests under way when the server stops
  std::uint64_t drain_bytes = 1U << 20U;            // read of a refused body, so that the client gets the answer
  std::size_t connections = 4096;                   // more wait to be accepted
};

struct TransportOptions {
  std::string host = "127.0.0.1";  // address or name
  std::uint16_t port = 0;          // 0: any free one
  unsigned io_threads = 0;         // 0: by the number of cores
  unsigned handler_threads = 0;    // 0: by the number of cores
  bool stop_on_signals = false;    // SIGTERM and SIGINT end run(); with TLS, SIGHUP reads its files anew
  std::optional<TlsFiles> tls;     // absent: in the clear
  std::vector<Network> trusted_proxies;
  // Told after SIGHUP: a bad new certificate is not used.
  std::function<void(const Status&)> reloaded = [](const Status&) {};
  TransportLimits limits;
};

class Transport {
 public:
  // Listens. Fails with listen.address (no such address), listen.in_use, listen.failed, and what load_tls()
  // (tls.h) says. `handler` must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<Transport>> open(const TransportOptions& options, Handler& handler);
  virtual ~Transport() = default;

  [[nodiscard]] virtual std::string address() const = 0;  // "127.0.0.1:8080", "[::1]:8080": the real port
  [[nodiscard]] virtual bool is_loopback() const = 0;
  // Serves until stop(), or a signal with `stop_on_signals`: no new connections are taken, requests under way are
  // answered within the grace time, all threads are joined.
  virtual void run() = 0;
  // From any thread; returns at once.
  virtual void stop() = 0;
};

}  // namespace mimus::server
