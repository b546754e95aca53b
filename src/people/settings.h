// Settings of the whole instance, and the banner that every page shows. Kept as JSON values by key; what was never set
// has its default. Every change is in the audit log, in the same transaction. Thread-safe.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "people/actor.h"
#include "store/store.h"

namespace mimus::people {

struct InstanceSettings {
  std::string instance_name = "Mimus";  // 1 to 100 bytes
  bool sign_up_enabled = false;         // whoever reaches the server may make themselves a user
  store::SystemRole sign_up_role = store::SystemRole::User;
};

struct SettingsPatch {
  std::optional<std::string> instance_name;
  std::optional<bool> sign_up_enabled;
  std::optional<store::SystemRole> sign_up_role;
};

enum class BannerLevel { Info, Warning, Critical };
[[nodiscard]] std::string_view banner_level_name(BannerLevel level);  // "info", "warning", "critical"
[[nodiscard]] std::optional<BannerLevel> parse_banner_level(std::string_view name);

struct Banner {
  std::string text;  // 1 to 1,000 bytes, plain
  BannerLevel level = BannerLevel::Info;
  Timestamp updated_at;
};

class Settings {
 public:
  // `store` must outlive the service.
  explicit Settings(store::Store& store, store::Clock clock = now) : store_(&store), clock_(std::move(clock)) {}

  [[nodiscard]] Result<InstanceSettings> get() const;
  // setting.bad.
  [[nodiscard]] Result<InstanceSettings> update(const SettingsPatch& patch, const Actor& actor);

  [[nodiscard]] Result<std::optional<Banner>> banner() const;
  // setting.bad.
  [[nodiscard]] Result<Banner> put_banner(std::string_view text, BannerLevel level, const Actor& actor);
  // Nothing happens when there is none.
  [[nodiscard]] Status remove_banner(const Actor& actor);

 private:
  store::Store* store_;
  store::Clock clock_;
};

}  // namespace mimus::people
