// From a request to the function of a resource: session, route, authorisation, Accept, handler.
#pragma once

#include "server/call.h"
#include "server/http.h"
#include "server/rate_limit.h"
#include "server/router.h"

namespace mimus::server {

struct AppLimits {
  double requests_per_second = 0;  // of one token or user; 0: no limit
  double failures_per_minute = 0;  // authentications that fail, of one address; 0: no limit
};

class App final : public Handler {
 public:
  // `services` must outlive it.
  App(const Services& services, std::vector<Route> routes, const AppLimits& limits = {})
      : services_(services),
        router_(std::move(routes)),
        requests_(limits.requests_per_second, 2 * limits.requests_per_second),
        failures_(limits.failures_per_minute / 60, limits.failures_per_minute) {}

  [[nodiscard]] Reaction begin(const Request& request) override;
  [[nodiscard]] Response refuse(int status, std::string_view reason) override;

 private:
  [[nodiscard]] Result<Reaction> dispatch(const Request& request, std::string& path);
  // Who calls the session API, unless the route is open to everybody: before anything else is said about the path.
  [[nodiscard]] Result<std::optional<people::Caller>> sign_in(const Request& request, const Target& target,
                                                              const Match& match);

  // What the token may do; auth.rate_limited in place of its failure when there were too many from that address.
  [[nodiscard]] Result<project::Principal> authenticate(const Request& request, std::string_view project,
                                                        project::Scope needed);
  // request.rate_limited.
  [[nodiscard]] Status check_rate(const std::string& actor);

  const Services& services_;
  Router router_;
  RateLimit requests_;  // by token or user
  RateLimit failures_;  // by address
};

}  // namespace mimus::server
