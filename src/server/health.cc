// For those who watch the server: is it there, does it work, which version is it.

#include "server/call.h"
#include "server/declare.h"
#include "server/json.h"
#include "server/problem.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

std::string status_json(std::string_view status) {
  Json json;
  json.begin_object();
  json.member("status", status);
  json.end_object();
  return std::move(json).text();
}

Result<Reaction> health(Call&&) { return json_answer(200, status_json("ok")); }

// The store answers, and a worker takes tasks.
Result<Reaction> ready(Call&& call) {
  const auto projects = call.services->files->get("", "ready");
  const bool reads =
      projects || projects.error().code == "project.not_found" || projects.error().code == "file.not_found";
  if (!reads || !call.services->is_ready()) {
    return fail("maintenance", reads ? "no worker is running yet" : "the store does not answer");
  }
  return json_answer(200, status_json("ready"));
}

Result<Reaction> version(Call&& call) {
  Json json;
  json.begin_object();
  json.member("engine_version", call.services->engine_version);
  json.member("datapack_version", call.services->datapack_version);
  json.end_object();
  return json_answer(200, std::move(json).text());
}

constexpr std::string_view kStatus = R"({"$ref": "#/components/schemas/ServiceStatus"})";
constexpr std::string_view kVersion = R"({"$ref": "#/components/schemas/Version"})";

Route service_route(std::string_view path, RouteHandler handler, std::string_view id, std::string_view summary,
                    std::string_view schema) {
  return {.method = "GET",
          .path = path,
          .handler = handler,
          .id = id,
          .tag = "Service",
          .summary = summary,
          .answers = {{.status = 200, .description = "the answer", .contents = declare::json(schema)}}};
}

}  // namespace

void add_health_routes(std::vector<Route>& routes) {
  routes.push_back(service_route("/health", health, "health", "Is the server there?", kStatus));
  Route ready_route = service_route("/ready", ready, "ready", "Are tasks being worked on?", kStatus);
  ready_route.errors = {"maintenance"};
  routes.push_back(ready_route);
  routes.push_back(service_route("/version", version, "version", "Versions of the engine and the data pack", kVersion));
  // The same for the pages, which know the session API alone.
  routes.push_back(service_route("/api/platform/v1/health", health, "getHealth", "Is the server there?", kStatus));
  ready_route.path = "/api/platform/v1/ready";
  ready_route.id = "getReady";
  routes.push_back(ready_route);
  routes.push_back(service_route("/api/platform/v1/version", version, "getVersion",
                                 "Versions of the engine and the data pack", kVersion));
}

}  // namespace mimus::server
