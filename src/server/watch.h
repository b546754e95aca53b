// The outermost handler: gives every answer an X-Request-Id, counts it, and writes its line of the access log.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/access_log.h"
#include "server/http.h"
#include "server/http_metrics.h"

namespace mimus::server {

class Watch final : public Handler {
 public:
  // Takes whole lines, from many threads at once.
  using LineSink = std::function<void(std::string_view)>;

  // `inside` and `metrics` must outlive it.
  Watch(Handler& inside, HttpMetrics& metrics, LogFormat format, LineSink sink)
      : inside_(inside), metrics_(metrics), format_(format), sink_(std::move(sink)) {}

  [[nodiscard]] Reaction begin(const Request& request) override;
  // What is no whole request has neither method nor route. A client that goes away in the midst of its body is here,
  // too.
  [[nodiscard]] Response refuse(int status, std::string_view reason) override;

 private:
  class Taker;
  using Clock = std::chrono::steady_clock;

  void finish(const Request& request, Clock::time_point since, Response& response);

  Handler& inside_;
  HttpMetrics& metrics_;
  LogFormat format_;
  LineSink sink_;
};

}  // namespace mimus::server
