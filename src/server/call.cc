#include "server/call.h"

#include "server/negotiate.h"
#include "server/problem.h"

namespace mimus::server {
namespace {

constexpr std::size_t kJsonBytes = 10U << 20U;

class JsonTaker final : public BodyTaker {
 public:
  JsonTaker(Call call, std::function<Result<Response>(const Call&, std::string_view)> use)
      : call_(std::move(call)), use_(std::move(use)) {}

  std::optional<Response> take(std::string_view piece) override {
    if (text_.empty() && parse_media_type(call_.header("Content-Type")).name != "application/json") {
      return problem({.code = "media.unsupported",
                      .message = "the body must be application/json",
                      .hint = "-H 'Content-Type: application/json'"},
                     call_.target.path);
    }
    if (text_.size() + piece.size() > kJsonBytes) {
      return problem({.code = "request.too_large", .message = "the JSON body is over 10 MiB"}, call_.target.path);
    }
    text_ += piece;
    return std::nullopt;
  }

  Response finish() override { return answer_or_problem(use_(call_, text_), call_); }

 private:
  Call call_;
  std::function<Result<Response>(const Call&, std::string_view)> use_;
  std::string text_;
};

Response plain_answer(int status, std::string_view media_type, std::string body) {
  Response response;
  response.status = status;
  if (!media_type.empty()) response.headers.add("Content-Type", std::string(media_type));
  add_api_headers(response.headers);
  response.body = std::move(body);
  return response;
}

}  // namespace

people::Actor Call::actor() const {
  if (user) return {.id = user->id, .name = user->name, .kind = "user", .address = request->peer};
  return {.id = principal.token_id, .name = principal.name, .kind = "token", .address = request->peer};
}

people::Client Call::client() const {
  return {.address = request->peer, .user_agent = std::string(header("User-Agent"))};
}

std::string Call::base() const {
  if (is_platform()) return std::string(kPlatform) + "/projects/" + path.project;
  return (is_v2() ? "/api/v2/projects/" : "/api/v1/") + path.project;
}

Response json_answer(int status, std::string json) {
  json += '\n';
  return plain_answer(status, "application/json", std::move(json));
}

Response text_answer(int status, std::string text) {
  return plain_answer(status, "text/plain; charset=utf-8", std::move(text));
}

Response empty_answer(int status) { return plain_answer(status, {}, {}); }

Response answer_or_problem(Result<Response> result, const Call& call) {
  return result ? std::move(*result) : problem(result.error(), call.target.path);
}

bool prefers(const Call& call, std::string_view media_type, std::string_view other) {
  const std::string accept = call.request->headers.list("Accept");
  return acceptance(accept, media_type) > acceptance(accept, other);
}

Result<Reaction> take_json(Call call, std::function<Result<Response>(const Call&, std::string_view)> use) {
  if (call.request->body_length.value_or(0) > kJsonBytes) {
    return fail("request.too_large", "the JSON body is over 10 MiB");
  }
  return std::make_unique<JsonTaker>(std::move(call), std::move(use));
}

}  // namespace mimus::server
