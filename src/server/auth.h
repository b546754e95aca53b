// Who calls, and whether they may: the checks before any handler. Of a token in this order: header, token, project,
// scope. Of a session: cookie, password to be changed, where the request comes from, right.
#pragma once

#include "base/result.h"
#include "people/rights.h"
#include "people/sessions.h"
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

// ---- sessions

// The cookie's name. The prefix __Host- (RFC 6265bis) binds it to this host and to TLS, so that no other host or
// plain-text answer can plant one; a browser takes it over TLS only, hence the other name on the machine itself.
inline constexpr std::string_view kSecureCookie = "__Host-mimus_session";
inline constexpr std::string_view kLocalCookie = "mimus_session";

// The session's secret from the request's cookies; empty when there is none, or more than one.
[[nodiscard]] std::string_view session_cookie(const Headers& headers);
// The Set-Cookie field that gives the secret to the browser, or takes it back (empty). HttpOnly, SameSite=Lax; Secure
// except for clients on the machine itself that speak plain HTTP.
[[nodiscard]] std::string set_cookie(const Request& request, std::string_view secret);

// session.csrf when a page of another origin has made the request: Sec-Fetch-Site says so, or Origin names another
// host than Host. Methods that change nothing pass.
[[nodiscard]] Status check_origin(const Request& request);
// The same, and X-CSRF-Token must be the session's.
[[nodiscard]] Status check_csrf(const Request& request, const people::Caller& caller);

// session.password_change unless the caller's password is a lasting one, or the right is that to change it.
[[nodiscard]] Status check_password_change(const people::Caller& caller, std::optional<people::Right> right);

// rights.missing, project.not_found.
[[nodiscard]] Status check_right(const people::Caller& caller, people::Right right);

}  // namespace mimus::server
