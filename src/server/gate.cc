#include "server/gate.h"

#include "base/text.h"
#include "server/problem.h"
#include "server/target.h"

namespace mimus::server {
namespace {

constexpr std::size_t kLongestHost = 100;

// In a target of the absolute form the host stands there, and the field does not count (RFC 9112, section 3.2.2).
std::string_view wanted_host(const Request& request) {
  const std::string_view target = request.target;
  const std::size_t scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return request.host;
  const std::string_view rest = target.substr(scheme + 3);
  return rest.substr(0, rest.find_first_of("/?"));
}

}  // namespace

Reaction Gate::begin(const Request& request) {
  const std::string_view host = wanted_host(request);
  if (!names_.allows(host) && !(host.empty() && request.host.empty() && !request.headers.has("Host"))) {
    return problem({.code = "host.unknown",
                    .message = "this server is not '" + escape_controls(host.substr(0, kLongestHost)) + "'",
                    .hint = "mimus serve --public-url names the addresses by which it is reached"},
                   "/");
  }
  return inside_.begin(request);
}

}  // namespace mimus::server
