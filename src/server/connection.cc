#include "server/connection.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"

namespace mimus::server::transport {
namespace {

constexpr std::size_t kPiece = 64U << 10U;
constexpr std::size_t kChunkFrame = 32;  // room for a chunk's size line

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
#ifdef __clang_analyzer__  // It takes Asio's frames for undefined.
  (void)initiate;
  co_return;
#else
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, use_awaitable);
#endif
}

int status_of(const error_code& error, std::string_view read, const TransportLimits& limits) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    // A request line that does not end is a URL too long, not a field too large.
    return read.substr(0, limits.header_bytes).find('\n') == std::string_view::npos ? 414 : 431;
  }
  if (error == http::error::bad_version) return 505;
  return 400;
}

Request request_of(const Parser& parser) {
  Request request;
  const auto& message = parser.get();
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) request.headers.add(std::string(field.name_string()), std::string(field.value()));
  request.host = std::string(trim(request.headers.get("Host")));
  request.has_body = !parser.is_done() && (parser.chunked() || parser.content_length().value_or(0) > 0);
  if (!parser.chunked()) request.body_length = parser.content_length().value_or(0);
  return request;
}

std::string_view text_of(const beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

}  // namespace

Connection::Connection(tcp::socket socket, TlsContext tls, IoThread& io, Shared& shared)
    : channel_(std::move(socket), std::move(tls)),
      io_(io),
      shared_(shared),
      buffer_(shared.limits.header_bytes + kPiece) {
  io_.connections.insert(this);
  error_code error;
  const auto endpoint = channel_.socket().remote_endpoint(error);
  // An address of IPv4 that comes over IPv6 is written as what it is.
  if (const auto address = parse_address(endpoint.address().to_string()); !error && address) peer_ = address->text();
}

awaitable<bool> Connection::shake_hands() {
  if (!channel_.is_encrypted()) co_return true;
  begin_waiting(shared_.limits.stall);
  const error_code error = co_await channel_.handshake();
  co_return !end_waiting(error);
}

// Reads once from the network.
awaitable<error_code> Connection::fill(milliseconds patience) {
  const std::size_t room = std::min(kPiece, buffer_.max_size() - buffer_.size());
  if (room == 0) co_return http::error::buffer_overflow;
  begin_waiting(patience);
  error_code error;
  const std::size_t count = co_await channel_.read_some(buffer_.prepare(room), error);
  buffer_.commit(count);
  co_return end_waiting(error);
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
    const std::size_t count = co_await channel_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    bytes.remove_prefix(count);
    if (end_waiting(error)) broken_ = true;
  }
  co_return !broken_;
}

// Waits in the midst of a body; false when there is nobody left to go on for. What the client sends meanwhile is its
// next request.
awaitable<bool> Connection::rest(milliseconds time) {
  idle_ = true;
  if (shared_.stopping) co_return false;
  const error_code error = co_await fill(time);
  idle_ = false;
  co_return !shared_.stopping && (!error || error == asio::error::timed_out);
}

awaitable<void> Connection::respond(Response response, bool head_only) {
  if (shared_.stopping) keep_alive_ = false;
  const bool bodyless = head_only || response.status == 204 || response.status == 304;
  const bool unknown = response.writer && !response.length;
  // HTTP/1.0 knows no chunks: such a body ends with the connection.
  if (unknown && version_ < 11) keep_alive_ = false;
  const bool chunked = unknown && version_ >= 11;
  std::string out = head_of(response, {.version = version_,
                                       .chunked = chunked,
                                       .keep_alive = keep_alive_,
                                       .secure = request_.is_secure || channel_.is_encrypted()});
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
    if (out.empty()) {
      if (*more && writer.pause().count() > 0 && !co_await rest(writer.pause())) co_return false;
      continue;
    }
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
  const auto patience = std::min(shared_.limits.stall, milliseconds(5000));
  const auto until = Clock::now() + patience;
  begin_waiting(patience);
  co_await channel_.say_goodbye();
  error_code error;
  if (end_waiting(error)) co_return;
  (void)channel_.socket().shutdown(tcp::socket::shutdown_send, error);
  std::uint64_t read = 0;
  while (!error && read < shared_.limits.drain_bytes && !shared_.stopping) {
    const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now());
    if (left.count() <= 0) break;
    buffer_.clear();
    begin_waiting(left);
    read += co_await channel_.read_raw(buffer_.prepare(kPiece), error);
    error = end_waiting(error);
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
  if (!co_await shake_hands()) co_return;
  for (;;) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(shared_.limits.header_bytes));
    parser.body_limit(boost::none);
    keep_alive_ = false;
    request_ = {};
    if (auto refusal = co_await read_head(parser)) {
      co_await refuse(std::move(*refusal));
      co_return;
    }
    version_ = parser.get().version();
    request_ = request_of(parser);
    request_.peer = peer_;
    request_.is_secure = channel_.is_encrypted();
    apply_forwarded(request_, shared_.trusted_proxies);
    if (auto fault = find_fault(request_, version_, shared_.limits)) {
      co_await refuse(std::move(*fault));
      co_return;
    }
    keep_alive_ = parser.keep_alive();
    co_await exchange(parser);
    if (broken_ || !keep_alive_) co_return;
  }
}

awaitable<void> serve_connection(tcp::socket socket, TlsContext tls, IoThread& io, Shared& shared) {
  {
    error_code ignored;
    (void)socket.set_option(tcp::no_delay(true), ignored);
    Connection connection(std::move(socket), std::move(tls), io, shared);
    co_await connection.serve();
  }
  const std::scoped_lock lock(shared.mutex);
  --shared.open;
  shared.changed.notify_all();
}

}  // namespace mimus::server::transport
