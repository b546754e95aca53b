// Project access tokens: made, listed and deleted by people.

#include "server/call.h"
#include "server/declare.h"
#include "server/fields.h"
#include "server/platform_objects.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

using people::Right;

bool sees_all(const Call& call) {
  return people::decide(Right::ManageTokens, call.user->role, call.user->project_role) == people::Decision::Allowed;
}

Result<Reaction> list_tokens(Call&& call) {
  MIMUS_ASSIGN(auto tokens, call.services->tokens->list(call.path.project));
  if (!sees_all(call)) {
    std::erase_if(tokens, [&](const project::Token& token) { return token.created_by != call.user->id; });
  }
  Json json;
  json.begin_array();
  for (const project::Token& token : tokens) append(json, token);
  json.end_array();
  return json_answer(200, std::move(json).text());
}

Result<Response> create(const Call& call, std::string_view text) {
  MIMUS_ASSIGN(Fields body, Fields::parse(text));
  const std::string name = body.required_text("name");
  const std::string expires = body.required_text("expires_at");
  const std::string scope = body.required_text("scope");
  MIMUS_TRY(body.finish());
  MIMUS_ASSIGN(const project::NewToken made,
               call.services->tokens->create(call.path.project, name, expires, scope, call.actor()));
  Json json;
  json.begin_object();
  json.member("token", made.text);
  json.key("details");
  append(json, made.token);
  json.end_object();
  Response response = json_answer(201, std::move(json).text());
  response.headers.add("Location", call.base() + "/tokens/" + made.token.id);
  return response;
}

Result<Reaction> create_token(Call&& call) { return take_json(std::move(call), create); }

// Of the path's project, and of the caller unless they may manage all: another's looks like none.
Result<Reaction> delete_token(Call&& call) {
  MIMUS_ASSIGN(const auto tokens, call.services->tokens->list(call.path.project));
  for (const project::Token& token : tokens) {
    if (token.id != call.path.token || (token.created_by != call.user->id && !sees_all(call))) continue;
    MIMUS_TRY(call.services->tokens->remove(token.id, call.actor()));
    return empty_answer(204);
  }
  return fail("token.not_found", "no such token");
}

constexpr std::string_view kTokens = R"({"type": "array", "items": {"$ref": "#/components/schemas/Token"}})";
constexpr std::string_view kNew = R"({"$ref": "#/components/schemas/NewToken"})";
constexpr std::string_view kMade = R"({"$ref": "#/components/schemas/MadeToken"})";

}  // namespace

void add_token_routes(std::vector<Route>& routes) {
  routes.push_back({.method = "GET",
                    .path = "/api/platform/v1/projects/{project_id}/tokens",
                    .right = Right::OwnTokens,
                    .handler = list_tokens,
                    .id = "listTokens",
                    .tag = "Tokens",
                    .summary = "List the access tokens",
                    .description = "One's own; owners see those of all members. Never their secret.",
                    .answers = {{.status = 200, .description = "the tokens", .contents = declare::json(kTokens)}}});
  routes.push_back({.method = "POST",
                    .path = "/api/platform/v1/projects/{project_id}/tokens",
                    .right = Right::OwnTokens,
                    .handler = create_token,
                    .id = "createToken",
                    .tag = "Tokens",
                    .summary = "Make an access token",
                    .description = "The answer shows the token once. It has at most the rights of its maker.",
                    .body = BodyDeclaration{.description = "the token", .contents = declare::json(kNew)},
                    .answers = {{.status = 201,
                                 .description = "the token, with its secret",
                                 .contents = declare::json(kMade),
                                 .headers = {declare::kLocation}}},
                    .errors = {"token.expiry", "token.bad_name", "token.bad_scope", "token.scope", "request.invalid",
                               "request.syntax", "media.unsupported"}});
  routes.push_back({.method = "DELETE",
                    .path = "/api/platform/v1/projects/{project_id}/tokens/{token_id}",
                    .right = Right::OwnTokens,
                    .handler = delete_token,
                    .id = "deleteToken",
                    .tag = "Tokens",
                    .summary = "Delete an access token",
                    .description = "It stops working at once.",
                    .answers = {{.status = 204, .description = "it is gone"}},
                    .errors = {"token.not_found"}});
}

}  // namespace mimus::server
