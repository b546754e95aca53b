#include "server/http_metrics.h"

#include <algorithm>

#include "base/text.h"

namespace mimus::server {
namespace {

std::string_view bounded_method(std::string_view method) {
  static constexpr std::array<std::string_view, 9> kMethods{"GET",    "HEAD",    "POST",    "PUT",  "PATCH",
                                                            "DELETE", "OPTIONS", "CONNECT", "TRACE"};
  const auto* const known = std::ranges::find(kMethods, method);
  return known == kMethods.end() ? "other" : *known;
}

}  // namespace

HttpMetrics::HttpMetrics(const std::vector<Route>& routes) {
  routes_[kNoRoute];
  for (const Route& route : routes) routes_[route.path];
}

void HttpMetrics::observe(std::string_view route, std::string_view method, int status, std::chrono::nanoseconds taken) {
  const double seconds = std::chrono::duration<double>(taken).count();
  const auto bucket = static_cast<std::size_t>(std::ranges::lower_bound(kBounds, seconds) - kBounds.begin());
  const std::string_view label = bounded_method(method);
  const std::scoped_lock lock(mutex_);
  auto found = routes_.find(route);
  if (found == routes_.end()) found = routes_.find(kNoRoute);
  RouteMetrics& metrics = found->second;
  auto count = std::ranges::find_if(
      metrics.counts, [&](const Count& known) { return known.status == status && known.method == label; });
  if (count == metrics.counts.end()) {
    count = metrics.counts.insert(count, {.method = label, .status = status});
  }
  ++count->answers;
  ++metrics.answers[bucket];
  metrics.seconds += seconds;
}

void HttpMetrics::append(std::string& out) const {
  std::map<std::string_view, RouteMetrics> routes;
  {
    const std::scoped_lock lock(mutex_);
    routes = routes_;
  }
  std::erase_if(routes, [](const auto& entry) { return entry.second.counts.empty(); });
  out += "# HELP mimus_http_requests_total Requests answered.\n# TYPE mimus_http_requests_total counter\n";
  for (const auto& [route, metrics] : routes) {
    for (const Count& count : metrics.counts) {
      out += "mimus_http_requests_total{route=\"" + std::string(route) + "\",method=\"" + std::string(count.method) +
             "\",status=\"" + std::to_string(count.status) + "\"} " + std::to_string(count.answers) + "\n";
    }
  }
  out +=
      "# HELP mimus_http_request_seconds From a request's header until its answer could be sent.\n"
      "# TYPE mimus_http_request_seconds histogram\n";
  for (const auto& [route, metrics] : routes) {
    const std::string label = "{route=\"" + std::string(route) + "\"";
    std::uint64_t answers = 0;
    for (std::size_t i = 0; i < metrics.answers.size(); ++i) {
      answers += metrics.answers[i];
      const std::string bound = i < kBounds.size() ? float_text(kBounds[i]) : "+Inf";
      out += "mimus_http_request_seconds_bucket";
      out += label;
      out += ",le=\"" + bound + "\"} " + std::to_string(answers) + "\n";
    }
    out += "mimus_http_request_seconds_sum" + label + "} " + float_text(metrics.seconds) + "\n";
    out += "mimus_http_request_seconds_count" + label + "} " + std::to_string(answers) + "\n";
  }
}

}  // namespace mimus::server
