// Pages for people: the front page, the Swagger UI, and the files they load.
//
// Everything comes from this server, scripts only from files: the policy lets a browser run nothing else.

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "server/assets.h"
#include "server/call.h"
#include "server/range.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string_view media_type_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kTypes{{
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".png", "image/png"},
      {".svg", "image/svg+xml"},
  }};
  for (const auto& [extension, type] : kTypes) {
    if (name.ends_with(extension)) return type;
  }
  return "application/octet-stream";
}

Response page_answer(const Call& call, std::string_view media_type, std::string_view bytes, std::string_view caching) {
  Response response;
  const std::string tag = entity_tag(sha256_hex(bytes));
  response.headers.add("ETag", tag);
  response.headers.add("Cache-Control", std::string(caching));
  response.headers.add("Content-Security-Policy", std::string(kPolicy));
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("X-Frame-Options", "DENY");
  response.headers.add("Referrer-Policy", "no-referrer");
  response.headers.add("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.add("Cross-Origin-Resource-Policy", "same-origin");
  if (names_tag(call.request->headers.list("If-None-Match"), tag, true)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", std::string(media_type));
  response.body = bytes;
  return response;
}

Response asset_answer(const Call& call, std::string_view name) {
  // "no-cache": kept, but asked for each time, so that a new program never meets its old scripts.
  return page_answer(call, media_type_of(name), asset(name), "no-cache");
}

Result<Reaction> home(Call&& call) { return asset_answer(call, "home.html"); }
Result<Reaction> documentation(Call&& call) { return asset_answer(call, "docs.html"); }
Result<Reaction> openapi(Call&& call) {
  return page_answer(call, "application/json", call.services->openapi, "no-store");
}

Result<Reaction> platform_openapi(Call&& call) {
  return page_answer(call, "application/json", call.services->platform_openapi, "no-store");
}

Result<Reaction> page_file(Call&& call) {
  const std::string& name = call.path.asset;
  if (name.ends_with(".html") || asset(name).empty()) {
    return fail("route.not_found", "nothing is served at this path", "/external_api_docs documents the API");
  }
  return asset_answer(call, name);
}

}  // namespace

void add_page_routes(std::vector<Route>& routes) {
  routes.push_back({.method = "GET", .path = "/", .handler = home});
  routes.push_back({.method = "GET", .path = "/external_api_docs", .handler = documentation});
  routes.push_back({.method = "GET", .path = "/external_api_docs/", .handler = documentation});
  routes.push_back({.method = "GET", .path = "/external_api_docs/openapi.json", .handler = openapi});
  routes.push_back({.method = "GET", .path = "/api/platform/v1/openapi.json", .handler = platform_openapi});
  routes.push_back({.method = "GET", .path = "/assets/{asset}", .handler = page_file});
}

std::vector<Route> all_routes() {
  std::vector<Route> routes;
  add_project_routes(routes);
  add_file_routes(routes);
  add_older_file_routes(routes);
  add_lock_routes(routes);
  add_task_routes(routes);
  add_artifact_routes(routes);
  add_event_routes(routes);
  add_preview_routes(routes);
  add_health_routes(routes);
  add_metrics_routes(routes);
  add_page_routes(routes);
  add_session_routes(routes);
  add_user_routes(routes);
  add_member_routes(routes);
  add_setting_routes(routes);
  add_audit_routes(routes);
  add_projects_routes(routes);
  add_version_routes(routes);
  add_token_routes(routes);
  add_demo_routes(routes);
  add_task_history_routes(routes);
  add_mirrored_routes(routes);
  return routes;
}

}  // namespace mimus::server
