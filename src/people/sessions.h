// Sessions: people who have signed in with e-mail and password.
//
// A session is a secret of 256 random bits (the cookie's value), kept as its SHA-256. Every request looks it up
// together with its user and the user's role in the project asked for, in one statement; nothing is cached, so that a
// sign-out, a disabled user or a changed role counts from the next request on, whichever process has done it. A session
// ends 12 h after its last use, 7 days after the sign-in, and with every change of the password or of the system role.
//
// Thread-safe.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "base/time.h"
#include "people/actor.h"
#include "people/attempts.h"
#include "people/passwords.h"
#include "store/store.h"

namespace mimus::people {

// A signed-in user, for the time of one request.
struct Caller {
  std::string id;
  std::string email;
  std::string name;
  store::SystemRole role = store::SystemRole::User;
  std::optional<store::ProjectRole> project_role;  // in the project that was asked for
  bool must_change = false;                        // the password, before anything else
  std::string session;                             // hash of the cookie
  std::string csrf;                                // what X-CSRF-Token must say
  Timestamp expires_at;                            // of the session, when it is not used again
};

// Where a request comes from.
struct Client {
  std::string address;     // may be empty when it is not known
  std::string user_agent;  // cut to 200 bytes
};

struct NewSession {
  std::string secret;  // the cookie's value; kept nowhere
  Caller caller;
};

class Sessions {
 public:
  // `store` and `hasher` must outlive the service.
  Sessions(store::Store& store, PasswordHasher& hasher, store::Clock clock = now);

  // session.refused: unknown e-mail, wrong password, disabled user (these look alike and take the same time);
  // session.locked after too many of them, of this account or from this address; session.busy. Each, but those that
  // are locked, is in the audit log.
  [[nodiscard]] Result<NewSession> sign_in(std::string_view email, std::string_view password, const Client& client);

  // The session of a cookie's value; the role is that in `project` (may be empty or unknown). session.missing when
  // there is none, or it has ended. Notes the time of use, at most once a minute.
  [[nodiscard]] Result<Caller> find(std::string_view secret, std::string_view project);

  // Ends the caller's session, or all of the user.
  [[nodiscard]] Status sign_out(const Caller& caller, const Actor& actor);
  [[nodiscard]] Status sign_out_everywhere(const Caller& caller, const Actor& actor);

  // A new password of one's own; all sessions end, and the new one takes their place. password.bad; password.wrong when
  // `old` is not the present one (counted as a failed sign-in, session.locked), password.same.
  [[nodiscard]] Result<NewSession> change_password(const Caller& caller, std::string_view old,
                                                   std::string_view password, const Client& client);

 private:
  Result<std::optional<store::User>> check(std::string_view email_key, std::string_view password, const Client& client,
                                           std::string_view action);
  Status note_failure(const std::optional<store::User>& user, std::string_view email_key, const Client& client,
                      std::string_view action);
  void note_use(const store::Session& session, Timestamp at);

  store::Store* store_;
  PasswordHasher* hasher_;
  store::Clock clock_;
  Attempts by_address_{kFreeOfAddress};
  Attempts by_unknown_{kFreeOfAccount};  // e-mails that nobody has: locked as if somebody had
  std::mutex mutex_;
  std::unordered_map<std::string, Timestamp> noted_;  // session: last use written by this process
};

}  // namespace mimus::people
