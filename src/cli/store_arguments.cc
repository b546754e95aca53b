// The arguments of commands about what is kept in a data folder.

#include "cli/arguments.h"

namespace mimus::cli {
namespace {

void add_project(CLI::App& app, Arguments& all) {
  CLI::App* group = app.add_subcommand("project", "projects of a data folder")->require_subcommand(1);

  CLI::App* clone = group->add_subcommand("clone", "make a project of a demo; prints its id");
  clone->add_option("DEMO", all.clone.demo, "name of the demo, such as basic-json")->required();
  clone->add_option("--name", all.clone.name, "name of the project; default: the demo's title");
  add_store(*clone, all.clone);
  add_demos(*clone, all.clone.demos);
  clone->footer("Example:\n  mimus project clone basic-json --name first --json");
  clone->callback([&all] { all.status = clone_project(all.clone); });

  CLI::App* list = group->add_subcommand("list", "all projects");
  add_store(*list, all.projects);
  list->callback([&all] { all.status = list_projects(all.projects); });

  CLI::App* remove = group->add_subcommand("delete", "delete a project, its files, tasks and tokens");
  remove->add_option("ID", all.remove.project, "id of the project")->required();
  add_store(*remove, all.remove);
  remove->callback([&all] { all.status = delete_project(all.remove); });
}

void add_token(CLI::App& app, Arguments& all) {
  CLI::App* group = app.add_subcommand("token", "project access tokens of the External API")->require_subcommand(1);

  CLI::App* create = group->add_subcommand("create", "make a token; it is shown this once");
  create->add_option("--project", all.token.project, "id of the project")->required();
  create->add_option("--name", all.token.name, "what it is for")->required();
  create->add_option("--expires", all.token.expires, "a date: to the end of that day in UTC")->required();
  create->add_option("--scope", all.token.scope, "read, generate, write or admin; each includes those before it")
      ->check(CLI::IsMember({"read", "generate", "write", "admin"}))
      ->capture_default_str();
  add_store(*create, all.token);
  create->footer("Example:\n  mimus token create --project ID --name laptop --expires 2035-01-01 --scope write --json");
  create->callback([&all] { all.status = create_token(all.token); });

  CLI::App* list = group->add_subcommand("list", "the tokens, without their secrets");
  list->add_option("--project", all.tokens.project, "id of the project; default: of all projects");
  add_store(*list, all.tokens);
  list->callback([&all] { all.status = list_tokens(all.tokens); });

  CLI::App* revoke = group->add_subcommand("delete", "delete a token; it stops working at once");
  revoke->add_option("ID", all.revoke.token, "id of the token")->required();
  add_store(*revoke, all.revoke);
  revoke->callback([&all] { all.status = delete_token(all.revoke); });
}

// A command about one user that exists.
CLI::App* add_account(CLI::App& group, Arguments& all, const char* name, const char* what,
                      int (*act)(const UserArguments&)) {
  CLI::App* command = group.add_subcommand(name, what);
  command->add_option("USER", all.account.user, "e-mail or id of the user")->required();
  add_store(*command, all.account);
  command->callback([&all, act] { all.status = act(all.account); });
  return command;
}

void add_user(CLI::App& app, Arguments& all) {
  constexpr const char* kStdin = "read the password from the first line of stdin; default: make a one-time password";
  CLI::App* group = app.add_subcommand("user", "people who may sign in")->require_subcommand(1);

  CLI::App* create = group->add_subcommand("create", "make a user; prints the one-time password");
  create->add_option("--email", all.user.email, "to sign in with")->required();
  create->add_option("--name", all.user.name, "for others to see; default: the e-mail's part before '@'");
  create->add_option("--role", all.user.role, "user or admin")
      ->check(CLI::IsMember({"user", "admin"}))
      ->capture_default_str();
  create->add_flag("--password-stdin", all.user.password_stdin, kStdin);
  add_store(*create, all.user);
  create->footer("Example:\n  mimus user create --email ada@example.com --role admin --json");
  create->callback([&all] { all.status = create_user(all.user); });

  CLI::App* list = group->add_subcommand("list", "all users");
  list->add_option("--search", all.users.search, "part of the e-mail or name");
  add_store(*list, all.users);
  list->callback([&all] { all.status = list_users(all.users); });

  add_account(*group, all, "disable", "disable a user: sessions and tokens stop working at once", disable_user);
  add_account(*group, all, "enable", "let a disabled user sign in again", enable_user);
  CLI::App* reset =
      add_account(*group, all, "reset-password", "give another password; prints the one-time password", reset_password);
  reset->add_flag("--password-stdin", all.account.password_stdin, kStdin);
}

void add_settings(CLI::App& app, Arguments& all) {
  CLI::App* group = app.add_subcommand("settings", "settings of the whole instance")->require_subcommand(1);

  CLI::App* list = group->add_subcommand("list", "all settings with their values");
  add_store(*list, all.settings);
  list->callback([&all] { all.status = list_settings(all.settings); });

  CLI::App* set = group->add_subcommand("set", "change a setting");
  set->add_option("NAME", all.settings.name, "instance_name, sign_up_enabled or sign_up_role")->required();
  set->add_option("VALUE", all.settings.value, "a text; true or false; user or admin")->required();
  add_store(*set, all.settings);
  set->footer("Example:\n  mimus settings set instance_name 'Test data of the shop'");
  set->callback([&all] { all.status = set_setting(all.settings); });
}

void add_banner(CLI::App& app, Arguments& all) {
  CLI::App* group = app.add_subcommand("banner", "the text that every page shows")->require_subcommand(1);

  CLI::App* show = group->add_subcommand("show", "the banner, when there is one");
  add_store(*show, all.banner);
  show->callback([&all] { all.status = show_banner(all.banner); });

  CLI::App* set = group->add_subcommand("set", "put up a banner in the place of any other");
  set->add_option("TEXT", all.banner.text, "what it says")->required();
  set->add_option("--level", all.banner.level, "how loud")
      ->check(CLI::IsMember({"info", "warning", "critical"}))
      ->capture_default_str();
  add_store(*set, all.banner);
  set->footer("Example:\n  mimus banner set 'Maintenance on Friday from 18:00' --level warning");
  set->callback([&all] { all.status = set_banner(all.banner); });

  CLI::App* clear = group->add_subcommand("clear", "take the banner away");
  add_store(*clear, all.banner);
  clear->callback([&all] { all.status = clear_banner(all.banner); });
}

void add_audit(CLI::App& app, Arguments& all) {
  CLI::App* group = app.add_subcommand("audit", "who has changed what")->require_subcommand(1);

  CLI::App* list = group->add_subcommand("list", "the newest entries");
  list->add_option("--project", all.audit.project, "id of a project");
  list->add_option("--actor", all.audit.actor, "id or name of who acted");
  list->add_option("--action", all.audit.action, "how the action begins: file. or file.update");
  list->add_option("--from", all.audit.from, "not before this date or time");
  list->add_option("--until", all.audit.until, "before this date or time");
  list->add_option("--limit", all.audit.limit, "how many at most; 0: all")->capture_default_str();
  add_store(*list, all.audit);
  list->callback([&all] { all.status = list_audit(all.audit); });

  CLI::App* verify = group->add_subcommand("verify", "check that no entry was changed, added or taken out");
  verify->add_option("--known", all.audit.known, "hash of an entry noted earlier, which must still be there");
  add_store(*verify, all.audit);
  verify->callback([&all] { all.status = verify_audit(all.audit); });
}

}  // namespace

void add_data(CLI::App& command, std::string& data) {
  command.add_option("--data", data, "folder of the data")->envname("MIMUS_DATA")->capture_default_str();
}

void add_store(CLI::App& command, StoreArguments& store) {
  add_data(command, store.data);
  command.add_flag("--json", store.json, "print JSON");
}

void add_demos(CLI::App& command, std::string& demos) {
  command.add_option("--demos", demos, "folder of the demos; default: beside the program")->envname("MIMUS_DEMOS");
}

void add_store_commands(CLI::App& app, Arguments& all) {
  add_project(app, all);
  add_token(app, all);
  add_user(app, all);
  add_settings(app, all);
  add_banner(app, all);
  add_audit(app, all);
}

}  // namespace mimus::cli
