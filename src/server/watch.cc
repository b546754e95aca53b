#include "server/watch.h"

#include "base/hash.h"

namespace mimus::server {

// Sees the answer that comes after a body. One that breaks off is answered by refuse().
class Watch::Taker final : public BodyTaker {
 public:
  Taker(std::unique_ptr<BodyTaker> inside, Watch& watch, const Request& request, Clock::time_point since)
      : inside_(std::move(inside)), watch_(watch), request_(request), since_(since) {}

  std::optional<Response> take(std::string_view piece) override {
    std::optional<Response> early = inside_->take(piece);
    if (early) watch_.finish(request_, since_, *early);
    return early;
  }
  Response finish() override {
    Response response = inside_->finish();
    watch_.finish(request_, since_, response);
    return response;
  }

 private:
  std::unique_ptr<BodyTaker> inside_;
  Watch& watch_;
  const Request& request_;  // lives until the answer is sent
  Clock::time_point since_;
};

Reaction Watch::begin(const Request& request) {
  const Clock::time_point since = Clock::now();
  Reaction reaction = inside_.begin(request);
  if (auto* taker = std::get_if<std::unique_ptr<BodyTaker>>(&reaction)) {
    return std::make_unique<Taker>(std::move(*taker), *this, request, since);
  }
  finish(request, since, std::get<Response>(reaction));
  return reaction;
}

Response Watch::refuse(int status, std::string_view reason) {
  const Clock::time_point since = Clock::now();
  Response response = inside_.refuse(status, reason);
  finish({}, since, response);
  return response;
}

void Watch::finish(const Request& request, Clock::time_point since, Response& response) {
  std::string id = uuid7();
  const auto taken = Clock::now() - since;
  const Trace& trace = request.trace;
  const std::string_view route = trace.route.empty() ? kNoRoute : trace.route;
  metrics_.observe(route, request.method, response.status, taken);
  if (format_ != LogFormat::None) {
    sink_(access_line({.time = now(),
                       .method = request.method,
                       .route = route,
                       .status = response.status,
                       .taken = taken,
                       .peer = request.peer,
                       .request = id,
                       .project = trace.project,
                       .actor = trace.actor},
                      format_));
  }
  response.headers.add("X-Request-Id", std::move(id));
}

}  // namespace mimus::server
