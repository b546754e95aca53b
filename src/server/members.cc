// Who works on a project.

#include "people/members.h"

#include "server/call.h"
#include "server/declare.h"
#include "server/fields.h"
#include "server/json.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

constexpr std::string_view kRoles = "viewer, editor or owner";

void append_member(Json& json, const people::MemberUser& member) {
  json.begin_object();
  json.member("user_id", member.member.user_id);
  json.member("email", member.email);
  json.member("name", member.name);
  json.member("role", store::project_role_name(member.member.role));
  json.member("state", member.is_disabled ? "disabled" : "active");
  json.end_object();
}

std::string member_json(const people::MemberUser& member) {
  Json json;
  append_member(json, member);
  return std::move(json).text();
}

Result<Reaction> list_members(Call&& call) {
  MIMUS_ASSIGN(const auto members, call.services->members->list(call.path.project));
  Json json;
  json.begin_array();
  for (const people::MemberUser& member : members) append_member(json, member);
  json.end_array();
  return json_answer(200, std::move(json).text());
}

Result<Reaction> add_member(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(Fields fields, Fields::parse(body));
    const auto id = fields.text("user_id");
    const auto email = fields.text("email");
    const auto role = fields.choice("role", store::parse_project_role, kRoles);
    if (id.has_value() == email.has_value()) fields.add("email", "is needed, or user_id; not both");
    if (!fields.has("role")) fields.add("role", "is missing");
    MIMUS_TRY(fields.finish());
    MIMUS_ASSIGN(const auto member, of.services->members->add(of.path.project, id ? *id : *email, *role, of.actor()));
    Response response = json_answer(201, member_json(member));
    response.headers.add("Location", of.base() + "/members/" + member.member.user_id);
    return response;
  });
}

Result<Reaction> change_member(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(Fields fields, Fields::parse(body));
    const auto role = fields.choice("role", store::parse_project_role, kRoles);
    if (!fields.has("role")) fields.add("role", "is missing");
    MIMUS_TRY(fields.finish());
    MIMUS_ASSIGN(const auto member, of.services->members->change(of.path.project, of.path.user, *role, of.actor()));
    return json_answer(200, member_json(member));
  });
}

Result<Reaction> remove_member(Call&& call) {
  MIMUS_TRY(call.services->members->remove(call.path.project, call.path.user, call.actor()));
  return empty_answer(204);
}

constexpr std::string_view kMember = R"({"$ref": "#/components/schemas/Member"})";
constexpr std::string_view kMembers = R"({"type": "array", "items": {"$ref": "#/components/schemas/Member"}})";
constexpr std::string_view kDraft = R"({"$ref": "#/components/schemas/MemberDraft"})";
constexpr std::string_view kPatch = R"({"$ref": "#/components/schemas/MemberPatch"})";

Route member_route(std::string_view method, std::string_view path, people::Right right, RouteHandler handler,
                   std::string_view id, std::string_view summary) {
  return {.method = method,
          .path = path,
          .right = right,
          .handler = handler,
          .id = id,
          .tag = "Members",
          .summary = summary};
}

}  // namespace

void add_member_routes(std::vector<Route>& routes) {
  constexpr std::string_view kAll = "/api/platform/v1/projects/{project_id}/members";
  constexpr std::string_view kOne = "/api/platform/v1/projects/{project_id}/members/{user_id}";
  constexpr auto kManage = people::Right::ManageMembers;
  Route list = member_route("GET", kAll, people::Right::ReadProject, list_members, "listMembers", "List members");
  list.answers = {{.status = 200, .description = "in order of e-mail", .contents = declare::json(kMembers)}};
  routes.push_back(list);
  Route add = member_route("POST", kAll, kManage, add_member, "addMember", "Add a member");
  add.body = BodyDeclaration{.description = "A user, by id or e-mail.", .contents = declare::json(kDraft)};
  add.answers = {{.status = 201,
                  .description = "the member",
                  .contents = declare::json(kMember),
                  .headers = {declare::kLocation}}};
  add.errors = {"user.not_found", "member.exists", "media.unsupported", "request.syntax", "request.invalid"};
  routes.push_back(add);
  Route change = member_route("PATCH", kOne, kManage, change_member, "updateMember", "Change a member's role");
  change.description = "It counts from the next request on. One owner always remains.";
  change.body = BodyDeclaration{.description = "The role.", .contents = declare::json(kPatch)};
  change.answers = {{.status = 200, .description = "the member as it is now", .contents = declare::json(kMember)}};
  change.errors = {"member.not_found", "member.last_owner", "media.unsupported", "request.syntax", "request.invalid"};
  routes.push_back(change);
  Route remove = member_route("DELETE", kOne, kManage, remove_member, "removeMember", "Remove a member");
  remove.description = "Tokens that the member has made for the project stop working.";
  remove.answers = {{.status = 204, .description = "no member any more"}};
  remove.errors = {"member.not_found", "member.last_owner"};
  routes.push_back(remove);
}

}  // namespace mimus::server
