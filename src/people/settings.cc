#include "people/settings.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/text.h"
#include "people/audit.h"

namespace mimus::people {
namespace {

using nlohmann::json;

constexpr const char* kName = "instance_name";
constexpr const char* kSignUp = "sign_up_enabled";
constexpr const char* kSignUpRole = "sign_up_role";
constexpr const char* kBanner = "banner";
constexpr std::array<std::string_view, 3> kLevels = {"info", "warning", "critical"};
constexpr std::size_t kNameBytes = 100;
constexpr std::size_t kBannerBytes = 1000;

Status check_text(std::string_view text, std::size_t bytes, const std::string& field) {
  const bool fits = !trim(text).empty() && text.size() <= bytes && is_utf8(text) && escape_controls(text, true) == text;
  if (fits) return {};
  const std::string wanted = "must be 1 to " + std::to_string(bytes) + " bytes of text";
  Diagnostic diagnostic{.code = "setting.bad", .message = field + ": " + wanted};
  diagnostic.fields.emplace_back(field, wanted);
  return fail(std::move(diagnostic));
}

// The value of a key; null when it was never set. A text of ours that cannot be read is a fault.
Result<json> read_value(store::Reader& rows, const char* key) {
  MIMUS_ASSIGN(const auto setting, rows.setting(key));
  if (!setting) return json();
  json value = json::parse(setting->value, nullptr, false);
  if (value.is_discarded()) return fail("store.failed", "the setting '" + std::string(key) + "' cannot be read");
  return value;
}

Result<InstanceSettings> read_settings(store::Reader& rows) {
  InstanceSettings settings;
  MIMUS_ASSIGN(const json name, read_value(rows, kName));
  MIMUS_ASSIGN(const json enabled, read_value(rows, kSignUp));
  MIMUS_ASSIGN(const json role, read_value(rows, kSignUpRole));
  if (name.is_string()) settings.instance_name = name.get<std::string>();
  if (enabled.is_boolean()) settings.sign_up_enabled = enabled.get<bool>();
  if (role.is_string()) {
    settings.sign_up_role = store::parse_system_role(role.get<std::string>()).value_or(settings.sign_up_role);
  }
  return settings;
}

// Writes the value, and that it was changed.
Status put(store::Writer& rows, const char* key, const json& value, const Actor& actor, Timestamp now) {
  MIMUS_ASSIGN(const auto before, rows.setting(key));
  const std::string text = value.dump();
  if (before && before->value == text) return {};
  MIMUS_TRY(rows.put_setting({.key = key, .value = text}));
  const std::string was = before ? sha256_hex(before->value) : std::string();
  const std::string is = sha256_hex(text);
  return record(rows, actor, now, {.action = "setting.update", .target = key, .before = was, .after = is});
}

}  // namespace

std::string_view banner_level_name(BannerLevel level) { return kLevels.at(static_cast<std::size_t>(level)); }

std::optional<BannerLevel> parse_banner_level(std::string_view name) {
  const auto* const found = std::ranges::find(kLevels, name);
  if (found == kLevels.end()) return std::nullopt;
  return static_cast<BannerLevel>(found - kLevels.begin());
}

Result<InstanceSettings> Settings::get() const {
  InstanceSettings settings;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(settings, read_settings(rows));
    return {};
  }));
  return settings;
}

Result<InstanceSettings> Settings::update(const SettingsPatch& patch, const Actor& actor) {
  if (patch.instance_name) MIMUS_TRY(check_text(*patch.instance_name, kNameBytes, kName));
  const Timestamp now = clock_();
  InstanceSettings settings;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    if (patch.instance_name) MIMUS_TRY(put(rows, kName, *patch.instance_name, actor, now));
    if (patch.sign_up_enabled) MIMUS_TRY(put(rows, kSignUp, *patch.sign_up_enabled, actor, now));
    if (patch.sign_up_role) {
      MIMUS_TRY(put(rows, kSignUpRole, store::system_role_name(*patch.sign_up_role), actor, now));
    }
    MIMUS_ASSIGN(settings, read_settings(rows));
    return {};
  }));
  return settings;
}

Result<std::optional<Banner>> Settings::banner() const {
  json value;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(value, read_value(rows, kBanner));
    return {};
  }));
  if (!value.is_object()) return std::nullopt;
  Banner banner{.text = value.value("text", ""), .updated_at = {value.value("updated_at", std::int64_t{0})}};
  banner.level = parse_banner_level(value.value("level", "")).value_or(BannerLevel::Info);
  return banner;
}

Result<Banner> Settings::put_banner(std::string_view text, BannerLevel level, const Actor& actor) {
  MIMUS_TRY(check_text(text, kBannerBytes, "text"));
  Banner banner{.text = std::string(text), .level = level, .updated_at = clock_()};
  const json value = {
      {"text", banner.text}, {"level", banner_level_name(level)}, {"updated_at", banner.updated_at.micros}};
  MIMUS_TRY(store_->metadata->write(
      [&](store::Writer& rows) { return put(rows, kBanner, value, actor, banner.updated_at); }));
  return banner;
}

Status Settings::remove_banner(const Actor& actor) {
  return store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(const auto before, rows.setting(kBanner));
    if (!before) return {};
    MIMUS_TRY(rows.remove_setting(kBanner));
    const std::string was = sha256_hex(before->value);
    return record(rows, actor, clock_(), {.action = "setting.remove", .target = kBanner, .before = was});
  });
}

}  // namespace mimus::people
