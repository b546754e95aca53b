// Users: who may sign in. They are never deleted, only disabled: the audit log names them.
//
// Every change is in the audit log, in the same transaction. Whoever is disabled, gets another role or another password
// has to sign in again. One admin always remains.
//
// Thread-safe, also several processes over one store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "people/actor.h"
#include "people/attempts.h"
#include "people/passwords.h"
#include "people/sessions.h"
#include "store/store.h"

namespace mimus::people {

using store::SystemRole;
using store::User;

struct UserDraft {
  std::string email;
  std::string name;  // the e-mail's part before '@' when empty
  SystemRole role = SystemRole::User;
  std::optional<std::string> password;  // none: a one-time password is made
};

struct NewPassword {
  User user;
  std::string one_time;  // shown once, and to be changed at the first sign-in; empty when the password was given
};

struct UserPatch {
  std::optional<std::string> name;
  std::optional<SystemRole> role;
  std::optional<bool> is_disabled;
};

struct UserPage {
  std::vector<User> users;  // in order of e-mail
  std::string next;         // cursor; empty: this was the last page
};

// The admin that the first start makes, and the file in the data folder with the one-time password (mode 0600). The
// file goes when the password is changed.
inline constexpr std::string_view kFirstAdmin = "admin@localhost";
inline constexpr const char* kFirstPasswordFile = "initial-admin-password";

class Users {
 public:
  // `store` and `hasher` must outlive the service.
  Users(store::Store& store, PasswordHasher& hasher, store::Clock clock = now);

  // user.exists (also when the e-mail differs in case only), email.bad, user.bad_name, password.bad, session.busy.
  [[nodiscard]] Result<NewPassword> create(const UserDraft& draft, const Actor& actor);
  // One makes oneself. The caller has looked whether it is enabled. What create() says; session.locked after too many
  // from one address.
  [[nodiscard]] Result<User> sign_up(const UserDraft& draft, const Client& client);
  // When there is no user at all: an admin, whose password is in the file when this returns. None otherwise.
  [[nodiscard]] Result<std::optional<NewPassword>> create_first_admin();

  // Those whose e-mail or name holds `search`, whatever the case. `limit` 1 … 1,000. request.cursor.
  [[nodiscard]] Result<UserPage> list(std::string_view search, std::uint64_t limit, std::string_view cursor) const;
  // By id, or by e-mail when there is an '@'. user.not_found.
  [[nodiscard]] Result<User> get(std::string_view id) const;

  // user.not_found, user.bad_name, user.last_admin.
  [[nodiscard]] Result<User> update(std::string_view id, const UserPatch& patch, const Actor& actor);
  // A one-time password, or the one given. Ends a lock-out. user.not_found, password.bad, session.busy.
  [[nodiscard]] Result<NewPassword> reset_password(std::string_view id, const std::optional<std::string>& password,
                                                   const Actor& actor);

 private:
  Result<NewPassword> prepare(const UserDraft& draft);

  store::Store* store_;
  PasswordHasher* hasher_;
  store::Clock clock_;
  Attempts sign_ups_{kFreeOfAddress};
};

// "active", "disabled".
[[nodiscard]] std::string_view state_name(const User& user);

}  // namespace mimus::people
