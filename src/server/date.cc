#include "server/date.h"

#include <array>
#include <cstdio>

namespace mimus::server {
namespace {

constexpr std::array<const char*, 7> kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // 1970-01-01: Thursday
constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::int64_t seconds_of(Timestamp time) {
  const std::int64_t seconds = time.micros / kMicrosPerSecond;
  return time.micros % kMicrosPerSecond < 0 ? seconds - 1 : seconds;
}

}  // namespace

std::string http_date(Timestamp time) {
  const std::int64_t seconds = seconds_of(time);
  const Civil civil = civil_from({seconds * kMicrosPerSecond});
  const std::int64_t days = days_from_civil(civil.year, civil.month, civil.day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays[static_cast<std::size_t>(((days % 7) + 7) % 7)], civil.day,
                kMonths[static_cast<std::size_t>(civil.month - 1)], civil.year, civil.hour, civil.minute, civil.second);
  return text.data();
}

const std::string& http_date_now() {
  thread_local std::int64_t made = -1;
  thread_local std::string text;
  const Timestamp time = now();
  if (const std::int64_t seconds = seconds_of(time); seconds != made) {
    made = seconds;
    text = http_date(time);
  }
  return text;
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
  if (text.size() != 29) return std::nullopt;
  std::array<char, 4> name{};
  Civil civil;
  int end = 0;
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%*3c, %2d %3c %4d %2d:%2d:%2d GMT%n", &civil.day, name.data(), &civil.year,
                  &civil.hour, &civil.minute, &civil.second, &end) != 6 ||
      end != 29) {
    return std::nullopt;
  }
  civil.month = 0;
  for (std::size_t k = 0; k < kMonths.size(); ++k) {
    if (std::string_view(kMonths[k]) == name.data()) civil.month = static_cast<int>(k) + 1;
  }
  if (civil.month == 0) return std::nullopt;
  const Timestamp time = timestamp_from(civil);
  // Reading a date back also catches a wrong day of the week and fields out of range.
  if (http_date(time) != text) return std::nullopt;
  return time;
}

}  // namespace mimus::server
