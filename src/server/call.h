// One call of a route: what its handler gets.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "people/audit.h"
#include "people/members.h"
#include "people/sessions.h"
#include "people/settings.h"
#include "people/users.h"
#include "project/files.h"
#include "project/projects.h"
#include "project/tokens.h"
#include "server/event_streams.h"
#include "server/http.h"
#include "server/http_metrics.h"
#include "server/router.h"
#include "server/target.h"
#include "task/tasks.h"

namespace mimus::server {

// What the handlers work with. Owned by the server, outlives all calls.
struct Services {
  project::Files* files = nullptr;
  project::Projects* projects = nullptr;
  project::Tokens* tokens = nullptr;
  task::Tasks* tasks = nullptr;
  EventStreams* streams = nullptr;
  people::Sessions* sessions = nullptr;
  people::Users* users = nullptr;
  people::Members* members = nullptr;
  people::Settings* settings = nullptr;
  people::Audit* audit = nullptr;
  const HttpMetrics* metrics = nullptr;
  std::string metrics_token;       // empty: /metrics is for this machine alone
  std::function<bool()> is_ready;  // whether tasks are being worked on
  std::string openapi;             // the document of the External API
  std::string platform_openapi;    // and of the session API
  fs::path demos;                  // folder of the demo store; may be empty
  std::string engine_version;
  std::string datapack_version;
};

struct Call {
  const Request* request = nullptr;  // lives until the answer is sent
  Target target;
  const Route* route = nullptr;
  const Services* services = nullptr;
  PathValues path;
  project::Principal principal;        // of routes with a scope
  std::optional<people::Caller> user;  // of routes with a right

  // Who acts: the token or the user.
  [[nodiscard]] people::Actor actor() const;
  [[nodiscard]] people::Client client() const;
  [[nodiscard]] std::string_view header(std::string_view name) const { return request->headers.get(name); }
  [[nodiscard]] bool is_v2() const { return !route->path.starts_with("/api/v1/"); }
  [[nodiscard]] bool is_platform() const { return route->path.starts_with(kPlatform); }
  // "/api/v1/<project>", "/api/v2/projects/<project>" or "/api/platform/v1/projects/<project>".
  [[nodiscard]] std::string base() const;
};

// ---- answers

[[nodiscard]] Response json_answer(int status, std::string json);
[[nodiscard]] Response text_answer(int status, std::string text);
[[nodiscard]] Response empty_answer(int status);
// The value, or the problem.
[[nodiscard]] Response answer_or_problem(Result<Response> result, const Call& call);

// Whether the call's Accept wants `media_type` more than `other`.
[[nodiscard]] bool prefers(const Call& call, std::string_view media_type, std::string_view other);

// ---- bodies

// Takes a body of at most 10 MiB whole, then calls `use` with it. The Content-Type must be application/json
// (media.unsupported), except for an empty body.
[[nodiscard]] Result<Reaction> take_json(Call call, std::function<Result<Response>(const Call&, std::string_view)> use);

}  // namespace mimus::server
