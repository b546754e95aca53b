// The project of a token.

#include "server/call.h"
#include "server/declare.h"
#include "server/objects.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

Result<Reaction> get_project(Call&& call) {
  MIMUS_ASSIGN(const project::Project project, call.services->projects->get(call.path.project));
  return json_answer(200, to_json(project));
}

}  // namespace

void add_project_routes(std::vector<Route>& routes) {
  routes.push_back(
      {.method = "GET",
       .path = "/api/v2/projects/{project_id}",
       .scope = project::Scope::Read,
       .handler = get_project,
       .id = "getProject",
       .tag = "Project",
       .summary = "Read the project",
       .answers = {{.status = 200, .description = "the project", .contents = declare::json(declare::kProject)}}});
}

}  // namespace mimus::server
