#include "server/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>

namespace mimus::server::transport {
namespace {

namespace ssl = boost::asio::ssl;

// TLS 1.3 has its own list, which OpenSSL knows.
constexpr const char* kSuites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr std::array<unsigned char, 9> kProtocols{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

std::string library_reason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : "the library does not say why";
}

int select_protocol(SSL* /*connection*/, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                    unsigned in_size, void* /*none*/) {
  unsigned char* chosen = nullptr;
  const int result = SSL_select_next_proto(&chosen, out_size, kProtocols.data(), kProtocols.size(), in, in_size);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// A server has nobody to ask for a passphrase.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*none*/) { return 0; }

Status read_pair(SSL_CTX* context, const TlsFiles& files) {
  const std::string& certificate = files.certificate.native();
  const std::string& key = files.key.native();
  // OpenSSL's own word about a file that is not there is of no use.
  for (const fs::path* path : {&files.certificate, &files.key}) {
    if (const auto read = read_file(*path, std::size_t{1} << 20U); !read) {
      return fail(path == &files.key ? "tls.key" : "tls.certificate", read.error().message);
    }
  }
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
    return fail("tls.certificate", "'" + certificate + "' holds no certificate in PEM: " + library_reason());
  }
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return fail("tls.key", "'" + key + "' holds no key of that certificate in PEM: " + library_reason(),
                "the key must not be encrypted, and belong to the first certificate of '" + certificate + "'");
  }
  if (SSL_CTX_check_private_key(context) != 1) {
    return fail("tls.key", "the key '" + key + "' does not belong to the certificate '" + certificate + "'");
  }
  return {};
}

}  // namespace

Result<TlsContext> load_tls(const TlsFiles& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* handle = context->native_handle();
  if (SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION) != 1 || SSL_CTX_set_cipher_list(handle, kSuites) != 1) {
    return fail("tls.failed", "cannot set up TLS: " + library_reason());
  }
  SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(handle, select_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(handle, no_passphrase);
  MIMUS_TRY(read_pair(handle, files));
  return context;
}

}  // namespace mimus::server::transport
