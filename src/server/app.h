// From a request to the function of a resource: session, route, authorisation, Accept, handler.
#pragma once

#include "server/call.h"
#include "server/http.h"
#include "server/router.h"

namespace mimus::server {

class App final : public Handler {
 public:
  // `services` must outlive it.
  App(const Services& services, std::vector<Route> routes) : services_(services), router_(std::move(routes)) {}

  [[nodiscard]] Reaction begin(const Request& request) override;
  [[nodiscard]] Response refuse(int status, std::string_view reason) override;

 private:
  [[nodiscard]] Result<Reaction> dispatch(const Request& request, std::string& path);
  // Who calls the session API, unless the route is open to everybody: before anything else is said about the path.
  [[nodiscard]] Result<std::optional<people::Caller>> sign_in(const Request& request, const Target& target,
                                                              const Match& match);

  const Services& services_;
  Router router_;
};

}  // namespace mimus::server
