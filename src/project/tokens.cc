#include "project/tokens.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "people/audit.h"
#include "people/rights.h"
#include "project/changes.h"
#include "project/label.h"
#include "project/token_text.h"

namespace mimus::project {
namespace {

constexpr std::size_t kDateSize = 10;                        // "2035-01-01"
constexpr std::int64_t kNoteMicros = 60 * kMicrosPerSecond;  // between two notes of use
constexpr std::size_t kNoted = 100'000;                      // tokens remembered at most

// The last moment that RFC 3339 can write.
Timestamp last_moment() { return {timestamp_from({.year = 9999, .month = 12, .day = 31}).micros + kMicrosPerDay - 1}; }

Result<Timestamp> parse_expiry(std::string_view expires, Timestamp now) {
  auto time = parse_rfc3339(expires);
  if (!time) {
    return fail("token.expiry", "'" + escape_controls(expires) + "' is neither a date nor a time",
                "2035-01-01 means the end of that day in UTC; or give a time, 2035-01-01T12:00:00Z");
  }
  if (expires.size() == kDateSize) time->micros += kMicrosPerDay;
  *time = std::min(*time, last_moment());
  if (*time <= now) {
    return fail("token.expiry", "the expiry '" + escape_controls(expires) + "' is in the past",
                "give a date from today on");
  }
  return *time;
}

std::unexpected<Diagnostic> unknown_token() {
  return fail("token.invalid", "the token is not known", "a deleted token cannot be used again: make a new one");
}

// What the token allows now; nothing when its maker is disabled or no member any more.
std::optional<Scope> scope_now(const store::TokenGrant& grant) {
  if (grant.token.created_by.empty()) return grant.token.scope;
  if (grant.maker_is_disabled) return std::nullopt;
  const auto most = people::greatest_scope(grant.maker_role, grant.maker_project_role);
  return most ? std::optional(std::min(*most, grant.token.scope)) : std::nullopt;
}

// Nobody makes a token that may do more than they.
Status check_maker(store::Reader& rows, const Token& token) {
  if (token.created_by.empty()) return {};
  MIMUS_ASSIGN(const auto user, rows.user(token.created_by));
  MIMUS_ASSIGN(const auto role, rows.member_role(token.project_id, token.created_by));
  const auto most = user ? people::greatest_scope(user->role, role) : std::nullopt;
  if (!most) return fail("project.not_found", "no such project", "only members of a project see it");
  if (token.scope <= *most) return {};
  return fail("token.scope",
              "the scope '" + std::string(store::scope_name(token.scope)) + "' is more than your role allows",
              "at most '" + std::string(store::scope_name(*most)) + "'");
}

}  // namespace

Tokens::Tokens(store::Store& store, store::Clock clock) : store_(&store), clock_(std::move(clock)) {}

Result<NewToken> Tokens::create(std::string_view project, std::string_view name, std::string_view expires,
                                std::string_view scope, const people::Actor& maker) {
  MIMUS_TRY(check_label(name, "token.bad_name"));
  const auto parsed = store::parse_scope(scope);
  if (!parsed) {
    return fail("token.bad_scope", "'" + escape_controls(scope) + "' is no scope",
                "scopes are read, generate, write and admin");
  }
  const Timestamp now = clock_();
  MIMUS_ASSIGN(const Timestamp end, parse_expiry(expires, now));
  NewToken created;
  created.text = make_token_text();
  created.token = {.id = uuid7(),
                   .project_id = std::string(project),
                   .name = std::string(name),
                   .hash = sha256_hex(created.text),
                   .scope = *parsed,
                   .created_at = now,
                   .expires_at = end};
  if (maker.kind == "user") created.token.created_by = maker.id;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    MIMUS_TRY(check_maker(rows, created.token));
    MIMUS_TRY(rows.insert_token(created.token));
    return people::record(rows, maker, now, {.action = "token.create", .project = project, .target = name});
  }));
  return created;
}

Result<std::vector<Token>> Tokens::list(std::string_view project) const {
  std::vector<Token> tokens;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    if (!project.empty()) MIMUS_TRY(find_project(rows, project));
    MIMUS_ASSIGN(tokens, rows.tokens(project));
    return {};
  }));
  return tokens;
}

Status Tokens::remove(std::string_view id, const people::Actor& actor) {
  return store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(const auto token, rows.token(id));
    if (!token) return fail("token.not_found", "no token '" + escape_controls(id) + "'", "mimus token list shows all");
    MIMUS_TRY(rows.remove_token(id));
    return people::record(rows, actor, clock_(),
                          {.action = "token.delete", .project = token->project_id, .target = token->name});
  });
}

Result<Principal> Tokens::authenticate(std::string_view text) {
  if (!is_token_text(text)) return unknown_token();
  const std::string hash = sha256_hex(text);
  std::optional<store::TokenGrant> grant;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(grant, rows.token_grant(hash));
    return {};
  }));
  if (!grant || !equal_in_constant_time(grant->token.hash, hash)) return unknown_token();
  const Token& token = grant->token;
  const auto scope = scope_now(*grant);
  if (!scope) return unknown_token();
  const Timestamp now = clock_();
  if (now >= token.expires_at) {
    return fail("token.expired", "the token has expired at " + rfc3339(token.expires_at), "make a new one");
  }
  note_use(token, now);
  return Principal{.token_id = token.id, .project_id = token.project_id, .name = token.name, .scope = *scope};
}

// The time of use is for people: a store that cannot take it now is no reason to refuse the token.
void Tokens::note_use(const Token& token, Timestamp at) {
  const auto is_recent = [at](Timestamp last) { return last.micros > at.micros - kNoteMicros; };
  if (token.last_used_at && is_recent(*token.last_used_at)) return;
  {
    const std::lock_guard lock(mutex_);
    if (noted_.size() >= kNoted) noted_.clear();
    const auto [noted, is_new] = noted_.try_emplace(token.id, at);
    if (!is_new && is_recent(noted->second)) return;
    noted->second = at;
  }
  (void)store_->metadata->write([&](store::Writer& rows) { return rows.set_token_used(token.id, at); });
}

}  // namespace mimus::project
