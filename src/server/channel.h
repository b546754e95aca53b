// The bytes of a connection, in the clear or under TLS. Internal to the transport.
#pragma once

#include <boost/asio.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <optional>

#include "server/tls.h"

namespace mimus::server::transport {

// Belongs to one I/O thread. One reading or writing at a time.
class Channel {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Error = boost::system::error_code;
  template <class T>
  using Awaitable = boost::asio::awaitable<T>;

  // `tls`: none for a connection in the clear.
  Channel(Socket socket, TlsContext tls);
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel() = default;

  [[nodiscard]] bool is_encrypted() const { return tls_.has_value(); }
  // Before anything else; nothing in the clear.
  Awaitable<Error> handshake();
  Awaitable<std::size_t> read_some(boost::asio::mutable_buffer into, Error& error);
  Awaitable<std::size_t> write_some(boost::asio::const_buffer from, Error& error);
  // Tells the other side that nothing more comes, and waits for the same of it; nothing in the clear.
  Awaitable<void> say_goodbye();
  // What is read then is not decrypted any more: only for throwing away.
  Awaitable<std::size_t> read_raw(boost::asio::mutable_buffer into, Error& error);
  [[nodiscard]] Socket& socket() { return socket_; }

 private:
  Socket socket_;
  TlsContext context_;
  std::optional<boost::asio::ssl::stream<Socket&>> tls_;
};

}  // namespace mimus::server::transport
