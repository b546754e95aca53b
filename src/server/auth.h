// Who calls, and whether they may: the checks before any handler, in this order: header, token, project, scope.
#pragma once

#include "base/result.h"
#include "project/tokens.h"
#include "server/http.h"

namespace mimus::server {

// The bearer token of the Authorization field; nothing else is read. auth.missing when there is none.
[[nodiscard]] Result<std::string_view> bearer_token(const Headers& headers);

// auth.missing, token.invalid, token.expired; project.not_found when the token belongs to another project than the
// path's; token.scope.
[[nodiscard]] Result<project::Principal> authorise(project::Tokens& tokens, const Headers& headers,
                                                   std::string_view project, project::Scope needed);

// token.scope unless `have` includes `needed`.
[[nodiscard]] Status check_scope(project::Scope have, project::Scope needed);

}  // namespace mimus::server
