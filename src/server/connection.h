// One connection of the transport: reads a request, has it handled, sends the answer, and again. Internal to the
// transport; these are the only files that know Boost.
#pragma once

#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_set>

#include "server/channel.h"
#include "server/http.h"
#include "server/origin.h"
#include "server/transport.h"
#include "server/wire.h"

namespace mimus::server::transport {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

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
  std::vector<Network> trusted_proxies;
  asio::thread_pool pool;
  std::atomic<bool> stopping = false;
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t open = 0;  // connections, under the mutex
};

class Connection {
 public:
  Connection(tcp::socket socket, TlsContext tls, IoThread& io, Shared& shared);
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
    (void)channel_.socket().close(ignored);
  }
  // Ends the reading or writing under way when it has made no progress in time.
  void check_deadline(Clock::time_point now) {
    if (now < deadline_) return;
    timed_out_ = true;
    error_code ignored;
    (void)channel_.socket().cancel(ignored);
  }

 private:
  void begin_waiting(milliseconds patience) { deadline_ = Clock::now() + patience; }
  error_code end_waiting(const error_code& error) {
    deadline_ = Clock::time_point::max();
    return std::exchange(timed_out_, false) ? error_code(asio::error::timed_out) : error;
  }
  awaitable<bool> shake_hands();
  awaitable<error_code> fill(milliseconds patience);
  awaitable<std::optional<Refusal>> read_head(Parser& parser);
  awaitable<error_code> read_piece(Parser& parser, std::string& piece);
  awaitable<void> exchange(Parser& parser);
  awaitable<void> take_body(Parser& parser, std::unique_ptr<BodyTaker> taker, Response& response);
  awaitable<void> respond(Response response, bool head_only);
  awaitable<bool> send_body(BodyWriter& writer, std::optional<std::uint64_t> length, bool chunked, std::string& out);
  awaitable<bool> send(std::string_view bytes);
  awaitable<bool> rest(milliseconds time);
  awaitable<bool> drain(Parser& parser);
  awaitable<void> linger();
  awaitable<void> refuse(Refusal refusal);

  Channel channel_;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool timed_out_ = false;
  IoThread& io_;
  Shared& shared_;
  std::string peer_;  // address of the other end
  beast::flat_buffer buffer_;
  Request request_;
  unsigned version_ = 11;
  bool idle_ = false;        // between two requests
  bool keep_alive_ = false;  // after the answer under way
  bool broken_ = false;      // nothing can be sent any more
};

// From an accepted socket to its end. `shared.open` counts it already.
awaitable<void> serve_connection(tcp::socket socket, TlsContext tls, IoThread& io, Shared& shared);

}  // namespace mimus::server::transport
