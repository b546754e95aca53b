// The routes that both APIs have: files, locks, tasks, artifacts of a project. What the External API does for a token's
// scope, the session API does for a right, with the same handlers.

#include <algorithm>
#include <deque>
#include <mutex>

#include "server/routes.h"

namespace mimus::server {
namespace {

constexpr std::string_view kExternal = "/api/v2/projects/{project_id}/";

people::Right right_of(project::Scope scope) {
  switch (scope) {
    case project::Scope::Read:
      return people::Right::ReadProject;
    case project::Scope::Generate:
      return people::Right::Generate;
    case project::Scope::Write:
      return people::Right::WriteFiles;
    case project::Scope::Admin:
      return people::Right::ManageProject;
  }
  return people::Right::ManageProject;
}

// Paths of routes are views of texts that last as long as the program.
std::string_view kept(std::string path) {
  static std::deque<std::string> texts;
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const auto found = std::ranges::find(texts, path);
  return found != texts.end() ? *found : texts.emplace_back(std::move(path));
}

}  // namespace

void add_mirrored_routes(std::vector<Route>& routes) {
  std::vector<Route> mirrored;
  for (const Route& route : routes) {
    if (!route.path.starts_with(kExternal) || !route.scope) continue;
    Route twin = route;
    twin.path =
        kept(std::string(kPlatform) + "/projects/{project_id}/" + std::string(route.path.substr(kExternal.size())));
    twin.right = right_of(*route.scope);
    twin.scope.reset();
    mirrored.push_back(std::move(twin));
  }
  routes.insert(routes.end(), mirrored.begin(), mirrored.end());
}

}  // namespace mimus::server
