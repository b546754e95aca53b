#include "server/transport.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "server/date.h"

namespace mimus::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kPiece = 64U << 10U;
constexpr std::size_t kChunkFrame = 32;  // room for a chunk's size line

// Only buffer_body lets a body pass piece by piece.
using Parser = http::request_parser<http::buffer_body>;

class Connection;

// One I/O thread. All but `context` belongs to that thread. The set outlives the context, whose end ends what is left.
struct IoThread {
  std::unordered_set<Connection*> connections;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::thread thread;
};

// What all connections share.
struct Shared {
  Handler& handler;
  TransportLimits limits;
  asio::thread_pool pool;
  std::atomic<bool> stopping = false;
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t open = 0;  // connections, under the mutex
};

// Runs `work` on the pool; the coroutine goes on where it was. `work` must not throw.
template <class Work>
awaitable<void> on_pool(Shared& shared, Work& work) {
  auto initiate = [pool = &shared.pool, todo = &work](auto handler) {
    asio::post(*pool, [handler = std::move(handler), todo]() mutable {
      (*todo)();
      auto executor = asio::get_associated_executor(handler);
      asio::post(executor, std::move(handler));
    });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, use_awaitable);
}

// Why a header could not be read.
struct Refusal {
  int status = 0;  // 0: close without a word
  std::string reason;
};

int status_of(const error_code& error, std::string_view read, const TransportLimits& limits) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    // A request line that does not end is a URL too long, not a field too large.
    return read.substr(0, limits.header_bytes).find('\n') == std::string_view::npos ? 414 : 431;
  }
  if (error == http::error::bad_version) return 505;
  return 400;
}

// What a header may not say. Beast has seen to the syntax, and to Content-Length together with Transfer-Encoding.
std::optional<Refusal> find_fault(const Request& request, unsigned version, const TransportLimits& limits) {
  const Headers& headers = request.headers;
  if (request.target.size() > limits.target_bytes) return Refusal{414, "the URL is too long"};
  if (headers.count("Host") != 1 && (version >= 11 || headers.count("Host") > 1)) {
    return Refusal{400, "a request needs exactly one Host field"};
  }
  const std::string_view length = headers.get("Content-Length");
  if (headers.count("Content-Length") > 1 || length.find_first_not_of("0123456789") != std::string_view::npos) {
    return Refusal{400, "Content-Length is no single number"};
  }
  if (headers.has("Transfer-Encoding")) {
    if (version < 11 || headers.count("Transfer-Encoding") > 1 || headers.has("Content-Length")) {
      return Refusal{400, "the length of the body is ambiguous"};
    }
    if (!equals_without_case(trim(headers.get("Transfer-Encoding")), "chunked")) {
      return Refusal{501, "only the transfer encoding chunked is known"};
    }
  }
  if (headers.has("Expect") && !equals_without_case(trim(headers.get("Expect")), "100-continue")) {
    return Refusal{417, "only the expectation 100-continue is known"};
  }
  return {};
}

class Connection {
 public:
  Connection(tcp::socket socket, IoThread& io, Shared& shared)
      : socket_(std::move(socket)), io_(io), shared_(shared), buffer_(shared.limits.header_bytes + kPiece) {
    io_.connections.insert(this);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { io_.connections.erase(this); }

  awaitable<void> serve();
  // Ends an idle connection at once; others end after the request under way.
  void stop() {
    if (idle_) abort();
  }
  void abort() {
    error_code ignored;
    socket_.close(ignored);
  }
  // Ends the reading or writing under way when it has made no progress in time.
  void check_deadline(Clock::time_point now) {
    if (now < deadline_) return;
    timed_out_ = true;
    error_code ignored;
    socket_.cancel(ignored);
  }

 private:
  void begin_waiting(milliseconds patience) { deadline_ = Clock::now() + patience; }
  error_code end_waiting(const error_code& error) {
    deadline_ = Clock::time_point::max();
    return std::exchange(timed_out_, false) ? error_code(asio::error::timed_out) : error;
  }
  awaitable<error_code> fill(milliseconds patience);
  awaitable<std::optional<Refusal>> read_head(Parser& parser);
  awaitable<error_code> read_piece(Parser& parser, std::string& piece);
  awaitable<void> exchange(Parser& parser);
  awaitable<void> take_body(Parser& parser, std::unique_ptr<BodyTaker> taker, Response& response);
  awaitable<void> respond(Response response, bool head_only);
  awaitable<bool> send_body(BodyWriter& writer, std::optional<std::uint64_t> length, bool chunked, std::string& out);
  awaitable<bool> send(std::string_view bytes);
  awaitable<bool> drain(Parser& parser);
  awaitable<void> linger();
  awaitable<void> refuse(Refusal refusal);
  [[nodiscard]] std::string head_of(const Response& response, bool chunked) const;

  tcp::socket socket_;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool timed_out_ = false;
  IoThread& io_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  Request request_;
  unsigned version_ = 11;
  bool idle_ = false;        // between two requests
  bool keep_alive_ = false;  // after the answer under way
  bool broken_ = false;      // nothing can be sent any more
};

// Reads once from the network.
awaitable<error_code> Connection::fill(milliseconds patience) {
  const std::size_t room = std::min(kPiece, buffer_.max_size() - buffer_.size());
  if (room == 0) co_return http::error::buffer_overflow;
  begin_waiting(patience);
  error_code error;
  const std::size_t count =
      co_await socket_.async_read_some(buffer_.prepare(room), asio::redirect_error(use_awaitable, error));
  buffer_.commit(count);
  co_return end_waiting(error);
}

std::string_view text_of(const beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

// A field folded over lines; others on the way may read two fields there.
bool is_folded(std::string_view read) {
  const std::string_view head = read.substr(0, read.find("\r\n\r\n"));
  return head.find("\n ") != std::string_view::npos || head.find("\n\t") != std::string_view::npos;
}

awaitable<std::optional<Refusal>> Connection::read_head(Parser& parser) {
  const TransportLimits& limits = shared_.limits;
  std::optional<Clock::time_point> deadline;
  for (;;) {
    while (text_of(buffer_).starts_with("\r\n")) buffer_.consume(2);  // RFC 9112, section 2.2
    if (buffer_.size() > 0) {
      if (!deadline) deadline = Clock::now() + limits.header_total;
      if (is_folded(text_of(buffer_))) co_return Refusal{400, "a header field is folded"};
      error_code error;
      const std::size_t count = parser.put(buffer_.data(), error);
      if (error && error != http::error::need_more) {
        co_return Refusal{status_of(error, text_of(buffer_), limits), error.message()};
      }
      buffer_.consume(count);
      if (parser.is_header_done()) co_return std::nullopt;
    }
    idle_ = !deadline;
    if (idle_ && shared_.stopping) co_return Refusal{};
    auto patience = limits.idle;
    if (deadline) {
      const auto left = std::chrono::duration_cast<milliseconds>(*deadline - Clock::now());
      patience = std::min(limits.stall, std::max(left, milliseconds(0)));
    }
    const error_code error = co_await fill(patience);
    idle_ = false;
    if (error == asio::error::timed_out && deadline) co_return Refusal{408, "the header did not arrive in time"};
    if (error) co_return Refusal{};
  }
}

// The next bytes of the body, or none at its end.
awaitable<error_code> Connection::read_piece(Parser& parser, std::string& piece) {
  piece.resize(kPiece);
  for (;;) {
    if (parser.is_done()) {
      piece.clear();
      co_return error_code{};
    }
    error_code error = http::error::need_more;
    if (buffer_.size() > 0) {
      auto& body = parser.get().body();
      body.data = piece.data();
      body.size = piece.size();
      body.more = true;
      error = {};
      buffer_.consume(parser.put(buffer_.data(), error));
      const std::size_t got = piece.size() - body.size;
      if (error == http::error::need_buffer) error = {};
      if (got > 0) {
        piece.resize(got);
        co_return error_code{};
      }
    }
    if (error && error != http::error::need_more) co_return error;
    if (error == http::error::need_more) {
      error = co_await fill(shared_.limits.stall);
      if (error) co_return error;
    }
  }
}

awaitable<bool> Connection::send(std::string_view bytes) {
  while (!bytes.empty() && !broken_) {
    begin_waiting(shared_.limits.slow_reader);
    error_code error;
    const std::size_t count = co_await socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()),
                                                                asio::redirect_error(use_awaitable, error));
    bytes.remove_prefix(count);
    if (end_waiting(error)) broken_ = true;
  }
  co_return !broken_;
}

std::string Connection::head_of(const Response& response, bool chunked) const {
  std::string head = version_ >= 11 ? "HTTP/1.1 " : "HTTP/1.0 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason_phrase(response.status);
  head += "\r\nDate: ";
  head += http_date_now();
  for (const auto& [name, value] : response.headers.fields()) {
    head += "\r\n";
    head += name;
    head += ": ";
    head += value;
  }
  if (chunked) {
    head += "\r\nTransfer-Encoding: chunked";
  } else if (response.status != 204 && response.status != 304) {
    if (!response.writer || response.length) {
      head += "\r\nContent-Length: ";
      head += std::to_string(response.writer ? *response.length : response.body.size());
    }
  }
  if (!keep_alive_) {
    head += "\r\nConnection: close";
  } else if (version_ < 11) {
    head += "\r\nConnection: keep-alive";
  }
  return head + "\r\n\r\n";
}

awaitable<void> Connection::respond(Response response, bool head_only) {
  if (shared_.stopping) keep_alive_ = false;
  const bool bodyless = head_only || response.status == 204 || response.status == 304;
  const bool unknown = response.writer && !response.length;
  // HTTP/1.0 knows no chunks: such a body ends with the connection.
  if (unknown && version_ < 11) keep_alive_ = false;
  const bool chunked = unknown && version_ >= 11;
  std::string out = head_of(response, chunked);
  if (!bodyless && !response.writer) out += response.body;
  if (bodyless || !response.writer) {
    co_await send(out);
  } else if (co_await send(out)) {
    out.clear();
    if (!co_await send_body(*response.writer, response.length, chunked, out)) broken_ = true;
  }
  if (response.writer) {
    auto destroy = [&response] { response.writer.reset(); };
    co_await on_pool(shared_, destroy);
  }
}

// False when the body could not be sent whole.
awaitable<bool> Connection::send_body(BodyWriter& writer, std::optional<std::uint64_t> length, bool chunked,
                                      std::string& out) {
  std::uint64_t sent = 0;
  Result<bool> more = true;
  while (*more) {
    out.clear();
    auto produce = [&writer, &more, &out] { more = writer.next(out); };
    co_await on_pool(shared_, produce);
    if (!more) co_return false;
    sent += out.size();
    if (length && sent > *length) co_return false;
    if (out.empty()) continue;
    if (chunked) {
      std::array<char, kChunkFrame> frame{};
      const int size = std::snprintf(frame.data(), frame.size(), "%zx\r\n", out.size());
      out.insert(0, frame.data(), static_cast<std::size_t>(size));
      out += "\r\n";
    }
    if (!co_await send(out)) co_return false;
  }
  if (length && sent != *length) co_return false;
  if (chunked) co_return co_await send("0\r\n\r\n");
  co_return true;
}

// Reads what is left of a body and throws it away; true when its end was reached within the bounds.
awaitable<bool> Connection::drain(Parser& parser) {
  std::string piece;
  std::uint64_t read = 0;
  while (read <= shared_.limits.drain_bytes) {
    if (const error_code error = co_await read_piece(parser, piece)) co_return false;
    if (piece.empty()) co_return true;
    read += piece.size();
  }
  co_return false;
}

// Closes so that the client gets the answer: closing with unread bytes would reset the connection under it.
awaitable<void> Connection::linger() {
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  std::uint64_t read = 0;
  const auto until = Clock::now() + std::min(shared_.limits.stall, milliseconds(5000));
  while (!error && read < shared_.limits.drain_bytes && !shared_.stopping) {
    buffer_.clear();
    const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now());
    if (left.count() <= 0) break;
    error = co_await fill(left);
    read += buffer_.size();
  }
}

awaitable<void> Connection::refuse(Refusal refusal) {
  if (refusal.status == 0) co_return;
  keep_alive_ = false;
  Response response;
  auto make = [&] { response = shared_.handler.refuse(refusal.status, refusal.reason); };
  co_await on_pool(shared_, make);
  co_await respond(std::move(response), false);
  if (!broken_) co_await linger();
}

Request request_of(const Parser& parser) {
  Request request;
  const auto& message = parser.get();
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) request.headers.add(std::string(field.name_string()), std::string(field.value()));
  request.has_body = !parser.is_done() && (parser.chunked() || parser.content_length().value_or(0) > 0);
  if (!parser.chunked()) request.body_length = parser.content_length().value_or(0);
  return request;
}

awaitable<void> Connection::take_body(Parser& parser, std::unique_ptr<BodyTaker> taker, Response& response) {
  std::string piece;
  std::optional<Response> early;
  for (;;) {
    const error_code error = co_await read_piece(parser, piece);
    if (error) {
      auto give_up = [&] {
        taker.reset();
        if (error == asio::error::timed_out)
          response = shared_.handler.refuse(408, "the body made no progress");
        else
          response = shared_.handler.refuse(400, "the body is no valid HTTP: " + error.message());
      };
      co_await on_pool(shared_, give_up);
      keep_alive_ = false;
      // A client that is gone gets no answer.
      const bool gone = error.category() == asio::error::get_system_category() ||
                        error.category() == asio::error::get_misc_category();
      broken_ = gone && error != asio::error::timed_out;
      co_return;
    }
    if (piece.empty()) break;
    auto take = [&] { early = taker->take(piece); };
    co_await on_pool(shared_, take);
    if (early) break;
  }
  if (early) keep_alive_ = false;
  auto finish = [&] {
    response = early ? std::move(*early) : taker->finish();
    taker.reset();
  };
  co_await on_pool(shared_, finish);
}

// One request, from its header to the end of its answer.
awaitable<void> Connection::exchange(Parser& parser) {
  const bool continue_expected = request_.headers.has("Expect") && version_ >= 11;
  Reaction reaction;
  auto begin = [&] { reaction = shared_.handler.begin(request_); };
  co_await on_pool(shared_, begin);
  const bool head_only = request_.method == "HEAD";
  if (auto* taker = std::get_if<std::unique_ptr<BodyTaker>>(&reaction)) {
    if (request_.has_body && continue_expected && buffer_.size() == 0) co_await send("HTTP/1.1 100 Continue\r\n\r\n");
    Response response;
    co_await take_body(parser, std::move(*taker), response);
    if (!broken_) co_await respond(std::move(response), head_only);
  } else {
    if (request_.has_body && (continue_expected || request_.body_length.value_or(UINT64_MAX) > kPiece)) {
      keep_alive_ = false;
    }
    co_await respond(std::move(std::get<Response>(reaction)), head_only);
    if (keep_alive_ && !broken_ && request_.has_body && !co_await drain(parser)) keep_alive_ = false;
  }
  if (!keep_alive_ && !broken_) co_await linger();
}

awaitable<void> Connection::serve() {
  for (;;) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(shared_.limits.header_bytes));
    parser.body_limit(boost::none);
    keep_alive_ = false;
    if (auto refusal = co_await read_head(parser)) {
      co_await refuse(std::move(*refusal));
      co_return;
    }
    version_ = parser.get().version();
    request_ = request_of(parser);
    if (auto fault = find_fault(request_, version_, shared_.limits)) {
      co_await refuse(std::move(*fault));
      co_return;
    }
    keep_alive_ = parser.keep_alive();
    co_await exchange(parser);
    if (broken_ || !keep_alive_) co_return;
  }
}

awaitable<void> serve_connection(tcp::socket socket, IoThread& io, Shared& shared) {
  {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    Connection connection(std::move(socket), io, shared);
    co_await connection.serve();
  }
  const std::scoped_lock lock(shared.mutex);
  --shared.open;
  shared.changed.notify_all();
}

class BeastTransport final : public Transport {
 public:
  BeastTransport(const TransportOptions& options, Handler& handler)
      : options_(options), shared_{.handler = handler, .limits = options.limits, .pool{handler_threads(options)}} {
    for (unsigned k = 0; k < io_thread_count(options); ++k) threads_.push_back(std::make_unique<IoThread>());
    acceptor_ = std::make_unique<tcp::acceptor>(threads_.front()->context);
    signals_ = std::make_unique<asio::signal_set>(threads_.front()->context);
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
  tcp::endpoint endpoint_;
};

Status BeastTransport::listen() {
  error_code error;
  tcp::resolver resolver(threads_.front()->context);
  const auto found = resolver.resolve(options_.host, std::to_string(options_.port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, error);
  const std::string name = options_.host + ":" + std::to_string(options_.port);
  if (error || found.empty()) {
    return fail("listen.address", "'" + options_.host + "' is no address to listen on", "127.0.0.1:8080, [::1]:8080");
  }
  endpoint_ = found.begin()->endpoint();
  acceptor_->open(endpoint_.protocol(), error);
  if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_->bind(endpoint_, error);
  if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
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
    asio::co_spawn(io.context, serve_connection(std::move(socket), io, shared_), asio::detached);
  }
}

// One look at all connections of a thread now and then is cheaper than a timer for each reading and writing.
awaitable<void> BeastTransport::watch_deadlines(IoThread& io) {
  const TransportLimits& limits = shared_.limits;
  const milliseconds shortest = std::min({limits.stall, limits.header_total, limits.idle, limits.slow_reader});
  const milliseconds interval = std::clamp(shortest / 8, milliseconds(5), milliseconds(500));
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
  asio::co_spawn(threads_.front()->context, accept_loop(), asio::detached);
  for (const auto& io : threads_) asio::co_spawn(io->context, watch_deadlines(*io), asio::detached);
  for (const auto& io : threads_) io->thread = std::thread([context = &io->context] { context->run(); });
  {
    std::unique_lock lock(shared_.mutex);
    shared_.changed.wait(lock, [this] { return shared_.stopping.load(); });
  }
  asio::post(threads_.front()->context, [this] {
    error_code ignored;
    acceptor_->close(ignored);
    signals_->cancel(ignored);
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
