// Points in time: whole microseconds, without a zone (the run's zone is a parameter, UTC by default).
//
// Pure and thread-safe, except now().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mimus {

// Microseconds since 1970-01-01T00:00:00, proleptic Gregorian calendar.
struct Timestamp {
  std::int64_t micros = 0;
  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

// A civil date and time of day. month 1..12, day 1..31.
struct Civil {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, micro = 0;
};

// The day since 1970-01-01 in which a time lies.
[[nodiscard]] constexpr std::int64_t day_of(Timestamp time) {
  return time.micros / kMicrosPerDay - (time.micros % kMicrosPerDay < 0 ? 1 : 0);
}

// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
[[nodiscard]] std::int64_t days_from_civil(int year, int month, int day);
[[nodiscard]] Civil civil_from(Timestamp time);
// The date of a day since 1970-01-01, midnight; |day| < 10^8.
[[nodiscard]] Civil civil_day(std::int64_t day);
[[nodiscard]] Timestamp timestamp_from(const Civil& civil);
[[nodiscard]] int days_in_month(int year, int month);

// The system's clock. The engine never calls it: its clock is a parameter of the run.
[[nodiscard]] Timestamp now();

// RFC 3339: "2026-01-01T00:00:00Z", with an offset or fraction when given; also "2026-01-01" (midnight) and a blank for
// the T. No zone means UTC.
[[nodiscard]] std::optional<Timestamp> parse_rfc3339(std::string_view text);
// "2026-01-01T00:00:00Z"; milliseconds or microseconds only when they are not zero.
[[nodiscard]] std::string rfc3339(Timestamp time);

// Python's str(datetime): "2026-01-01 00:00:00", six fractional digits when not zero; isoformat() with 'T'.
void append_datetime(std::string& out, Timestamp time, char separator);

}  // namespace mimus
