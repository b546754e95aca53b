// The certificate with which a server proves who it is, and how its connections are encrypted: TLS 1.2 and 1.3, only
// suites with forward secrecy and authenticated encryption, and no protocol but HTTP/1.1 (RFC 7301).
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "base/result.h"
#include "server/transport.h"

namespace mimus::server {

namespace transport {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

// tls.certificate, tls.key (cannot be read, is none, does not belong to the certificate), tls.failed.
[[nodiscard]] Result<TlsContext> load_tls(const TlsFiles& files);

}  // namespace transport
}  // namespace mimus::server
