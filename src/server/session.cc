// Sign in, sign out, one's own password.

#include "server/auth.h"
#include "server/call.h"
#include "server/declare.h"
#include "server/fields.h"
#include "server/json.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

std::string session_json(const people::Caller& caller) {
  Json json;
  json.begin_object();
  json.key("user");
  json.begin_object();
  json.member("id", caller.id);
  json.member("email", caller.email);
  json.member("name", caller.name);
  json.member("role", store::system_role_name(caller.role));
  json.end_object();
  json.member("must_change_password", caller.must_change);
  json.member("csrf_token", caller.csrf);
  json.member("expires_at", caller.expires_at);
  json.end_object();
  return std::move(json).text();
}

Response session_answer(const Call& call, int status, const people::NewSession& session) {
  Response response = json_answer(status, session_json(session.caller));
  response.headers.add("Set-Cookie", set_cookie(*call.request, session.secret));
  return response;
}

Response signed_out(const Call& call) {
  Response response = empty_answer(204);
  response.headers.add("Set-Cookie", set_cookie(*call.request, {}));
  return response;
}

Result<Reaction> sign_in(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(Fields fields, Fields::parse(body));
    const std::string email = fields.required_text("email");
    const std::string password = fields.required_text("password");
    MIMUS_TRY(fields.finish());
    MIMUS_ASSIGN(const auto session, of.services->sessions->sign_in(email, password, of.client()));
    return session_answer(of, 201, session);
  });
}

Result<Reaction> get_session(Call&& call) { return json_answer(200, session_json(*call.user)); }

Result<Reaction> sign_out(Call&& call) {
  MIMUS_TRY(call.services->sessions->sign_out(*call.user, call.actor()));
  return signed_out(call);
}

Result<Reaction> sign_out_everywhere(Call&& call) {
  MIMUS_TRY(call.services->sessions->sign_out_everywhere(*call.user, call.actor()));
  return signed_out(call);
}

Result<Reaction> change_password(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(Fields fields, Fields::parse(body));
    const std::string old = fields.required_text("old_password");
    const std::string password = fields.required_text("new_password");
    MIMUS_TRY(fields.finish());
    MIMUS_ASSIGN(const auto session, of.services->sessions->change_password(*of.user, old, password, of.client()));
    return session_answer(of, 200, session);
  });
}

constexpr std::string_view kSession = R"({"$ref": "#/components/schemas/Session"})";
constexpr std::string_view kCredentials = R"({"$ref": "#/components/schemas/Credentials"})";
constexpr std::string_view kPasswordChange = R"({"$ref": "#/components/schemas/PasswordChange"})";
constexpr ParameterDeclaration kSetCookie{"Set-Cookie", "", "The session's cookie.", declare::kText};

Route own_route(std::string_view method, std::string_view path, RouteHandler handler, std::string_view id,
                std::string_view summary) {
  return {.method = method,
          .path = path,
          .right = people::Right::OwnSession,
          .handler = handler,
          .id = id,
          .tag = "Session",
          .summary = summary};
}

}  // namespace

void add_session_routes(std::vector<Route>& routes) {
  routes.push_back({.method = "POST",
                    .path = "/api/platform/v1/session",
                    .handler = sign_in,
                    .id = "signIn",
                    .tag = "Session",
                    .summary = "Sign in",
                    .description =
                        "Unknown e-mails, wrong passwords and disabled users look alike. After five failures of an "
                        "account, or twenty from an address, each further one doubles the wait.",
                    .body = BodyDeclaration{.description = "Who.", .contents = declare::json(kCredentials)},
                    .answers = {{.status = 201,
                                 .description = "a new session",
                                 .contents = declare::json(kSession),
                                 .headers = {kSetCookie}}},
                    .errors = {"session.refused", "session.locked", "session.csrf", "media.unsupported",
                               "request.syntax", "request.invalid"}});
  Route read = own_route("GET", "/api/platform/v1/session", get_session, "getSession", "Read the session");
  read.description = "Who has signed in, and the CSRF token.";
  read.answers = {{.status = 200, .description = "the session", .contents = declare::json(kSession)}};
  routes.push_back(read);
  Route leave = own_route("DELETE", "/api/platform/v1/session", sign_out, "signOut", "Sign out");
  leave.answers = {{.status = 204, .description = "the session has ended", .headers = {kSetCookie}}};
  routes.push_back(leave);
  Route leave_all =
      own_route("DELETE", "/api/platform/v1/sessions", sign_out_everywhere, "signOutEverywhere", "Sign out everywhere");
  leave_all.answers = {{.status = 204, .description = "all sessions of the user have ended", .headers = {kSetCookie}}};
  routes.push_back(leave_all);
  Route password =
      own_route("POST", "/api/platform/v1/session/password", change_password, "changePassword", "Change the password");
  password.description = "All sessions of the user end; this one goes on with a new cookie.";
  password.body =
      BodyDeclaration{.description = "The present and the new one.", .contents = declare::json(kPasswordChange)};
  password.answers = {{.status = 200,
                       .description = "the session that takes the place of this one",
                       .contents = declare::json(kSession),
                       .headers = {kSetCookie}}};
  password.errors = {"password.wrong",    "password.bad",   "password.same",  "session.locked",
                     "media.unsupported", "request.syntax", "request.invalid"};
  routes.push_back(password);
}

}  // namespace mimus::server
