// Numbers and times as texts, written through a pointer: what the encoders of the targets are made of.
//
// Each function writes at `out` and returns the end; the constants tell how many bytes it may write. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/time.h"

namespace mimus {

inline constexpr std::size_t kMaxIntText = 20;
inline constexpr std::size_t kMaxFloatText = 32;
inline constexpr std::size_t kMaxTimeText = 32;

[[nodiscard]] char* write_uint(char* out, std::uint64_t value);
[[nodiscard]] char* write_int(char* out, std::int64_t value);

// The float n / 10^scale as Python's repr shows it; scale 0 … 9, |n| <= 10^15.
[[nodiscard]] char* write_scaled(char* out, std::int64_t n, int scale);

// Python's repr of a float (base/text.h, append_float).
[[nodiscard]] char* write_float(char* out, double value);

// "2026-01-01", of a day since 1970-01-01 in the years 1 … 9999; may write two bytes more than the ten.
inline constexpr std::size_t kMaxDateText = 12;
[[nodiscard]] char* write_date(char* out, std::int64_t day);
// "23:59:59", of a second of the day.
[[nodiscard]] char* write_clock(char* out, int second);

// "2026-01-01 00:00:00" with the separator given, six fractional digits when they are not zero; years 1 … 9999.
[[nodiscard]] char* write_time(char* out, Timestamp time, char separator);

}  // namespace mimus
