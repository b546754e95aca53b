#include "people/settings.h"

#include <cstdio>
#include <optional>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/terminal.h"

namespace mimus::cli {
namespace {

void print_settings(const people::InstanceSettings& settings, bool json) {
  const char* enabled = settings.sign_up_enabled ? "true" : "false";
  const std::string role(store::system_role_name(settings.sign_up_role));
  if (!json) {
    std::printf("instance_name    %s\nsign_up_enabled  %s\nsign_up_role     %s\n",
                escape_controls(settings.instance_name).c_str(), enabled, role.c_str());
    return;
  }
  std::string members = "{";
  append_member(members, "instance_name", settings.instance_name);
  members += std::string(", \"sign_up_enabled\": ") + enabled;
  append_member(members, "sign_up_role", role);
  std::printf("%s}\n", members.c_str());
}

// Nothing to print without one, but in JSON.
void print_banner(const std::optional<people::Banner>& banner, bool json) {
  if (!json) {
    if (!banner) return;
    const std::string level(people::banner_level_name(banner->level));
    std::printf("%s  %s\n", level.c_str(), escape_controls(banner->text).c_str());
    return;
  }
  if (!banner) {
    std::puts("null");
    return;
  }
  std::string members = "{";
  append_member(members, "text", banner->text);
  append_member(members, "level", people::banner_level_name(banner->level));
  append_member(members, "updated_at", rfc3339(banner->updated_at));
  std::printf("%s}\n", members.c_str());
}

std::unexpected<Diagnostic> bad_value(const SettingsArguments& arguments, const char* allowed) {
  return fail("setting.bad", arguments.name + " cannot be '" + arguments.value + "'", allowed);
}

Result<people::SettingsPatch> patch_of(const SettingsArguments& arguments) {
  people::SettingsPatch patch;
  if (arguments.name == "instance_name") {
    patch.instance_name = arguments.value;
  } else if (arguments.name == "sign_up_enabled") {
    if (arguments.value != "true" && arguments.value != "false") return bad_value(arguments, "true or false");
    patch.sign_up_enabled = arguments.value == "true";
  } else if (arguments.name == "sign_up_role") {
    patch.sign_up_role = store::parse_system_role(arguments.value);
    if (!patch.sign_up_role) return bad_value(arguments, "user or admin");
  } else {
    return fail("setting.unknown", "there is no setting '" + arguments.name + "'",
                suggest(arguments.name, {"instance_name", "sign_up_enabled", "sign_up_role"}));
  }
  return patch;
}

Result<people::InstanceSettings> change(const SettingsArguments& arguments) {
  MIMUS_ASSIGN(const people::SettingsPatch patch, patch_of(arguments));
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  return people::Settings(store).update(patch, people::command_line());
}

}  // namespace

int list_settings(const SettingsArguments& arguments) {
  auto store = open_data_folder(arguments.data);
  if (!store) return report(store.error());
  const auto settings = people::Settings(*store).get();
  if (!settings) return report(settings.error());
  print_settings(*settings, arguments.json);
  return kOk;
}

int set_setting(const SettingsArguments& arguments) {
  const auto settings = change(arguments);
  if (!settings) return report(settings.error());
  if (arguments.json) print_settings(*settings, true);
  return kOk;
}

int show_banner(const BannerArguments& arguments) {
  auto store = open_data_folder(arguments.data);
  if (!store) return report(store.error());
  const auto banner = people::Settings(*store).banner();
  if (!banner) return report(banner.error());
  print_banner(*banner, arguments.json);
  return kOk;
}

int set_banner(const BannerArguments& arguments) {
  auto store = open_data_folder(arguments.data);
  if (!store) return report(store.error());
  const auto level = people::parse_banner_level(arguments.level).value_or(people::BannerLevel::Info);
  const auto banner = people::Settings(*store).put_banner(arguments.text, level, people::command_line());
  if (!banner) return report(banner.error());
  if (arguments.json) print_banner(*banner, true);
  return kOk;
}

int clear_banner(const BannerArguments& arguments) {
  auto store = open_data_folder(arguments.data);
  if (!store) return report(store.error());
  const Status removed = people::Settings(*store).remove_banner(people::command_line());
  if (!removed) return report(removed.error());
  if (arguments.json) std::puts("null");
  return kOk;
}

}  // namespace mimus::cli
