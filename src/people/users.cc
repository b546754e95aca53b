#include "people/users.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/hash.h"
#include "base/text.h"
#include "people/audit.h"
#include "people/email.h"
#include "people/lookup.h"

namespace mimus::people {
namespace {

constexpr std::size_t kNameBytes = 200;

Result<std::string> check_name(std::string_view name) {
  std::string text = nfc(trim(name));
  if (!text.empty() && text.size() <= kNameBytes && is_utf8(text) && escape_controls(text) == text) return text;
  Diagnostic diagnostic{.code = "user.bad_name", .message = "the name must be 1 to 200 bytes of text"};
  diagnostic.fields.emplace_back("name", "must be 1 to 200 bytes of text without control characters");
  return fail(std::move(diagnostic));
}

// What the audit log hashes: all of a user that others may change.
std::string state_hash(const User& user) {
  return sha256_hex(user.email + "\n" + user.name + "\n" + std::string(system_role_name(user.role)) + "\n" +
                    std::string(state_name(user)));
}

Status insert(store::Writer& rows, const User& user, const Actor& actor, std::string_view action) {
  MIMUS_ASSIGN(const auto other, rows.user_by_email(user.email_key));
  if (other) {
    Diagnostic diagnostic{.code = "user.exists", .message = "there is a user '" + other->email + "' already"};
    diagnostic.fields.emplace_back("email", "is taken");
    return fail(std::move(diagnostic));
  }
  MIMUS_TRY(rows.insert_user(user));
  const std::string after = state_hash(user);
  return record(rows, actor, user.created_at, {.action = action, .target = user.email, .after = after});
}

// Readable for the owner alone, complete and durable, in place of an older one.
Status write_secret(const fs::path& path, const std::string& text) {
  const auto failed = [&] {
    return fail("store.failed", "cannot write '" + path.string() + "': " + errno_text(errno));
  };
  const fs::path fresh = path.string() + ".new";
  (void)::unlink(fresh.c_str());
  const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return failed();
  if (::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) return failed();
  if (::fsync(file.get()) != 0 || ::rename(fresh.c_str(), path.c_str()) != 0) return failed();
  return sync_folder(path.parent_path());
}

// One admin must remain who can let the others in.
Status check_last_admin(store::Reader& rows, const User& before, const User& after) {
  const auto is_admin = [](const User& user) { return user.role == SystemRole::Admin && !user.is_disabled; };
  if (!is_admin(before) || is_admin(after)) return {};
  MIMUS_ASSIGN(const std::uint64_t admins, rows.count_admins());
  if (admins > 1) return {};
  return fail("user.last_admin", "'" + before.email + "' is the only admin", "make another user an admin first");
}

}  // namespace

Result<User> find_user(store::Reader& rows, std::string_view id) {
  const bool is_email = id.find('@') != std::string_view::npos;
  MIMUS_ASSIGN(auto user, is_email ? rows.user_by_email(email_key(id)) : rows.user(id));
  if (!user) return fail("user.not_found", "no user '" + escape_controls(id) + "'");
  return std::move(*user);
}

std::string_view state_name(const User& user) { return user.is_disabled ? "disabled" : "active"; }

Users::Users(store::Store& store, PasswordHasher& hasher, store::Clock clock)
    : store_(&store), hasher_(&hasher), clock_(std::move(clock)) {}

Result<NewPassword> Users::prepare(const UserDraft& draft) {
  MIMUS_ASSIGN(std::string email, check_email(draft.email));
  const std::string_view mailbox = std::string_view(email).substr(0, email.find('@'));
  MIMUS_ASSIGN(std::string name, check_name(draft.name.empty() ? mailbox : std::string_view(draft.name)));
  NewPassword made;
  if (draft.password) {
    MIMUS_TRY(check_password(*draft.password, email));
  } else {
    made.one_time = one_time_password();
  }
  MIMUS_ASSIGN(std::string phc, hasher_->hash(draft.password ? *draft.password : made.one_time));
  made.user.id = uuid7();
  made.user.email_key = email_key(email);
  made.user.email = std::move(email);
  made.user.name = std::move(name);
  made.user.password = std::move(phc);
  made.user.role = draft.role;
  made.user.must_change = !draft.password;
  made.user.created_at = clock_();
  return made;
}

Result<NewPassword> Users::create(const UserDraft& draft, const Actor& actor) {
  MIMUS_ASSIGN(NewPassword made, prepare(draft));
  MIMUS_TRY(
      store_->metadata->write([&](store::Writer& rows) { return insert(rows, made.user, actor, "user.create"); }));
  return made;
}

Result<User> Users::sign_up(const UserDraft& draft, const Client& client) {
  const Timestamp now = clock_();
  if (const auto until = sign_ups_.locked_until(client.address, now)) return locked(*until, now);
  MIMUS_ASSIGN(NewPassword made, prepare(draft));
  sign_ups_.note_failure(client.address, now);
  const Actor self{.id = made.user.id, .name = made.user.name, .kind = "user", .address = client.address};
  MIMUS_TRY(
      store_->metadata->write([&](store::Writer& rows) { return insert(rows, made.user, self, "user.sign_up"); }));
  return std::move(made.user);
}

Result<std::optional<NewPassword>> Users::create_first_admin() {
  const auto is_empty = [](store::Reader& rows) -> Result<bool> {
    MIMUS_ASSIGN(const auto some, rows.users({}, {}, 1));
    return some.empty();
  };
  bool empty = false;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(empty, is_empty(rows));
    return {};
  }));
  if (!empty) return std::nullopt;
  MIMUS_ASSIGN(NewPassword made, prepare({.email = std::string(kFirstAdmin), .role = SystemRole::Admin}));
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    // Another process may have been first; only one at a time is here, so that the file is of the one in the store.
    MIMUS_ASSIGN(empty, is_empty(rows));
    if (!empty) return {};
    MIMUS_TRY(write_secret(store_->folder / kFirstPasswordFile, made.one_time + "\n"));
    return insert(rows, made.user, Actor{}, "user.create");
  }));
  if (!empty) return std::nullopt;
  return made;
}

Result<UserPage> Users::list(std::string_view search, std::uint64_t limit, std::string_view cursor) const {
  if (!is_utf8(cursor)) return fail("request.cursor", "the cursor is not one of this list", "take 'next' of a page");
  UserPage page;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(page.users, rows.users(fold_case(search), cursor, limit + 1));
    return {};
  }));
  if (page.users.size() > limit) {
    page.users.pop_back();
    page.next = page.users.back().email_key;
  }
  return page;
}

Result<User> Users::get(std::string_view id) const {
  User user;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(user, find_user(rows, id));
    return {};
  }));
  return user;
}

Result<User> Users::update(std::string_view id, const UserPatch& patch, const Actor& actor) {
  std::optional<std::string> name;
  if (patch.name) {
    MIMUS_ASSIGN(name, check_name(*patch.name));
  }
  User user;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(const User before, find_user(rows, id));
    user = before;
    if (name) user.name = *name;
    user.role = patch.role.value_or(user.role);
    user.is_disabled = patch.is_disabled.value_or(user.is_disabled);
    MIMUS_TRY(check_last_admin(rows, before, user));
    const std::string was = state_hash(before);
    const std::string is = state_hash(user);
    if (was == is) return {};
    MIMUS_TRY(rows.replace_user(user));
    if (user.role != before.role || user.is_disabled) MIMUS_TRY(rows.remove_sessions(user.id, {}));
    return record(rows, actor, clock_(), {.action = "user.update", .target = user.email, .before = was, .after = is});
  }));
  return user;
}

Result<NewPassword> Users::reset_password(std::string_view id, const std::optional<std::string>& password,
                                          const Actor& actor) {
  NewPassword made;
  MIMUS_ASSIGN(const User found, get(id));
  if (password) {
    MIMUS_TRY(check_password(*password, found.email));
  } else {
    made.one_time = one_time_password();
  }
  MIMUS_ASSIGN(const std::string phc, hasher_->hash(password ? *password : made.one_time));
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(made.user, find_user(rows, found.id));
    made.user.password = phc;
    made.user.must_change = !password;
    made.user.failed = 0;
    made.user.failed_at.reset();
    made.user.locked_until.reset();
    MIMUS_TRY(rows.replace_user(made.user));
    MIMUS_TRY(rows.remove_sessions(made.user.id, {}));
    return record(rows, actor, clock_(), {.action = "user.reset_password", .target = made.user.email});
  }));
  return made;
}

}  // namespace mimus::people
