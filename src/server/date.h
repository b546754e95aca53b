// Dates of HTTP: "Thu, 01 Jan 2026 00:00:00 GMT" (RFC 9110, IMF-fixdate). Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mimus::server {

[[nodiscard]] std::string http_date(Timestamp time);  // fractions of a second are cut off
// Of this second; made anew once a second in each thread.
[[nodiscard]] const std::string& http_date_now();
// IMF-fixdate only; nullopt for anything else.
[[nodiscard]] std::optional<Timestamp> parse_http_date(std::string_view text);

}  // namespace mimus::server
