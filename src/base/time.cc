#include "base/time.h"

#include <chrono>
#include <cstddef>

#include "base/text.h"

namespace mimus {
namespace {

void append_digits(std::string& out, int value, int width) {
  char digits[12];
  for (int i = width; i-- > 0; value /= 10) digits[i] = static_cast<char>('0' + value % 10);
  out.append(digits, static_cast<std::size_t>(width));
}

// Reads exactly `width` digits at `i`; -1 when there are others.
int read_digits(std::string_view text, std::size_t& i, std::size_t width) {
  if (i + width > text.size()) return -1;
  int value = 0;
  for (std::size_t k = 0; k < width; ++k) {
    const char c = text[i + k];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  i += width;
  return value;
}

bool read_char(std::string_view text, std::size_t& i, std::string_view any_of) {
  if (i >= text.size() || any_of.find(text[i]) == std::string_view::npos) return false;
  ++i;
  return true;
}

}  // namespace

std::int64_t days_from_civil(int year, int month, int day) {
  std::int64_t y = year;
  y -= month <= 2 ? 1 : 0;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t yoe = y - era * 400;
  const std::int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

// Cassio Neri, Lorenz Schneider, "Euclidean affine functions and their application to calendar algorithms", Software:
// Practice and Experience 53 (2023): divisions by constants that become one multiplication each.
Civil civil_day(std::int64_t day) {
  constexpr std::uint32_t kEras = 800;  // of 400 years, so that every time has a positive day
  const std::uint32_t n = static_cast<std::uint32_t>(day + 719'468 + std::int64_t{kEras} * 146'097) * 4 + 3;
  const std::uint32_t century = n / 146'097;
  const std::uint32_t in_century = n % 146'097 | 3;
  const std::uint64_t product = std::uint64_t{2'939'745} * in_century;
  const auto year_of_century = static_cast<std::uint32_t>(product >> 32U);
  const std::uint32_t day_of_year = static_cast<std::uint32_t>(product) / 2'939'745 / 4;  // from 1 March
  const std::uint32_t month = 2141 * day_of_year + 197'913;
  const bool next_year = day_of_year >= 306;
  Civil civil;
  civil.year = static_cast<int>(100 * century + year_of_century) - static_cast<int>(400 * kEras) + (next_year ? 1 : 0);
  civil.month = static_cast<int>(month >> 16U) - (next_year ? 12 : 0);
  civil.day = static_cast<int>((month & 0xFFFFU) / 2141) + 1;
  return civil;
}

Civil civil_from(Timestamp time) {
  const std::int64_t days = day_of(time);
  const std::int64_t rest = time.micros - days * kMicrosPerDay;
  Civil civil = civil_day(days);
  const std::int64_t seconds = rest / kMicrosPerSecond;
  civil.hour = static_cast<int>(seconds / 3600);
  civil.minute = static_cast<int>(seconds / 60 % 60);
  civil.second = static_cast<int>(seconds % 60);
  civil.micro = static_cast<int>(rest % kMicrosPerSecond);
  return civil;
}

Timestamp timestamp_from(const Civil& civil) {
  const std::int64_t seconds = days_from_civil(civil.year, civil.month, civil.day) * 86'400 + civil.hour * 3600 +
                               civil.minute * 60 + civil.second;
  return {seconds * kMicrosPerSecond + civil.micro};
}

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

Timestamp now() {
  using std::chrono::duration_cast;
  using std::chrono::microseconds;
  return {duration_cast<microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  std::size_t i = 0;
  Civil civil;
  civil.year = read_digits(text, i, 4);
  if (civil.year < 1 || !read_char(text, i, "-")) return std::nullopt;
  civil.month = read_digits(text, i, 2);
  if (civil.month < 1 || civil.month > 12 || !read_char(text, i, "-")) return std::nullopt;
  civil.day = read_digits(text, i, 2);
  if (civil.day < 1 || civil.day > days_in_month(civil.year, civil.month)) return std::nullopt;
  if (i == text.size()) return timestamp_from(civil);
  if (!read_char(text, i, "Tt ")) return std::nullopt;
  civil.hour = read_digits(text, i, 2);
  if (civil.hour < 0 || civil.hour > 23 || !read_char(text, i, ":")) return std::nullopt;
  civil.minute = read_digits(text, i, 2);
  if (civil.minute < 0 || civil.minute > 59) return std::nullopt;
  if (read_char(text, i, ":")) {
    civil.second = read_digits(text, i, 2);
    if (civil.second < 0 || civil.second > 59) return std::nullopt;
  }
  if (read_char(text, i, ".")) {
    int scale = 100'000;
    const std::size_t first = i;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, scale /= 10)
      civil.micro += (text[i] - '0') * scale;
    if (i == first) return std::nullopt;
  }
  std::int64_t offset_minutes = 0;
  if (i < text.size() && !read_char(text, i, "Zz")) {
    const bool behind = text[i] == '-';
    if (!read_char(text, i, "+-")) return std::nullopt;
    const int hours = read_digits(text, i, 2);
    if (hours < 0 || hours > 23 || !read_char(text, i, ":")) return std::nullopt;
    const int minutes = read_digits(text, i, 2);
    if (minutes < 0 || minutes > 59) return std::nullopt;
    offset_minutes = (hours * 60 + minutes) * (behind ? -1 : 1);
  }
  if (i != text.size()) return std::nullopt;
  return Timestamp{timestamp_from(civil).micros - offset_minutes * 60 * kMicrosPerSecond};
}

void append_datetime(std::string& out, Timestamp time, char separator) {
  const Civil civil = civil_from(time);
  append_digits(out, civil.year, 4);
  out += '-';
  append_digits(out, civil.month, 2);
  out += '-';
  append_digits(out, civil.day, 2);
  out += separator;
  append_digits(out, civil.hour, 2);
  out += ':';
  append_digits(out, civil.minute, 2);
  out += ':';
  append_digits(out, civil.second, 2);
  if (civil.micro != 0) {
    out += '.';
    append_digits(out, civil.micro, 6);
  }
}

std::string rfc3339(Timestamp time) {
  std::string out;
  append_datetime(out, time, 'T');
  if (out.size() == 26 && out.ends_with("000")) out.resize(23);
  out += 'Z';
  return out;
}

}  // namespace mimus
