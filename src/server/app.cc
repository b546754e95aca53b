#include "server/app.h"
#include "server/metrics_page.h"

#include <algorithm>
#include <exception>

#include "base/hash.h"
#include "server/auth.h"
#include "server/negotiate.h"
#include "server/problem.h"

namespace mimus::server {
namespace {

// Whether the client takes any form in which the route succeeds.
bool is_acceptable(const Route& route, const Headers& headers) {
  if (!headers.has("Accept")) return true;
  const std::string accept = headers.list("Accept");
  bool declared = false;
  for (const AnswerDeclaration& answer : route.answers) {
    if (answer.status >= 300) continue;
    for (const ContentDeclaration& content : answer.contents) {
      if (content.media_type == "*/*" || acceptance(accept, content.media_type) > 0) return true;
      declared = true;
    }
  }
  return !declared;
}

std::string produced_by(const Route& route) {
  std::string types;
  for (const ContentDeclaration& content : route.answers.front().contents) {
    if (!types.empty()) types += ", ";
    types += content.media_type;
  }
  return types;
}

// Bugs end here: a body that throws must not take the server with it.
class GuardedTaker final : public BodyTaker {
 public:
  GuardedTaker(std::unique_ptr<BodyTaker> taker, std::string path) : taker_(std::move(taker)), path_(std::move(path)) {}

  std::optional<Response> take(std::string_view piece) override {
    try {
      return taker_->take(piece);
    } catch (const std::exception& error) {
      return problem({.code = "internal", .message = error.what()}, path_);
    }
  }
  Response finish() override {
    try {
      return taker_->finish();
    } catch (const std::exception& error) {
      return problem({.code = "internal", .message = error.what()}, path_);
    }
  }

 private:
  std::unique_ptr<BodyTaker> taker_;
  std::string path_;
};

Diagnostic refusal_of(int status, std::string_view reason) {
  std::string_view code = "request.malformed";
  if (status == 408) code = "request.timeout";
  if (status == 414) code = "request.url_too_long";
  if (status == 417) code = "request.expectation";
  if (status == 431) code = "request.header_too_large";
  if (status == 501) code = "request.encoding";
  if (status == 505) code = "request.version";
  return {.code = std::string(code), .message = std::string(reason)};
}

}  // namespace

Result<std::optional<people::Caller>> App::sign_in(const Request& request, const Target& target, const Match& match) {
  if (!is_platform(target)) return std::nullopt;
  if (match.route != nullptr && !match.route->right) {
    MIMUS_TRY(check_origin(request));
    return std::nullopt;
  }
  MIMUS_ASSIGN(people::Caller caller, services_.sessions->find(session_cookie(request.headers), match.values.project));
  const auto right = match.route != nullptr ? match.route->right : std::nullopt;
  MIMUS_TRY(check_password_change(caller, right));
  MIMUS_TRY(check_csrf(request, caller));
  return caller;
}

// A token has 256 random bits: nobody guesses one, and a right one is taken however many wrong ones came before it. The
// limit is for what wrong ones cost.
Result<project::Principal> App::authenticate(const Request& request, std::string_view project, project::Scope needed) {
  auto principal = authorise(*services_.tokens, request.headers, project, needed);
  if (principal || !principal.error().code.starts_with("token.") || principal.error().code == "token.scope") {
    return principal;
  }
  const auto wait = failures_.take(limited_address(request.peer));
  if (!wait) return principal;
  return rate_limited("auth.rate_limited", "too many tokens from your address were refused", *wait);
}

Status App::check_rate(const std::string& actor) {
  const auto wait = requests_.take(actor);
  if (!wait) return {};
  return rate_limited("request.rate_limited", "too many requests", *wait);
}

Result<Reaction> App::dispatch(const Request& request, std::string& path) {
  MIMUS_ASSIGN(Target target, parse_target(request.target));
  path = target.path;
  Match match = router_.match(request.method, target);
  if (hides_metrics(target, request, services_.metrics_token)) match = {};
  if (match.route != nullptr) request.trace.route = match.route->path;
  // What is no id is not noted: it would be whatever the client has written.
  if (is_uuid(match.values.project)) request.trace.project = match.values.project;
  MIMUS_ASSIGN(auto user, sign_in(request, target, match));
  if (user) request.trace.actor = user->id;
  if (match.route == nullptr && !match.allow.empty()) {
    Response response = problem({.code = "method.not_allowed",
                                 .message = "the path has no method " + request.method,
                                 .hint = "allowed: " + match.allow},
                                path);
    response.headers.add("Allow", match.allow);
    return response;
  }
  if (match.route == nullptr) {
    return fail("route.not_found", "nothing is served at this path", "/external_api_docs documents the API");
  }
  Call call{.request = &request,
            .target = std::move(target),
            .route = match.route,
            .services = &services_,
            .path = std::move(match.values),
            .principal = {},
            .user = std::move(user)};
  if (const auto right = match.route->right) MIMUS_TRY(check_right(*call.user, *right));
  if (const auto needed = match.route->scope) {
    MIMUS_ASSIGN(call.principal, authenticate(request, call.path.project, *needed));
    request.trace.actor = call.principal.token_id;
  }
  if (call.user || match.route->scope) MIMUS_TRY(check_rate(call.actor().id));
  if (!is_acceptable(*match.route, request.headers)) {
    return fail("media.not_acceptable", "this is served as " + produced_by(*match.route) + " only");
  }
  return match.route->handler(std::move(call));
}

Reaction App::begin(const Request& request) {
  std::string path = "/";
  try {
    Result<Reaction> reaction = dispatch(request, path);
    if (!reaction) return problem(reaction.error(), path);
    if (auto* taker = std::get_if<std::unique_ptr<BodyTaker>>(&*reaction)) {
      return std::make_unique<GuardedTaker>(std::move(*taker), path);
    }
    return std::move(*reaction);
  } catch (const std::exception& error) {
    return problem({.code = "internal", .message = error.what()}, path);
  }
}

Response App::refuse(int status, std::string_view reason) { return problem(refusal_of(status, reason), "/"); }

}  // namespace mimus::server
