#include "people/sessions.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "people/audit.h"
#include "people/cut.h"
#include "people/email.h"
#include "people/users.h"

namespace mimus::people {
namespace {

constexpr std::int64_t kIdleMicros = 12 * 3600 * kMicrosPerSecond;
constexpr std::int64_t kAbsoluteMicros = 7 * kMicrosPerDay;
constexpr std::int64_t kNoteMicros = 60 * kMicrosPerSecond;  // between two notes of use
constexpr std::size_t kNoted = 100'000;                      // sessions remembered at most
constexpr std::uint64_t kSessionsOfOne = 100;                // of one user; the oldest go
constexpr std::size_t kSecretSize = 64;                      // hex digits of 256 bits
constexpr std::size_t kAgentBytes = 200;

std::string random_hex(std::size_t digits) {
  std::array<std::uint8_t, kSecretSize / 2> bytes{};
  random_bytes(bytes);
  return hex(std::span(bytes).first(digits / 2));
}

std::unexpected<Diagnostic> missing() {
  return fail("session.missing", "there is no session, or it has ended", "sign in: POST /api/platform/v1/session");
}

Timestamp end_of(const store::Session& session) {
  return {std::min(session.created_at.micros + kAbsoluteMicros, session.last_used_at.micros + kIdleMicros)};
}

Caller caller_of(const store::SessionUser& found) {
  return {.id = found.user.id,
          .email = found.user.email,
          .name = found.user.name,
          .role = found.user.role,
          .project_role = found.project_role,
          .must_change = found.user.must_change,
          .session = found.session.hash,
          .csrf = found.session.csrf,
          .expires_at = end_of(found.session)};
}

Actor actor_of(const store::User& user, const Client& client) {
  return {.id = user.id, .name = user.name, .kind = "user", .address = client.address};
}

// A new session of the user, in the caller's transaction.
Result<NewSession> open_session(store::Writer& rows, const store::User& user, const Client& client, Timestamp now) {
  NewSession created{.secret = random_hex(kSecretSize), .caller = {}};
  const store::Session session{.hash = sha256_hex(created.secret),
                               .user_id = user.id,
                               .csrf = random_hex(kSecretSize / 2),
                               .created_at = now,
                               .last_used_at = now,
                               .address = client.address,
                               .user_agent = cut(escape_controls(client.user_agent), kAgentBytes)};
  MIMUS_TRY(rows.insert_session(session));
  MIMUS_TRY(rows.keep_sessions(user.id, kSessionsOfOne));
  MIMUS_TRY(rows.remove_old_sessions({now.micros - kAbsoluteMicros}, {now.micros - kIdleMicros}));
  created.caller = caller_of({.session = session, .user = user, .project_role = {}});
  return created;
}

void forget_failures(store::User& user) {
  user.failed = 0;
  user.failed_at.reset();
  user.locked_until.reset();
}

}  // namespace

Sessions::Sessions(store::Store& store, PasswordHasher& hasher, store::Clock clock)
    : store_(&store), hasher_(&hasher), clock_(std::move(clock)) {}

// The user whose password this is; none when it is not. The failure is counted and in the audit log as `action`.
Result<std::optional<store::User>> Sessions::check(std::string_view email, std::string_view password,
                                                   const Client& client, std::string_view action) {
  const Timestamp now = clock_();
  const std::string unknown = sha256_hex(email);  // so that a name of any length takes the same room
  std::optional<store::User> user;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(user, rows.user_by_email(email));
    return {};
  }));
  std::optional<Timestamp> until = user ? user->locked_until : by_unknown_.locked_until(unknown, now);
  if (!client.address.empty()) until = std::max(until, by_address_.locked_until(client.address, now));
  if (until && *until > now) return locked(*until, now);
  MIMUS_ASSIGN(const bool fits, hasher_->verify(user ? user->password : std::string(), password));
  if (fits && !user->is_disabled) return user;
  MIMUS_TRY(note_failure(user, email, client, action));
  return std::nullopt;
}

Status Sessions::note_failure(const std::optional<store::User>& user, std::string_view email, const Client& client,
                              std::string_view action) {
  const Timestamp now = clock_();
  if (!client.address.empty()) by_address_.note_failure(client.address, now);
  if (!user) by_unknown_.note_failure(sha256_hex(email), now);
  return store_->metadata->write([&](store::Writer& rows) -> Status {
    // People type passwords where the e-mail belongs: what is none is not written down.
    const auto address = check_email(email);
    const Event event{.action = action, .target = address ? *address : std::string_view()};
    if (!user) return record(rows, {.id = {}, .name = {}, .kind = "user", .address = client.address}, now, event);
    MIMUS_ASSIGN(auto present, rows.user(user->id));
    if (!present) return {};
    present->failed = is_remembered(present->failed_at, now) ? present->failed + 1 : 1;
    present->failed_at = now;
    present->locked_until = back_off(present->failed, kFreeOfAccount, now);
    MIMUS_TRY(rows.replace_user(*present));
    return record(rows, actor_of(*present, client), now, event);
  });
}

Result<NewSession> Sessions::sign_in(std::string_view email, std::string_view password, const Client& client) {
  const auto refused = [] {
    return fail("session.refused", "the e-mail or the password is wrong", "an admin can reset the password");
  };
  MIMUS_ASSIGN(const auto user, check(email_key(email), password, client, "session.refuse"));
  if (!user) return refused();
  std::string renewed;
  if (PasswordHasher::is_outdated(user->password)) {
    MIMUS_ASSIGN(renewed, hasher_->hash(password));
  }
  const Timestamp now = clock_();
  std::optional<NewSession> created;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(auto present, rows.user(user->id));
    // What another has changed while the password was checked counts.
    if (!present || present->is_disabled || present->password != user->password) return refused();
    forget_failures(*present);
    present->last_sign_in_at = now;
    if (!renewed.empty()) present->password = renewed;
    MIMUS_TRY(rows.replace_user(*present));
    MIMUS_ASSIGN(created, open_session(rows, *present, client, now));
    return record(rows, actor_of(*present, client), now, {.action = "session.open", .target = present->email});
  }));
  return std::move(*created);
}

Result<Caller> Sessions::find(std::string_view secret, std::string_view project) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (secret.size() != kSecretSize || !std::ranges::all_of(secret, is_digit)) return missing();
  const std::string hash = sha256_hex(secret);
  std::optional<store::SessionUser> found;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(found, rows.session(hash, project));
    return {};
  }));
  const Timestamp now = clock_();
  if (!found || found->user.is_disabled || now >= end_of(found->session)) return missing();
  note_use(found->session, now);
  found->session.last_used_at = now;
  return caller_of(*found);
}

// A store that cannot take the time of use now is no reason to refuse the session.
void Sessions::note_use(const store::Session& session, Timestamp at) {
  const auto is_recent = [at](Timestamp last) { return last.micros > at.micros - kNoteMicros; };
  if (is_recent(session.last_used_at)) return;
  {
    const std::lock_guard lock(mutex_);
    if (noted_.size() >= kNoted) noted_.clear();
    const auto [noted, is_new] = noted_.try_emplace(session.hash, at);
    if (!is_new && is_recent(noted->second)) return;
    noted->second = at;
  }
  (void)store_->metadata->write([&](store::Writer& rows) { return rows.set_session_used(session.hash, at); });
}

Status Sessions::sign_out(const Caller& caller, const Actor& actor) {
  return store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(rows.remove_session(caller.session));
    return record(rows, actor, clock_(), {.action = "session.close", .target = caller.email});
  });
}

Status Sessions::sign_out_everywhere(const Caller& caller, const Actor& actor) {
  return store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(rows.remove_sessions(caller.id, {}));
    return record(rows, actor, clock_(), {.action = "session.close_all", .target = caller.email});
  });
}

Result<NewSession> Sessions::change_password(const Caller& caller, std::string_view old, std::string_view password,
                                             const Client& client) {
  if (const Status status = check_password(password, caller.email); !status) return fail(status.error());
  MIMUS_ASSIGN(const auto user, check(email_key(caller.email), old, client, "user.refuse_password"));
  if (!user) return fail("password.wrong", "the present password is another one");
  if (old == password) return fail("password.same", "the new password is the present one", "take another one");
  MIMUS_ASSIGN(const std::string phc, hasher_->hash(password));
  const Timestamp now = clock_();
  std::optional<NewSession> created;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(auto present, rows.user(user->id));
    if (!present || present->is_disabled || present->password != user->password) return missing();
    forget_failures(*present);
    present->password = phc;
    present->must_change = false;
    MIMUS_TRY(rows.replace_user(*present));
    MIMUS_TRY(rows.remove_sessions(present->id, {}));
    MIMUS_ASSIGN(created, open_session(rows, *present, client, now));
    return record(rows, actor_of(*present, client), now, {.action = "user.change_password", .target = present->email});
  }));
  if (user->email_key == kFirstAdmin) {
    std::error_code unused;
    fs::remove(store_->folder / kFirstPasswordFile, unused);
  }
  return std::move(*created);
}

}  // namespace mimus::people
