#include "server/problem.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/hash.h"
#include "base/text.h"
#include "server/json.h"

namespace mimus::server {
namespace {

constexpr auto kKinds = std::to_array<ProblemKind>({
    {"auth.missing", 401, "no Authorization header, or not `Bearer TOKEN`"},
    {"token.invalid", 401, "the token is malformed, unknown or deleted"},
    {"token.expired", 401, "the token has expired"},
    {"session.missing", 401, "no session, or it has ended"},
    {"session.refused", 401, "the e-mail or the password is wrong, or the user is disabled"},
    {"session.password_change", 403, "the password must be changed first"},
    {"session.csrf", 403, "the request comes from another origin, or `X-CSRF-Token` is missing or wrong"},
    {"rights.missing", 403, "the role of the user does not allow it; `detail` names the one that does"},
    {"password.wrong", 403, "the present password is another one"},
    {"token.scope", 403, "the scope of the token is too small"},
    {"project.not_found", 404, "no such project, or the token belongs to another one"},
    {"file.not_found", 404, "no such file"},
    {"user.not_found", 404, "no such user"},
    {"member.not_found", 404, "the user is no member of the project"},
    {"task.not_found", 404, "no such task in this project"},
    {"version.not_found", 404, "no such version of a file in this project"},
    {"template.not_found", 404, "no such template"},
    {"demo.not_found", 404, "no such demo"},
    {"token.not_found", 404, "no such token in this project"},
    {"statistics.not_found", 404, "the task has no statistics"},
    {"artifact.not_found", 404, "no such artifact of this task"},
    {"route.not_found", 404, "nothing is served at this path"},
    {"method.not_allowed", 405, "the path has other methods; `Allow` names them"},
    {"media.not_acceptable", 406, "`Accept` takes nothing that is served here"},
    {"request.timeout", 408, "the header or the body made no progress for 30 s"},
    {"file.exists", 409, "a file of that name exists, or one that differs in case or normalisation only"},
    {"user.exists", 409, "there is a user of that e-mail already"},
    {"user.last_admin", 409, "the user is the only admin"},
    {"member.exists", 409, "the user is a member already"},
    {"member.last_owner", 409, "the member is the only owner of the project"},
    {"task.running", 409, "the task has not finished"},
    {"project.not_deleted", 409, "the project is not deleted"},
    {"version.removed", 409, "in that version the file was removed"},
    {"file.changed", 412, "the file has changed since (`If-Match`)"},
    {"file.too_large", 413, "the file is over the limit"},
    {"project.quota", 413, "the project would hold too many bytes or files"},
    {"archive.limit", 413, "the archive has too many entries or bytes, or is packed too tightly"},
    {"request.too_large", 413, "the JSON body is over the limit"},
    {"request.url_too_long", 414, "the URL is over 8 KiB"},
    {"media.unsupported", 415, "the body has the wrong `Content-Type`"},
    {"range.unsatisfiable", 416, "the range begins past the end"},
    {"request.expectation", 417, "only `Expect: 100-continue` is known"},
    {"host.unknown", 421, "the server has not the name by which it was asked for"},
    {"file.bad_name", 422, "the name is empty, absolute, has `..`, control characters or a backslash, or is too long"},
    {"archive.invalid", 422, "the archive is damaged, hostile, or none of a project"},
    {"project.bad_name", 422, "the name is empty, too long, or has control characters"},
    {"project.bad_settings", 422, "the settings are wrong; `errors` names them"},
    {"token.bad_name", 422, "the name is empty, too long, or has control characters"},
    {"token.bad_scope", 422, "no such scope, or more than the maker's role allows"},
    {"token.expiry", 422, "the expiry is no date or time, or in the past"},
    {"version.no_text", 422, "the version is no text, or too long to compare"},
    {"file.duplicate", 422, "a file comes twice in one request"},
    {"upload.part", 422, "not exactly one part `file`, or the multipart body is malformed"},
    {"descriptor.invalid", 422, "the descriptor is not there or wrong; with file, line and column"},
    {"email.bad", 422, "no e-mail address"},
    {"user.bad_name", 422, "the name is empty, over 200 bytes, or holds control characters"},
    {"setting.bad", 422, "a setting or the banner is empty, too long, or holds control characters"},
    {"password.bad", 422, "the password is too short, too long, or one that is guessed first"},
    {"password.same", 422, "the new password is the present one"},
    {"environment.not_found", 422, "no such environment"},
    {"idempotency.mismatch", 422, "the key was used with another request"},
    {"request.invalid", 422, "members of the body are wrong; `errors` names them"},
    {"request.limit", 422, "`limit` is no number from 1 to 1,000"},
    {"request.cursor", 422, "the cursor is none of ours"},
    {"file.locked", 423, "another one edits the file"},
    {"session.locked", 429, "too many sign-ins have failed; see `Retry-After`"},
    {"auth.rate_limited", 429, "too many tokens from one address were refused; see `Retry-After`"},
    {"request.rate_limited", 429, "too many requests of one token or user; see `Retry-After`"},
    {"queue.full", 429, "too many tasks of this project wait; see `Retry-After`"},
    {"events.limit", 429, "too many streams of events are open"},
    {"preview.busy", 429, "too many previews and checks are under way; see `Retry-After`"},
    {"request.header_too_large", 431, "the header is over 16 KiB"},
    {"request.malformed", 400, "the request is no valid HTTP"},
    {"request.target", 400, "the URL cannot be read"},
    {"request.syntax", 400, "the body is no valid JSON"},
    {"internal", 500, "a fault of the server; the id in `instance` is in its log"},
    {"request.encoding", 501, "a transfer encoding other than chunked"},
    {"session.busy", 503, "too many passwords are being checked; see `Retry-After`"},
    {"store.busy", 503, "the database is busy; see `Retry-After`"},
    {"maintenance", 503, "the server stops or is under maintenance; see `Retry-After`"},
    {"request.version", 505, "only HTTP/1.0 and HTTP/1.1 are known"},
    {"store.full", 507, "the disk of the server is full"},
});

void append_members(Json& json, const Diagnostic& diagnostic, std::string_view instance, int status) {
  json.member("type", "urn:mimus:problem:" + diagnostic.code);
  json.member("title", reason_phrase(status));
  json.member("status", status);
  json.member("detail", diagnostic.message);
  json.member("instance", instance);
  json.member("code", diagnostic.code);
  if (!diagnostic.hint.empty()) json.member("hint", diagnostic.hint);
  if (!diagnostic.where.file.empty()) {
    json.member("file", diagnostic.where.file);
    json.member("line", diagnostic.where.line);
    json.member("column", diagnostic.where.column);
  }
  if (diagnostic.fields.empty()) return;
  json.key("errors");
  json.begin_array();
  for (const auto& [field, message] : diagnostic.fields) {
    json.begin_object();
    json.member("field", field);
    json.member("message", message);
    json.end_object();
  }
  json.end_array();
}

// What a 401 must say about how to do better (RFC 9110). Sessions have no registered scheme.
std::string challenge(std::string_view code) {
  if (code.starts_with("session.")) return "Session";
  return code == "auth.missing" ? "Bearer" : "Bearer error=\"invalid_token\"";
}

// The seconds, from the field of that name where the cause knows them.
std::string retry_after(const Diagnostic& diagnostic, std::string_view usual) {
  for (const auto& [field, message] : diagnostic.fields) {
    if (field == "retry_after") return message;
  }
  return std::string(usual);
}

}  // namespace

std::span<const ProblemKind> problem_kinds() { return kKinds; }

int problem_status(std::string_view code) {
  const auto* found = std::ranges::find(kKinds, code, &ProblemKind::code);
  return found != kKinds.end() ? found->status : 500;
}

std::string problem_json(const Diagnostic& diagnostic, std::string_view instance, int unknown_status) {
  const auto* found = std::ranges::find(kKinds, diagnostic.code, &ProblemKind::code);
  Json json;
  json.begin_object();
  append_members(json, diagnostic, instance, found != kKinds.end() ? found->status : unknown_status);
  json.end_object();
  return std::move(json).text();
}

void add_api_headers(Headers& headers, std::string_view caching) {
  headers.add("Cache-Control", std::string(caching));
  headers.add("X-Content-Type-Options", "nosniff");
  headers.add("Content-Security-Policy", "sandbox; default-src 'none'");
  headers.add("Cross-Origin-Resource-Policy", "same-origin");
  headers.add("Referrer-Policy", "no-referrer");
}

Response problem(const Diagnostic& diagnostic, std::string_view path) {
  Response response;
  response.status = problem_status(diagnostic.code);
  response.headers.add("Content-Type", "application/problem+json");
  add_api_headers(response.headers);
  if (response.status == 401) {
    response.headers.add("WWW-Authenticate", challenge(diagnostic.code));
  }
  if (response.status == 429) response.headers.add("Retry-After", retry_after(diagnostic, "10"));
  if (response.status == 503) response.headers.add("Retry-After", retry_after(diagnostic, "5"));
  if (response.status == 500) {
    const std::string id = "urn:uuid:" + uuid7();
    const std::string line = "mimus: internal error " + id + ": " + escape_controls(diagnostic.message) + " [" +
                             escape_controls(diagnostic.code) + "]\n";
    std::fputs(line.c_str(), stderr);
    response.body = problem_json({.code = "internal", .message = "the server failed; its log knows the id"}, id);
  } else {
    response.body = problem_json(diagnostic, path);
  }
  response.body += '\n';
  return response;
}

}  // namespace mimus::server
