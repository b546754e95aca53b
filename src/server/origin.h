// Where a request comes from and whom it asks for: what proxies say is believed only of those that are trusted, and a
// name that is none of the server's is refused, since it may be another site's that a browser was led here by (DNS
// rebinding).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/address.h"
#include "server/http.h"

namespace mimus::server {

// Fills `request.peer`, `host` and `is_secure`, which hold what the connection says: from the last to the first, each
// address of X-Forwarded-For that a trusted proxy names takes the place of that proxy's. X-Forwarded-Proto and -Host
// are those of the proxy that has connected.
void apply_forwarded(Request& request, const std::vector<Network>& trusted);

// The names by which the server may be asked for.
class HostNames {
 public:
  // `public_urls`: "https://data.example.org", with any port and path. Without them, and when `listen_host` is a
  // loopback address, loopback names are all that is allowed; else any address, and `listen_host`. url.syntax.
  [[nodiscard]] static Result<HostNames> make(const std::vector<std::string>& public_urls,
                                              std::string_view listen_host);

  // `host`: the value of a Host field. Loopback names are always allowed.
  [[nodiscard]] bool allows(std::string_view host) const;

 private:
  std::vector<std::string> names_;  // lower case, without port
  bool any_address_ = false;
};

// "localhost:8080" as "localhost", "[::1]:80" as "[::1]"; empty when it is no host.
[[nodiscard]] std::string_view without_port(std::string_view host);

}  // namespace mimus::server
