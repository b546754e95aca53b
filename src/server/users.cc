// Users, for admins; and signing up, where that is enabled.

#include "people/users.h"

#include "server/call.h"
#include "server/declare.h"
#include "server/fields.h"
#include "server/json.h"
#include "server/paging.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

constexpr std::string_view kSystemRoles = "user or admin";

void append_user(Json& json, const people::User& user) {
  json.member("id", user.id);
  json.member("email", user.email);
  json.member("name", user.name);
  json.member("role", store::system_role_name(user.role));
  json.member("state", people::state_name(user));
  json.member("must_change_password", user.must_change);
  json.member("created_at", user.created_at);
  json.member("last_sign_in_at", user.last_sign_in_at);
}

std::string user_json(const people::User& user) {
  Json json;
  json.begin_object();
  append_user(json, user);
  json.end_object();
  return std::move(json).text();
}

std::string new_password_json(const people::NewPassword& made) {
  Json json;
  json.begin_object();
  append_user(json, made.user);
  json.member("one_time_password", made.one_time.empty() ? std::nullopt : std::optional(made.one_time));
  json.end_object();
  return std::move(json).text();
}

Result<Reaction> list_users(Call&& call) {
  MIMUS_ASSIGN(const Page page, parse_page(call.target));
  const std::string_view search = call.target.parameter("search").value_or("");
  MIMUS_ASSIGN(const people::UserPage users, call.services->users->list(search, page.limit, page.cursor));
  Json json;
  json.begin_array();
  for (const people::User& user : users.users) {
    json.begin_object();
    append_user(json, user);
    json.end_object();
  }
  json.end_array();
  Response response = json_answer(200, std::move(json).text());
  add_next_link(response.headers, call.target, users.next);
  return response;
}

Result<Reaction> create_user(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(Fields fields, Fields::parse(body));
    people::UserDraft draft{.email = fields.required_text("email"), .name = fields.text("name").value_or("")};
    draft.role = fields.choice("role", store::parse_system_role, kSystemRoles).value_or(store::SystemRole::User);
    draft.password = fields.text("password");
    MIMUS_TRY(fields.finish());
    MIMUS_ASSIGN(const people::NewPassword made, of.services->users->create(draft, of.actor()));
    Response response = json_answer(201, new_password_json(made));
    response.headers.add("Location", std::string(kPlatform) + "/users/" + made.user.id);
    return response;
  });
}

Result<Reaction> get_user(Call&& call) {
  MIMUS_ASSIGN(const people::User user, call.services->users->get(call.path.user));
  return json_answer(200, user_json(user));
}

std::optional<bool> parse_state(std::string_view name) {
  if (name == "disabled") return true;
  return name == "active" ? std::optional(false) : std::nullopt;
}

Result<Reaction> update_user(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(Fields fields, Fields::parse(body));
    people::UserPatch patch;
    patch.name = fields.text("name");
    patch.role = fields.choice("role", store::parse_system_role, kSystemRoles);
    patch.is_disabled = fields.choice("state", parse_state, "active or disabled");
    MIMUS_TRY(fields.finish());
    MIMUS_ASSIGN(const people::User user, of.services->users->update(of.path.user, patch, of.actor()));
    return json_answer(200, user_json(user));
  });
}

Result<Reaction> reset_password(Call&& call) {
  MIMUS_ASSIGN(const people::NewPassword made,
               call.services->users->reset_password(call.path.user, std::nullopt, call.actor()));
  return json_answer(200, new_password_json(made));
}

Result<Reaction> sign_up(Call&& call) {
  MIMUS_ASSIGN(const auto settings, call.services->settings->get());
  if (!settings.sign_up_enabled) {
    return fail("session.missing", "nobody can sign up here", "an admin makes users, or enables it in the settings");
  }
  return take_json(
      std::move(call), [role = settings.sign_up_role](const Call& of, std::string_view body) -> Result<Response> {
        MIMUS_ASSIGN(Fields fields, Fields::parse(body));
        people::UserDraft draft{.email = fields.required_text("email"), .name = fields.text("name").value_or("")};
        draft.password = fields.required_text("password");
        draft.role = role;
        MIMUS_TRY(fields.finish());
        MIMUS_ASSIGN(const people::User user, of.services->users->sign_up(draft, of.client()));
        return json_answer(201, user_json(user));
      });
}

constexpr std::string_view kUser = R"({"$ref": "#/components/schemas/User"})";
constexpr std::string_view kUsers = R"({"type": "array", "items": {"$ref": "#/components/schemas/User"}})";
constexpr std::string_view kNewPassword = R"({"$ref": "#/components/schemas/UserWithPassword"})";
constexpr std::string_view kDraft = R"({"$ref": "#/components/schemas/UserDraft"})";
constexpr std::string_view kPatch = R"({"$ref": "#/components/schemas/UserPatch"})";
constexpr std::string_view kSignUp = R"({"$ref": "#/components/schemas/SignUp"})";
constexpr ParameterDeclaration kSearch{"search", "query", "Part of the e-mail or the name, whatever the case.",
                                       declare::kText};

Route user_route(std::string_view method, std::string_view path, RouteHandler handler, std::string_view id,
                 std::string_view summary) {
  return {.method = method,
          .path = path,
          .right = people::Right::ManageUsers,
          .handler = handler,
          .id = id,
          .tag = "Users",
          .summary = summary};
}

void add_one_user_routes(std::vector<Route>& routes) {
  Route read = user_route("GET", "/api/platform/v1/users/{user_id}", get_user, "getUser", "Read a user");
  read.answers = {{.status = 200, .description = "the user", .contents = declare::json(kUser)}};
  read.errors = {"user.not_found"};
  routes.push_back(read);
  Route update = user_route("PATCH", "/api/platform/v1/users/{user_id}", update_user, "updateUser", "Change a user");
  update.description =
      "What is absent stays. Another role, and the state `disabled`, end all sessions of the user. One "
      "admin always remains.";
  update.body = BodyDeclaration{.description = "What to change.", .contents = declare::json(kPatch)};
  update.answers = {{.status = 200, .description = "the user as it is now", .contents = declare::json(kUser)}};
  update.errors = {"user.not_found",    "user.bad_name",  "user.last_admin",
                   "media.unsupported", "request.syntax", "request.invalid"};
  routes.push_back(update);
  Route reset = user_route("POST", "/api/platform/v1/users/{user_id}/reset-password", reset_password, "resetPassword",
                           "Give a one-time password");
  reset.description =
      "It is shown this once, and must be changed at the next sign-in. All sessions of the user and a "
      "lock-out end.";
  reset.answers = {{.status = 200, .description = "the password", .contents = declare::json(kNewPassword)}};
  reset.errors = {"user.not_found"};
  routes.push_back(reset);
}

}  // namespace

void add_user_routes(std::vector<Route>& routes) {
  Route list = user_route("GET", "/api/platform/v1/users", list_users, "listUsers", "List users");
  list.parameters = {kSearch, declare::kLimit, declare::kCursor};
  list.answers = {{.status = 200,
                   .description = "in order of e-mail",
                   .contents = declare::json(kUsers),
                   .headers = {declare::kLink}}};
  list.errors = {"request.limit", "request.cursor"};
  routes.push_back(list);
  Route create = user_route("POST", "/api/platform/v1/users", create_user, "createUser", "Make a user");
  create.description = "Without a password a one-time password is made, and shown this once.";
  create.body = BodyDeclaration{.description = "Who.", .contents = declare::json(kDraft)};
  create.answers = {{.status = 201,
                     .description = "the user",
                     .contents = declare::json(kNewPassword),
                     .headers = {declare::kLocation}}};
  create.errors = {"user.exists",       "email.bad",      "user.bad_name",  "password.bad",
                   "media.unsupported", "request.syntax", "request.invalid"};
  routes.push_back(create);
  add_one_user_routes(routes);
  routes.push_back(
      {.method = "POST",
       .path = "/api/platform/v1/sign-up",
       .handler = sign_up,
       .id = "signUp",
       .tag = "Session",
       .summary = "Make oneself a user",
       .description = "Where the setting `sign_up_enabled` allows it; else 401, as for any unknown path.",
       .body = BodyDeclaration{.description = "Who.", .contents = declare::json(kSignUp)},
       .answers = {{.status = 201, .description = "the user; sign in next", .contents = declare::json(kUser)}},
       .errors = {"session.missing", "session.csrf", "user.exists", "email.bad", "user.bad_name", "password.bad",
                  "session.locked", "media.unsupported", "request.syntax", "request.invalid"}});
}

}  // namespace mimus::server
