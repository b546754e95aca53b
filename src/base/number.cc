#include "base/number.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "base/put.h"

namespace mimus {
namespace {

constexpr std::array<char, 200> two_digit_table() {
  std::array<char, 200> table{};
  for (unsigned i = 0; i < 100; ++i) {
    table[2 * i] = static_cast<char>('0' + i / 10);
    table[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return table;
}
constexpr auto kTwoDigits = two_digit_table();

inline char* put_two(char* out, std::uint64_t value) {
  std::memcpy(out, kTwoDigits.data() + 2 * value, 2);
  return out + 2;
}

// The last two digits of the value, which loses them, before `end`.
template <class Unsigned>
inline char* put_before(char* end, Unsigned& value) {
  put_two(end - 2, value % 100);
  value /= 100;
  return end - 2;
}

constexpr std::uint64_t kTens[] = {1ULL,
                                   10ULL,
                                   100ULL,
                                   1'000ULL,
                                   10'000ULL,
                                   100'000ULL,
                                   1'000'000ULL,
                                   10'000'000ULL,
                                   100'000'000ULL,
                                   1'000'000'000ULL,
                                   10'000'000'000ULL,
                                   100'000'000'000ULL,
                                   1'000'000'000'000ULL,
                                   10'000'000'000'000ULL,
                                   100'000'000'000'000ULL,
                                   1'000'000'000'000'000ULL,
                                   10'000'000'000'000'000ULL,
                                   100'000'000'000'000'000ULL,
                                   1'000'000'000'000'000'000ULL,
                                   10'000'000'000'000'000'000ULL};

// Decimal digits of a value above 0: log10(2) is about 1233 / 4096 (Sean Anderson, "Bit Twiddling Hacks").
inline int count_digits(std::uint64_t value) {
  const int guess = (64 - __builtin_clzll(value)) * 1233 >> 12;
  return guess + (value >= kTens[guess] ? 1 : 0);
}

// Exactly `digits` digits, with leading zeros.
inline char* put_padded(char* out, std::uint64_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
  return out + digits;
}

// The dates of a century as texts: ten characters each, in cells of twelve.
class DayTable {
 public:
  static constexpr std::int64_t kFirst = -3653;   // 1960-01-01
  static constexpr std::int64_t kLimit = 32'873;  // 2060-01-02
  static constexpr std::size_t kCell = 12;

  DayTable() : cells_(static_cast<std::size_t>(kLimit - kFirst) * kCell) {
    for (std::int64_t day = kFirst; day < kLimit; ++day) {
      put_date(cells_.data() + static_cast<std::size_t>(day - kFirst) * kCell, day);
    }
  }

  [[nodiscard]] const char* cell(std::int64_t day) const {
    return cells_.data() + static_cast<std::size_t>(day - kFirst) * kCell;
  }

  static char* put_date(char* out, std::int64_t day) {
    const Civil civil = civil_day(day);
    out = put_padded(out, static_cast<std::uint64_t>(civil.year), 4);
    *out++ = '-';
    out = put_two(out, static_cast<std::uint64_t>(civil.month));
    *out++ = '-';
    return put_two(out, static_cast<std::uint64_t>(civil.day));
  }

 private:
  std::vector<char> cells_;
};

}  // namespace

char* write_uint(char* out, std::uint64_t value) {
  if (value < 100) {
    if (value >= 10) return put_two(out, value);
    *out = static_cast<char>('0' + value);
    return out + 1;
  }
  char* const end = out + count_digits(value);
  char* p = end;
  // The divisions of 32 bits are the cheaper ones.
  while (value > UINT32_MAX) p = put_before(p, value);
  auto rest = static_cast<std::uint32_t>(value);
  while (rest >= 100) p = put_before(p, rest);
  if (rest >= 10) {
    put_two(p - 2, rest);
  } else {
    p[-1] = static_cast<char>('0' + rest);
  }
  return end;
}

char* write_int(char* out, std::int64_t value) {
  if (value >= 0) return write_uint(out, static_cast<std::uint64_t>(value));
  *out = '-';
  return write_uint(out + 1, ~static_cast<std::uint64_t>(value) + 1);
}

char* write_scaled(char* out, std::int64_t n, int scale) {
  const std::uint64_t power = kTens[scale];
  auto size = static_cast<std::uint64_t>(n);
  // Below 1e-4 Python writes an exponent.
  if (n != 0 && scale > 4 && (n < 0 ? ~size + 1 : size) < power / 10'000) {
    return write_float(out, static_cast<double>(n) / static_cast<double>(power));
  }
  if (n < 0) {
    *out++ = '-';
    size = ~size + 1;
  }
  out = write_uint(out, size / power);
  *out++ = '.';
  if (scale == 0) {
    *out = '0';
    return out + 1;
  }
  const std::uint64_t fraction = size % power;
  if (scale == 2) {
    put_two(out, fraction);
    return out + (fraction % 10 == 0 ? 1 : 2);
  }
  char* end = put_padded(out, fraction, scale);
  while (end > out + 1 && end[-1] == '0') --end;
  return end;
}

namespace {

// Most floats of a column have few decimals, and as many as the one before: x == n / 10^scale with n below 10^15 proves
// that n's digits are x's shortest, since texts of 15 digits are all different floats. A hint, so that nothing but time
// depends on it.
thread_local unsigned likely_scale = 2;
constexpr std::size_t kMaxScale = 9;

// The end of the text, or nullptr when the number needs the general way.
char* write_few_decimals(char* out, double value) {
  const double size = std::fabs(value);
  if (!(size >= 1e-4 && size < 1e15)) return nullptr;
  const auto power = static_cast<double>(kTens[likely_scale]);
  const double scaled = value * power;
  if (!(std::fabs(scaled) < 1e15)) return nullptr;
  const auto n = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  if (n >= 1'000'000'000'000'000 || n <= -1'000'000'000'000'000) return nullptr;
  if (static_cast<double>(n) / power != value) return nullptr;
  return write_scaled(out, n, static_cast<int>(likely_scale));
}

// Of a finished text in the fixed notation.
void note_decimals(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || text.find('e') != std::string_view::npos) return;
  const std::size_t decimals = text.size() - point - 1;
  if (decimals <= kMaxScale) likely_scale = static_cast<unsigned>(decimals);
}

}  // namespace

char* write_float(char* out, double value) {
  if (char* end = write_few_decimals(out, value)) return end;
  if (std::isnan(value)) return put(out, "nan");
  if (std::isinf(value)) return put(out, value < 0 ? "-inf" : "inf");
  char* end = fmt::format_to(out, "{}", value);
  for (const char* p = out; p < end; ++p) {
    if (*p == '-' || (*p >= '0' && *p <= '9')) continue;
    note_decimals({out, static_cast<std::size_t>(end - out)});
    return end;
  }
  end[0] = '.';
  end[1] = '0';
  return end + 2;
}

char* write_date(char* out, std::int64_t day) {
  if (day < DayTable::kFirst || day >= DayTable::kLimit) return DayTable::put_date(out, day);
  static const DayTable kDays;
  std::memcpy(out, kDays.cell(day), DayTable::kCell);
  return out + 10;
}

char* write_clock(char* out, int second) {
  const auto seconds = static_cast<std::uint32_t>(second);
  out = put_two(out, seconds / 3600);
  *out++ = ':';
  out = put_two(out, seconds / 60 % 60);
  *out++ = ':';
  return put_two(out, seconds % 60);
}

char* write_time(char* out, Timestamp time, char separator) {
  const std::int64_t day = day_of(time);
  const std::int64_t rest = time.micros - day * kMicrosPerDay;
  out = write_date(out, day);
  *out++ = separator;
  out = write_clock(out, static_cast<int>(rest / kMicrosPerSecond));
  const auto micros = static_cast<std::uint32_t>(rest % kMicrosPerSecond);
  if (micros == 0) return out;
  *out++ = '.';
  return put_padded(out, micros, 6);
}

}  // namespace mimus
