// datetime and calendar: dates, times, lengths of time.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/date_format.h"
#include "base/text.h"
#include "script/durations.h"
#include "script/errors.h"
#include "script/function.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

using A = const CallArguments&;

Result<std::int64_t> field(A a, std::size_t place, std::string_view name, std::int64_t fallback, std::int64_t least,
                           std::int64_t most) {
  const Value* given = a.get(place, name);
  if (given == nullptr) return fallback;
  const auto* number = given->as_int();
  if (number == nullptr)
    return type_error(std::string(name) + " must be a whole number, not " + std::string(type_name_of(*given)));
  if (*number < least || *number > most) {
    return value_error(std::string(name) + " must be in " + std::to_string(least) + ".." + std::to_string(most));
  }
  return *number;
}

Status read_day(A a, Civil& civil) {
  MIMUS_ASSIGN(const auto year, field(a, 0, "year", 0, 1, 9999));
  MIMUS_ASSIGN(const auto month, field(a, 1, "month", 0, 1, 12));
  MIMUS_ASSIGN(const auto day, field(a, 2, "day", 0, 1, 31));
  if (year == 0 || month == 0 || day == 0) return type_error("year, month and day are needed");
  civil.year = static_cast<int>(year);
  civil.month = static_cast<int>(month);
  civil.day = static_cast<int>(day);
  if (civil.day > days_in_month(civil.year, civil.month)) return value_error("day is out of range for month");
  return {};
}

Status read_clock(A a, std::size_t place, Civil& civil) {
  MIMUS_ASSIGN(const auto hour, field(a, place, "hour", 0, 0, 23));
  MIMUS_ASSIGN(const auto minute, field(a, place + 1, "minute", 0, 0, 59));
  MIMUS_ASSIGN(const auto second, field(a, place + 2, "second", 0, 0, 59));
  MIMUS_ASSIGN(const auto micro, field(a, place + 3, "microsecond", 0, 0, 999'999));
  civil.hour = static_cast<int>(hour);
  civil.minute = static_cast<int>(minute);
  civil.second = static_cast<int>(second);
  civil.micro = static_cast<int>(micro);
  return {};
}

Result<Value> make_datetime(A a) {
  Civil civil;
  MIMUS_TRY(read_day(a, civil));
  MIMUS_TRY(read_clock(a, 3, civil));
  return Value(timestamp_from(civil));
}

Result<Value> make_date(A a) {
  Civil civil;
  MIMUS_TRY(read_day(a, civil));
  return Value(Date{days_from_civil(civil.year, civil.month, civil.day)});
}

Result<Value> make_time(A a) {
  Civil civil;
  MIMUS_TRY(read_clock(a, 0, civil));
  return Value(ClockTime{timestamp_from(civil).micros});
}

// timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks); rounded to microseconds, half to even.
Result<Value> make_duration(A a) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 7> kUnits{{{"days", kMicrosPerDay},
                                                                             {"seconds", kMicrosPerSecond},
                                                                             {"microseconds", 1},
                                                                             {"milliseconds", 1000},
                                                                             {"minutes", 60 * kMicrosPerSecond},
                                                                             {"hours", 3600 * kMicrosPerSecond},
                                                                             {"weeks", 7 * kMicrosPerDay}}};
  for (const auto& [name, value] : a.named) {
    const auto known = std::ranges::find(kUnits, name, &std::pair<std::string_view, std::int64_t>::first);
    if (known == kUnits.end()) return type_error("timedelta() has no parameter '" + name + "'");
  }
  Value micros(std::int64_t{0});
  for (std::size_t u = 0; u < kUnits.size(); ++u) {
    const Value* given = a.get(u, kUnits[u].first);
    if (given == nullptr) continue;
    const bool is_number = given->as_int() != nullptr || given->as_big() != nullptr || given->as_bool() != nullptr ||
                           given->as_float() != nullptr;
    if (!is_number) {
      return type_error(std::string(kUnits[u].first) + " must be a number, not " + std::string(type_name_of(*given)));
    }
    MIMUS_ASSIGN(const Value part, duration_of(*given, kUnits[u].second));
    MIMUS_ASSIGN(micros, binary(Operator::Add, micros, Value(part.as_duration()->micros)));
  }
  return duration_of(micros);
}

Result<Value> parse_datetime(A a) {
  const auto* text = a.positional[0].as_text();
  const auto* format = a.positional.at(1).as_text();
  if (text == nullptr || format == nullptr) return type_error("strptime() needs two texts");
  auto compiled = DateFormat::compile(*format);
  if (!compiled) return value_error(compiled.error().message);
  const auto time = compiled->parse(*text);
  if (!time) return value_error(time.error().message);
  return Value(*time);
}

Result<Value> from_iso(A a, bool date) {
  const auto* text = a.positional[0].as_text();
  if (text == nullptr) return type_error("fromisoformat() needs a text");
  const auto time = parse_rfc3339(*text);
  if (!time || (date && text->size() != 10)) return value_error("'" + text->substr(0, 40) + "' is no ISO date");
  if (date) return Value(Date{time->micros / kMicrosPerDay});
  return Value(*time);
}

Result<Value> month_range(A a) {
  MIMUS_ASSIGN(const auto year, field(a, 0, "year", 1, 1, 9999));
  MIMUS_ASSIGN(const auto month, field(a, 1, "month", 1, 1, 12));
  const std::int64_t day = days_from_civil(static_cast<int>(year), static_cast<int>(month), 1);
  return Value::tuple({Value(((day + 3) % 7 + 7) % 7),
                       Value(std::int64_t{days_in_month(static_cast<int>(year), static_cast<int>(month))})});
}

Result<Value> is_leap(A a) {
  MIMUS_ASSIGN(const auto year, field(a, 0, "year", 1, 1, 9999));
  return Value(days_in_month(static_cast<int>(year), 2) == 29);
}

constexpr std::array kFunctions{
    Function{"datetime.datetime", 3, 7, make_datetime, "year month day hour minute second microsecond", true},
    Function{"datetime.date", 3, 3, make_date, "year month day", true},
    Function{"datetime.time", 0, 4, make_time, "hour minute second microsecond", true},
    Function{"datetime.timedelta", 0, 7, make_duration, "*", true},
    Function{"datetime.datetime.strptime", 2, 2, parse_datetime},
    Function{"datetime.datetime.fromisoformat", 1, 1, [](A a) { return from_iso(a, false); }},
    Function{"datetime.date.fromisoformat", 1, 1, [](A a) { return from_iso(a, true); }},
    Function{"calendar.monthrange", 2, 2, month_range, "year month", true},
    Function{"calendar.isleap", 1, 1, is_leap, "year", true},
};

}  // namespace

std::span<const Function> date_functions() { return kFunctions; }

}  // namespace mimus::script
