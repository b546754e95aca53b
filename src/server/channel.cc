#include "server/channel.h"

namespace mimus::server::transport {

namespace asio = boost::asio;
using asio::redirect_error;
using asio::use_awaitable;

Channel::Channel(Socket socket, TlsContext tls) : socket_(std::move(socket)), context_(std::move(tls)) {
  if (context_) tls_.emplace(socket_, *context_);
}

Channel::Awaitable<Channel::Error> Channel::handshake() {
  Error error;
  if (tls_) co_await tls_->async_handshake(asio::ssl::stream_base::server, redirect_error(use_awaitable, error));
  co_return error;
}

Channel::Awaitable<std::size_t> Channel::read_some(asio::mutable_buffer into, Error& error) {
  if (tls_) co_return co_await tls_->async_read_some(into, redirect_error(use_awaitable, error));
  co_return co_await socket_.async_read_some(into, redirect_error(use_awaitable, error));
}

Channel::Awaitable<std::size_t> Channel::write_some(asio::const_buffer from, Error& error) {
  if (tls_) co_return co_await tls_->async_write_some(from, redirect_error(use_awaitable, error));
  co_return co_await socket_.async_write_some(from, redirect_error(use_awaitable, error));
}

Channel::Awaitable<void> Channel::say_goodbye() {
  Error ignored;
  if (tls_) co_await tls_->async_shutdown(redirect_error(use_awaitable, ignored));
}

Channel::Awaitable<std::size_t> Channel::read_raw(asio::mutable_buffer into, Error& error) {
  co_return co_await socket_.async_read_some(into, redirect_error(use_awaitable, error));
}

}  // namespace mimus::server::transport
