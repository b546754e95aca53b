#include <algorithm>
#include <cstdio>
#include <functional>
#include <iostream>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/terminal.h"
#include "people/users.h"

namespace mimus::cli {
namespace {

// The members of a user, without the brackets.
std::string user_members(const people::User& user) {
  std::string json = "{";
  append_member(json, "id", user.id);
  append_member(json, "email", user.email);
  append_member(json, "name", user.name);
  append_member(json, "role", store::system_role_name(user.role));
  append_member(json, "state", people::state_name(user));
  json += std::string(", \"must_change_password\": ") + (user.must_change ? "true" : "false");
  append_member(json, "created_at", rfc3339(user.created_at));
  if (user.last_sign_in_at) {
    append_member(json, "last_sign_in_at", rfc3339(*user.last_sign_in_at));
  } else {
    json += ", \"last_sign_in_at\": null";
  }
  return json;
}

std::string user_line(const people::User& user) {
  std::string line = user.id + "  " + std::string(store::system_role_name(user.role));
  line.resize(std::max(line.size(), user.id.size() + 7), ' ');
  line += user.is_disabled ? "  disabled  " : "  active    ";
  return line + escape_controls(user.email) + "  " + escape_controls(user.name);
}

// The first line of stdin, without its end.
std::optional<std::string> read_password(bool from_stdin) {
  if (!from_stdin) return std::nullopt;
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

// Opens the folder and has its users do something.
template <class T>
Result<T> with_users(const StoreArguments& arguments, const std::function<Result<T>(people::Users&)>& act) {
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  people::PasswordHasher hasher;
  people::Users users(store, hasher);
  return act(users);
}

int print_password(const Result<people::NewPassword>& made, bool json) {
  if (!made) return report(made.error());
  if (json) {
    std::string members = user_members(made->user);
    if (made->one_time.empty()) {
      members += ", \"one_time_password\": null";
    } else {
      append_member(members, "one_time_password", made->one_time);
    }
    std::printf("%s}\n", members.c_str());
  } else if (!made->one_time.empty()) {
    std::printf("%s\n", made->one_time.c_str());
    std::fprintf(stderr, "one-time password of %s: to be changed at the first sign-in\n",
                 escape_controls(made->user.email).c_str());
  }
  return kOk;
}

int set_disabled(const UserArguments& arguments, bool disabled) {
  const auto user = with_users<people::User>(arguments, [&](people::Users& users) {
    return users.update(arguments.user, {.name = {}, .role = {}, .is_disabled = disabled}, people::command_line());
  });
  if (!user) return report(user.error());
  if (arguments.json) std::printf("%s}\n", user_members(*user).c_str());
  return kOk;
}

Result<std::vector<people::User>> all_users(people::Users& users, const std::string& search) {
  constexpr std::uint64_t kPage = 1000;
  std::vector<people::User> all;
  std::string cursor;
  do {
    MIMUS_ASSIGN(auto page, users.list(search, kPage, cursor));
    std::ranges::move(page.users, std::back_inserter(all));
    cursor = std::move(page.next);
  } while (!cursor.empty());
  return all;
}

}  // namespace

int create_user(const UserCreateArguments& arguments) {
  const people::UserDraft draft{.email = arguments.email,
                                .name = arguments.name,
                                .role = store::parse_system_role(arguments.role).value_or(store::SystemRole::User),
                                .password = read_password(arguments.password_stdin)};
  return print_password(
      with_users<people::NewPassword>(
          arguments, [&](people::Users& users) { return users.create(draft, people::command_line()); }),
      arguments.json);
}

int list_users(const UserListArguments& arguments) {
  const auto users = with_users<std::vector<people::User>>(
      arguments, [&](people::Users& all) { return all_users(all, arguments.search); });
  if (!users) return report(users.error());
  std::string json;
  for (const people::User& user : *users) {
    if (arguments.json) {
      json += (json.empty() ? "" : ", ") + user_members(user) + "}";
    } else {
      std::printf("%s\n", user_line(user).c_str());
    }
  }
  if (arguments.json) std::printf("[%s]\n", json.c_str());
  return kOk;
}

int disable_user(const UserArguments& arguments) { return set_disabled(arguments, true); }
int enable_user(const UserArguments& arguments) { return set_disabled(arguments, false); }

int reset_password(const UserArguments& arguments) {
  const auto password = read_password(arguments.password_stdin);
  return print_password(
      with_users<people::NewPassword>(
          arguments,
          [&](people::Users& users) { return users.reset_password(arguments.user, password, people::command_line()); }),
      arguments.json);
}

}  // namespace mimus::cli
