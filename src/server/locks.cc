// Leases of files: unlock before editing, lock when done.

#include "base/text.h"
#include "project/names.h"
#include "server/auth.h"
#include "server/call.h"
#include "server/declare.h"
#include "server/objects.h"
#include "server/options.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

Result<std::string> existing_file(const Call& call) {
  MIMUS_ASSIGN(const std::string name, project::check_file_name(call.path.name));
  MIMUS_ASSIGN(const project::FileMetadata file, call.services->files->get(call.path.project, name));
  return file.name;
}

// Who may take a lease from another one.
Status check_force(const Call& call) {
  return call.user ? check_right(*call.user, people::Right::TakeLeases)
                   : check_scope(call.principal.scope, project::Scope::Admin);
}

Result<Reaction> unlock(Call&& call) {
  MIMUS_ASSIGN(const std::string name, existing_file(call));
  return take_json(std::move(call), [name](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(const bool force, parse_force(body));
    if (force) MIMUS_TRY(check_force(of));
    MIMUS_ASSIGN(const project::LockState state, of.services->files->unlock(of.path.project, name, of.actor(), force));
    return json_answer(200, to_json(state));
  });
}

Result<Reaction> lock(Call&& call) {
  MIMUS_ASSIGN(const std::string name, existing_file(call));
  return take_json(std::move(call), [name](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(const bool force, parse_force(body));
    if (force) return fail("request.invalid", "force: belongs to unlock", "POST …/unlock");
    MIMUS_ASSIGN(const project::LockState state, of.services->files->lock(of.path.project, name, of.actor()));
    return json_answer(200, to_json(state));
  });
}

constexpr std::string_view kForce = R"({"$ref": "#/components/schemas/UnlockOptions"})";

}  // namespace

void add_lock_routes(std::vector<Route>& routes) {
  routes.push_back(
      {.method = "POST",
       .path = "/api/v2/projects/{project_id}/files/{file_name}/unlock",
       .scope = project::Scope::Write,
       .handler = unlock,
       .id = "unlockFile",
       .tag = "Locks",
       .summary = "Unlock a file before editing",
       .description = "I am about to edit: takes a lease of 60 s, renewed by my writes and by this call. "
                      "`force` takes over the lease of another one and needs the scope `admin`.",
       .body =
           BodyDeclaration{
               .required = false, .description = "Options; may be empty.", .contents = declare::json(kForce)},
       .answers = {{.status = 200, .description = "the lease is mine", .contents = declare::json(declare::kLock)}},
       .errors = {"file.not_found", "file.bad_name", "file.locked", "media.unsupported", "request.syntax",
                  "request.invalid"}});
  routes.push_back(
      {.method = "POST",
       .path = "/api/v2/projects/{project_id}/files/{file_name}/lock",
       .scope = project::Scope::Write,
       .handler = lock,
       .id = "lockFile",
       .tag = "Locks",
       .summary = "Lock a file after the work",
       .description = "I am done: ends my lease. Nothing happens when I hold none.",
       .answers = {{.status = 200, .description = "the state after it", .contents = declare::json(declare::kLock)}},
       .errors = {"file.not_found", "file.bad_name"}});
}

}  // namespace mimus::server
