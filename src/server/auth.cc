#include "server/auth.h"

#include "base/hash.h"
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

// ---- sessions

namespace {

bool is_safe(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

bool is_local(std::string_view peer) { return peer.empty() || peer.starts_with("127.") || peer == "::1"; }

std::unexpected<Diagnostic> foreign(std::string message) {
  return fail("session.csrf", std::move(message), "send it from a page of this server");
}

// "https://example.com:8443" → "example.com:8443". Empty for what is no origin, also for "null".
std::string_view host_of(std::string_view origin) {
  const auto scheme = origin.find("://");
  return scheme == std::string_view::npos ? std::string_view() : origin.substr(scheme + 3);
}

}  // namespace

// A name that comes twice is none: one of the two was planted. The other name may be left from plain HTTP.
std::string_view session_cookie(const Headers& headers) {
  std::vector<std::string_view> secure;
  std::vector<std::string_view> local;
  for (const auto& [name, value] : headers.fields()) {
    if (!equals_without_case(name, "Cookie")) continue;
    for (const std::string_view pair : split(value, ';')) {
      const std::string_view cookie = trim(pair);
      const auto equals = cookie.find('=');
      if (equals == std::string_view::npos) continue;
      const std::string_view key = cookie.substr(0, equals);
      if (key == kSecureCookie) secure.push_back(cookie.substr(equals + 1));
      if (key == kLocalCookie) local.push_back(cookie.substr(equals + 1));
    }
  }
  const auto& found = secure.empty() ? local : secure;
  return found.size() == 1 ? found.front() : std::string_view();
}

std::string set_cookie(const Request& request, std::string_view secret) {
  const bool plain = !request.is_secure && is_local(request.peer);
  std::string field(plain ? kLocalCookie : kSecureCookie);
  field += '=';
  field += secret;
  field += "; Path=/; HttpOnly; SameSite=Lax";
  if (!plain) field += "; Secure";
  if (secret.empty()) field += "; Max-Age=0";
  return field;
}

Status check_origin(const Request& request) {
  if (is_safe(request.method)) return {};
  const std::string_view site = request.headers.get("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin") {
    return foreign("the request comes from another site (Sec-Fetch-Site: " + escape_controls(site) + ")");
  }
  if (!request.headers.has("Origin")) return {};
  const std::string_view origin = request.headers.get("Origin");
  const std::string_view host = request.host.empty() ? request.headers.get("Host") : std::string_view(request.host);
  if (!equals_without_case(host_of(origin), host)) {
    return foreign("the request comes from a page of another origin (Origin: " + escape_controls(origin) + ")");
  }
  return {};
}

Status check_csrf(const Request& request, const people::Caller& caller) {
  if (is_safe(request.method)) return {};
  MIMUS_TRY(check_origin(request));
  if (equal_in_constant_time(request.headers.get("X-CSRF-Token"), caller.csrf)) return {};
  return fail("session.csrf", "X-CSRF-Token is not the one of this session", "GET /api/platform/v1/session tells it");
}

Status check_password_change(const people::Caller& caller, std::optional<people::Right> right) {
  if (!caller.must_change || right == people::Right::OwnSession) return {};
  return fail("session.password_change", "the password must be changed first",
              "POST /api/platform/v1/session/password");
}

Status check_right(const people::Caller& caller, people::Right right) {
  switch (people::decide(right, caller.role, caller.project_role)) {
    case people::Decision::Allowed:
      return {};
    case people::Decision::Hidden:
      return fail("project.not_found", "no such project", "only members of a project see it");
    case people::Decision::Forbidden:
      break;
  }
  return fail("rights.missing", "only for: " + std::string(people::needed_for(right)),
              "an owner of the project, or an admin, can give the role");
}

}  // namespace mimus::server
