#include "server/transport.h"

#include <algorithm>
#include <vector>

#include "server/connection.h"

namespace mimus::server {
namespace {

using namespace transport;  // NOLINT(google-build-using-namespace): the other half of this file

class BeastTransport final : public Transport {
 public:
  BeastTransport(const TransportOptions& options, Handler& handler)
      : options_(options),
        shared_{.handler = handler,
                .limits = options.limits,
                .trusted_proxies = options.trusted_proxies,
                .pool{handler_threads(options)}} {
    for (unsigned k = 0; k < io_thread_count(options); ++k) threads_.push_back(std::make_unique<IoThread>());
    acceptor_ = std::make_unique<tcp::acceptor>(threads_.front()->context);
    signals_ = std::make_unique<asio::signal_set>(threads_.front()->context);
    hangup_ = std::make_unique<asio::signal_set>(threads_.front()->context);
  }

  Status listen();
  [[nodiscard]] std::string address() const override;
  [[nodiscard]] bool is_loopback() const override { return endpoint_.address().is_loopback(); }
  void run() override;
  void stop() override;

 private:
  static unsigned cores() { return std::max(1U, std::thread::hardware_concurrency()); }
  static unsigned io_thread_count(const TransportOptions& options) {
    return options.io_threads > 0 ? options.io_threads : std::clamp(cores() / 4, 1U, 4U);
  }
  // Handlers wait for the disk and for checkers of descriptors more than they compute.
  static unsigned handler_threads(const TransportOptions& options) {
    return options.handler_threads > 0 ? options.handler_threads : std::clamp(cores() * 4, 8U, 64U);
  }

  awaitable<void> accept_loop();
  awaitable<void> reload_on_hangup();
  awaitable<void> watch_deadlines(IoThread& io);
  awaitable<void> pause(milliseconds time);
  bool wait_until_closed(milliseconds patience);
  template <class Action>
  void for_each_connection(Action action);

  TransportOptions options_;
  Shared shared_;
  std::vector<std::unique_ptr<IoThread>> threads_;
  std::unique_ptr<tcp::acceptor> acceptor_;
  std::unique_ptr<asio::signal_set> signals_;
  std::unique_ptr<asio::signal_set> hangup_;
  TlsContext tls_;  // for the next connection; the first I/O thread's, once it runs
  tcp::endpoint endpoint_;
};

Status BeastTransport::listen() {
  if (options_.tls) {
    MIMUS_ASSIGN(tls_, load_tls(*options_.tls));
  }
  error_code error;
  tcp::resolver resolver(threads_.front()->context);
  const auto found = resolver.resolve(options_.host, std::to_string(options_.port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, error);
  const std::string name = options_.host + ":" + std::to_string(options_.port);
  if (error || found.empty()) {
    return fail("listen.address", "'" + options_.host + "' is no address to listen on", "127.0.0.1:8080, [::1]:8080");
  }
  endpoint_ = found.begin()->endpoint();
  (void)acceptor_->open(endpoint_.protocol(), error);
  if (!error) (void)acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) (void)acceptor_->bind(endpoint_, error);
  if (!error) (void)acceptor_->listen(asio::socket_base::max_listen_connections, error);
  if (error == asio::error::address_in_use) {
    return fail("listen.in_use", "another program listens on " + name + " already", "--listen names another address");
  }
  if (error) return fail("listen.failed", "cannot listen on " + name + ": " + error.message());
  endpoint_ = acceptor_->local_endpoint(error);
  return {};
}

std::string BeastTransport::address() const {
  const std::string host = endpoint_.address().to_string();
  const std::string port = std::to_string(endpoint_.port());
  return endpoint_.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

awaitable<void> BeastTransport::pause(milliseconds time) {
  asio::steady_timer timer(threads_.front()->context, time);
  error_code ignored;
  co_await timer.async_wait(asio::redirect_error(use_awaitable, ignored));
}

awaitable<void> BeastTransport::accept_loop() {
  std::size_t next = 0;
  while (!shared_.stopping) {
    bool full = false;
    {
      const std::scoped_lock lock(shared_.mutex);
      full = shared_.open >= shared_.limits.connections;
    }
    if (full) {
      co_await pause(milliseconds(20));
      continue;
    }
    IoThread& io = *threads_[next++ % threads_.size()];
    error_code error;
    tcp::socket socket = co_await acceptor_->async_accept(io.context, asio::redirect_error(use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      // Out of descriptors, most likely: those under way give some back.
      co_await pause(milliseconds(100));
      continue;
    }
    {
      const std::scoped_lock lock(shared_.mutex);
      ++shared_.open;
    }
    asio::co_spawn(io.context, serve_connection(std::move(socket), tls_, io, shared_), asio::detached);
  }
}

// Connections that are there keep the certificate they were begun with.
awaitable<void> BeastTransport::reload_on_hangup() {
  for (;;) {
    error_code error;
    co_await hangup_->async_wait(asio::redirect_error(use_awaitable, error));
    if (error) co_return;
    auto loaded = load_tls(*options_.tls);
    if (loaded) tls_ = *loaded;
    options_.reloaded(loaded ? Status() : fail(std::move(loaded).error()));
  }
}

// One look at all connections of a thread now and then is cheaper than a timer for each reading and writing.
awaitable<void> BeastTransport::watch_deadlines(IoThread& io) {
  const TransportLimits& limits = shared_.limits;
  const milliseconds shortest = std::min({limits.stall, limits.header_total, limits.idle, limits.slow_reader});
  const milliseconds interval = std::clamp(shortest / 8, milliseconds(5), milliseconds(100));
  asio::steady_timer timer(io.context);
  for (;;) {
    timer.expires_after(interval);
    error_code ignored;
    co_await timer.async_wait(asio::redirect_error(use_awaitable, ignored));
    const auto now = Clock::now();
    for (Connection* connection : io.connections) connection->check_deadline(now);
  }
}

template <class Action>
void BeastTransport::for_each_connection(Action action) {
  for (const auto& io : threads_) {
    asio::post(io->context, [thread = io.get(), action] {
      for (Connection* connection : thread->connections) action(*connection);
    });
  }
}

bool BeastTransport::wait_until_closed(milliseconds patience) {
  std::unique_lock lock(shared_.mutex);
  return shared_.changed.wait_for(lock, patience, [this] { return shared_.open == 0; });
}

void BeastTransport::stop() {
  {
    const std::scoped_lock lock(shared_.mutex);
    shared_.stopping = true;
  }
  shared_.changed.notify_all();
}

void BeastTransport::run() {
  if (options_.stop_on_signals) {
    signals_->add(SIGTERM);
    signals_->add(SIGINT);
    signals_->async_wait([this](const error_code& error, int) {
      if (!error) stop();
    });
  }
  if (options_.stop_on_signals && options_.tls) {
    hangup_->add(SIGHUP);
    asio::co_spawn(threads_.front()->context, reload_on_hangup(), asio::detached);
  }
  asio::co_spawn(threads_.front()->context, accept_loop(), asio::detached);
  for (const auto& io : threads_) asio::co_spawn(io->context, watch_deadlines(*io), asio::detached);
  for (const auto& io : threads_) io->thread = std::thread([context = &io->context] { context->run(); });
  {
    std::unique_lock lock(shared_.mutex);
    shared_.changed.wait(lock, [this] { return shared_.stopping.load(); });
  }
  asio::post(threads_.front()->context, [this] {
    error_code ignored;
    (void)acceptor_->close(ignored);
    (void)signals_->cancel(ignored);
    (void)hangup_->cancel(ignored);
  });
  for_each_connection([](Connection& connection) { connection.stop(); });
  if (!wait_until_closed(shared_.limits.stop_grace)) {
    for_each_connection([](Connection& connection) { connection.abort(); });
    wait_until_closed(milliseconds(5000));
  }
  shared_.pool.join();
  for (const auto& io : threads_) {
    io->work.reset();
    io->context.stop();
    io->thread.join();
  }
}

}  // namespace

Result<std::unique_ptr<Transport>> Transport::open(const TransportOptions& options, Handler& handler) {
  auto transport = std::make_unique<BeastTransport>(options, handler);
  MIMUS_TRY(transport->listen());
  return transport;
}

}  // namespace mimus::server
