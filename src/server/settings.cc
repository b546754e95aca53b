// Settings of the instance, and its banner.

#include "people/settings.h"

#include "server/call.h"
#include "server/declare.h"
#include "server/fields.h"
#include "server/json.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

std::string settings_json(const people::InstanceSettings& settings) {
  Json json;
  json.begin_object();
  json.member("instance_name", settings.instance_name);
  json.member("sign_up_enabled", settings.sign_up_enabled);
  json.member("sign_up_role", store::system_role_name(settings.sign_up_role));
  json.end_object();
  return std::move(json).text();
}

// An object with one member, since there may be no banner.
std::string banner_json(const std::optional<people::Banner>& banner) {
  Json json;
  json.begin_object();
  if (banner) {
    json.key("banner");
    json.begin_object();
    json.member("text", banner->text);
    json.member("level", people::banner_level_name(banner->level));
    json.member("updated_at", banner->updated_at);
    json.end_object();
  } else {
    json.null_member("banner");
  }
  json.end_object();
  return std::move(json).text();
}

Result<Reaction> get_settings(Call&& call) {
  MIMUS_ASSIGN(const auto settings, call.services->settings->get());
  return json_answer(200, settings_json(settings));
}

// What the sign-in page must know.
Result<Reaction> get_public_settings(Call&& call) {
  MIMUS_ASSIGN(const auto settings, call.services->settings->get());
  Json json;
  json.begin_object();
  json.member("instance_name", settings.instance_name);
  json.member("sign_up_enabled", settings.sign_up_enabled);
  json.end_object();
  return json_answer(200, std::move(json).text());
}

Result<Reaction> update_settings(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(Fields fields, Fields::parse(body));
    people::SettingsPatch patch;
    patch.instance_name = fields.text("instance_name");
    patch.sign_up_enabled = fields.truth("sign_up_enabled");
    patch.sign_up_role = fields.choice("sign_up_role", store::parse_system_role, "user or admin");
    MIMUS_TRY(fields.finish());
    MIMUS_ASSIGN(const auto settings, of.services->settings->update(patch, of.actor()));
    return json_answer(200, settings_json(settings));
  });
}

Result<Reaction> get_banner(Call&& call) {
  MIMUS_ASSIGN(const auto banner, call.services->settings->banner());
  return json_answer(200, banner_json(banner));
}

Result<Reaction> put_banner(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(Fields fields, Fields::parse(body));
    const std::string text = fields.required_text("text");
    const auto level = fields.choice("level", people::parse_banner_level, "info, warning or critical");
    MIMUS_TRY(fields.finish());
    MIMUS_ASSIGN(const auto banner,
                 of.services->settings->put_banner(text, level.value_or(people::BannerLevel::Info), of.actor()));
    return json_answer(200, banner_json(banner));
  });
}

Result<Reaction> remove_banner(Call&& call) {
  MIMUS_TRY(call.services->settings->remove_banner(call.actor()));
  return empty_answer(204);
}

constexpr std::string_view kSettings = R"({"$ref": "#/components/schemas/Settings"})";
constexpr std::string_view kPublic = R"({"$ref": "#/components/schemas/PublicSettings"})";
constexpr std::string_view kPatch = R"({"$ref": "#/components/schemas/SettingsPatch"})";
constexpr std::string_view kBanner = R"({"$ref": "#/components/schemas/BannerState"})";
constexpr std::string_view kDraft = R"({"$ref": "#/components/schemas/BannerDraft"})";

Route setting_route(std::string_view method, std::string_view path, std::optional<people::Right> right,
                    RouteHandler handler, std::string_view id, std::string_view summary) {
  return {.method = method,
          .path = path,
          .right = right,
          .handler = handler,
          .id = id,
          .tag = "Settings",
          .summary = summary};
}

}  // namespace

void add_setting_routes(std::vector<Route>& routes) {
  constexpr std::string_view kPath = "/api/platform/v1/settings";
  constexpr std::string_view kBannerPath = "/api/platform/v1/banner";
  constexpr auto kManage = people::Right::ManageSettings;
  Route read = setting_route("GET", kPath, kManage, get_settings, "getSettings", "Read the settings");
  read.answers = {{.status = 200, .description = "the settings", .contents = declare::json(kSettings)}};
  routes.push_back(read);
  Route update = setting_route("PATCH", kPath, kManage, update_settings, "updateSettings", "Change settings");
  update.description = "What is absent stays.";
  update.body = BodyDeclaration{.description = "What to change.", .contents = declare::json(kPatch)};
  update.answers = {
      {.status = 200, .description = "the settings as they are now", .contents = declare::json(kSettings)}};
  update.errors = {"setting.bad", "media.unsupported", "request.syntax", "request.invalid"};
  routes.push_back(update);
  Route open = setting_route("GET", "/api/platform/v1/settings/public", {}, get_public_settings, "getPublicSettings",
                             "Read what the sign-in page must know");
  open.answers = {{.status = 200, .description = "some settings", .contents = declare::json(kPublic)}};
  routes.push_back(open);
  Route banner = setting_route("GET", kBannerPath, {}, get_banner, "getBanner", "Read the banner");
  banner.answers = {{.status = 200, .description = "the banner, or null", .contents = declare::json(kBanner)}};
  routes.push_back(banner);
  Route put = setting_route("PUT", kBannerPath, kManage, put_banner, "putBanner", "Set the banner");
  put.body = BodyDeclaration{.description = "The banner.", .contents = declare::json(kDraft)};
  put.answers = {{.status = 200, .description = "the banner", .contents = declare::json(kBanner)}};
  put.errors = {"setting.bad", "media.unsupported", "request.syntax", "request.invalid"};
  routes.push_back(put);
  Route remove = setting_route("DELETE", kBannerPath, kManage, remove_banner, "removeBanner", "Remove the banner");
  remove.answers = {{.status = 204, .description = "there is no banner"}};
  routes.push_back(remove);
}

}  // namespace mimus::server
