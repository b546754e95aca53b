// Pages for people: the web page, the Swagger UI, and the files they load.
//
// Everything comes from this server, scripts only from files: the policy lets a browser run nothing else. Style
// elements need the nonce of the answer that brought the document.

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "server/assets.h"
#include "server/call.h"
#include "server/negotiate.h"
#include "server/page_files.h"
#include "server/range.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

constexpr std::string_view kNonceMark = "__CSP_NONCE__";

std::string_view media_type_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTypes{{
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".png", "image/png"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"},
      {".md", "text/markdown; charset=utf-8"},
  }};
  for (const auto& [extension, type] : kTypes) {
    if (name.ends_with(extension)) return type;
  }
  return "application/octet-stream";
}

// `styles`: what style-src takes beside files.
std::string policy(std::string_view styles) {
  return "default-src 'none'; script-src 'self'; style-src 'self'" + std::string(styles) +
         "; img-src 'self' data: blob:; connect-src 'self'; "
         "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

void add_page_headers(Response& response, std::string_view caching, std::string_view styles = {}) {
  response.headers.add("Cache-Control", std::string(caching));
  response.headers.add("Content-Security-Policy", policy(styles));
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("X-Frame-Options", "DENY");
  response.headers.add("Referrer-Policy", "no-referrer");
  response.headers.add("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.add("Cross-Origin-Resource-Policy", "same-origin");
}

Response tagged_answer(const Call& call, std::string_view media_type, std::string_view bytes,
                       std::string_view caching) {
  Response response;
  const std::string tag = entity_tag(sha256_hex(bytes));
  response.headers.add("ETag", tag);
  add_page_headers(response, caching);
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
  return tagged_answer(call, media_type_of(name), asset(name), "no-cache");
}

std::string_view page_bytes(std::string_view name) {
  const auto found = std::ranges::find(page_files(), name, &Asset::name);
  return found == page_files().end() ? std::string_view{} : found->bytes;
}

// The web page's document: the same at each of its addresses, which the page itself reads.
Result<Reaction> document(Call&&) {
  std::array<std::uint8_t, 16> noise{};
  random_bytes(noise);
  const std::string nonce = hex(noise);
  Response response;
  add_page_headers(response, "no-store", " 'nonce-" + nonce + "'");
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.body = page_bytes("index.html");
  const std::size_t mark = response.body.find(kNonceMark);
  if (mark != std::string::npos) response.body.replace(mark, kNonceMark.size(), nonce);
  return response;
}

// A file of the web page is named by its content and never changes: it is kept for good. Its name tells the encodings.
std::optional<Response> page_file_answer(const Call& call, const std::string& name) {
  const std::string_view bytes = page_bytes(name);
  if (bytes.empty()) return std::nullopt;
  Response response;
  add_page_headers(response, "public, max-age=31536000, immutable");
  response.headers.add("Content-Type", std::string(media_type_of(name)));
  response.headers.add("Vary", "Accept-Encoding");
  const std::string accepted = call.request->headers.list("Accept-Encoding");
  response.body = bytes;
  for (const auto& [coding, ending] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
    const std::string_view smaller = page_bytes(name + ending);
    if (smaller.empty() || !takes_coding(accepted, coding)) continue;
    response.headers.add("Content-Encoding", coding);
    response.body = smaller;
    break;
  }
  return response;
}

Result<Reaction> documentation(Call&& call) { return asset_answer(call, "docs.html"); }
Result<Reaction> openapi(Call&& call) {
  return tagged_answer(call, "application/json", call.services->openapi, "no-store");
}

Result<Reaction> platform_openapi(Call&& call) {
  return tagged_answer(call, "application/json", call.services->platform_openapi, "no-store");
}

Result<Reaction> page_file(Call&& call) {
  const std::string& name = call.path.asset;
  if (!name.ends_with(".html") && !name.ends_with(".br") && !name.ends_with(".gz")) {
    if (!asset(name).empty()) return asset_answer(call, name);
    if (std::optional<Response> answer = page_file_answer(call, name)) return std::move(*answer);
  }
  return fail("route.not_found", "nothing is served at this path", "/external_api_docs documents the API");
}

}  // namespace

void add_page_routes(std::vector<Route>& routes) {
  for (const std::string_view path : {"/", "/demos", "/demos/{asset}", "/projects", "/projects/{file_name}", "/account",
                                      "/admin", "/admin/{file_name}"}) {
    routes.push_back({.method = "GET", .path = path, .handler = document});
  }
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
  add_language_routes(routes);
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
