#include "server/auth.h"

#include "base/text.h"

namespace mimus::server {

Result<std::string_view> bearer_token(const Headers& headers) {
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view value = trim(headers.get("Authorization"));
  const auto missing = [](std::string message) {
    return fail("auth.missing", std::move(message), "-H 'Authorization: Bearer mms_pat_…'");
  };
  if (headers.count("Authorization") > 1) return missing("there is more than one Authorization header");
  if (value.empty()) return missing("there is no Authorization header");
  if (value.size() <= kScheme.size() || !equals_without_case(value.substr(0, kScheme.size()), kScheme)) {
    return missing("the Authorization header is not 'Bearer TOKEN'");
  }
  const std::string_view token = trim(value.substr(kScheme.size()));
  if (token.empty() || token.find_first_of(" \t") != std::string_view::npos) {
    return missing("the Authorization header is not 'Bearer TOKEN'");
  }
  return token;
}

Status check_scope(project::Scope have, project::Scope needed) {
  if (have >= needed) return {};
  const std::string name(store::scope_name(needed));
  Diagnostic diagnostic{
      .code = "token.scope",
      .message = "this needs the scope '" + name + "'; the token has '" + std::string(store::scope_name(have)) + "'",
      .hint = "make a token with --scope " + name};
  return fail(std::move(diagnostic));
}

Result<project::Principal> authorise(project::Tokens& tokens, const Headers& headers, std::string_view project,
                                     project::Scope needed) {
  MIMUS_ASSIGN(const std::string_view text, bearer_token(headers));
  MIMUS_ASSIGN(project::Principal principal, tokens.authenticate(text));
  if (principal.project_id != project) {
    return fail("project.not_found", "no such project", "a token belongs to one project");
  }
  MIMUS_TRY(check_scope(principal.scope, needed));
  return principal;
}

}  // namespace mimus::server
