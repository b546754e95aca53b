// What the server has answered, counted for those who watch it.
//
// Labels are bounded: routes are templates of paths, methods are those of HTTP or "other". Nothing a client sends
// becomes a label.
// Thread-safe.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/router.h"

namespace mimus::server {

// The route of requests that have none.
inline constexpr std::string_view kNoRoute = "none";

class HttpMetrics {
 public:
  // The templates of `routes` must outlive it.
  explicit HttpMetrics(const std::vector<Route>& routes);

  // Counts one answer. `route`: the template of its path; one that is not among the routes counts as kNoRoute. `taken`:
  // from the end of the request's header until the answer could be sent; its body may take longer.
  void observe(std::string_view route, std::string_view method, int status, std::chrono::nanoseconds taken);

  // Appends mimus_http_requests_total and mimus_http_request_seconds in the text format of Prometheus, 0.0.4.
  void append(std::string& out) const;

 private:
  static constexpr std::array<double, 13> kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                  0.25,  0.5,    1,     2.5,  5,     10};
  struct Count {
    std::string_view method;
    int status = 0;
    std::uint64_t answers = 0;
  };
  struct RouteMetrics {
    std::vector<Count> counts;                                // grows with each new pair only
    std::array<std::uint64_t, kBounds.size() + 1> answers{};  // by the first bound that is not passed; the last: none
    double seconds = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::string_view, RouteMetrics> routes_;
};

}  // namespace mimus::server
