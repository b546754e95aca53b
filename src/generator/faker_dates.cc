// Faker: dates and times. Windows such as "-30y" and "now" are counted from the run's clock.
#include <array>

#include "base/date_format.h"
#include "base/text.h"
#include "generator/faker.h"

namespace mimus {
namespace {

using Scope = FakerScope;
using Made = Result<std::unique_ptr<Generator>>;

enum class Kind { Time, Day, Text };

std::unexpected<Diagnostic> wrong(std::string message) { return fail("generator.argument", std::move(message)); }

// "now", "today", "+3d", "-30y", "2024-01-31", seconds from now.
Result<Timestamp> point_of(const Value& value, Timestamp now) {
  if (const auto* seconds = value.as_int()) return Timestamp{now.micros + *seconds * kMicrosPerSecond};
  const std::string* text = value.as_text();
  if (text == nullptr) return wrong("a time must be a text as '-30y' or '2024-01-31', or seconds from now");
  if (*text == "now" || *text == "today") return now;
  if (const auto time = parse_rfc3339(*text)) return *time;
  if (text->size() < 2) return wrong("'" + *text + "' is no time as '-30y' or '2024-01-31'");
  const auto count = parse_int(std::string_view(*text).substr(0, text->size() - 1));
  constexpr std::int64_t kMost = 100'000;
  if (!count || *count > kMost || *count < -kMost) return wrong("'" + text->substr(0, 40) + "' is no time as '-30y'");
  switch (text->back()) {
    case 's':
      return Timestamp{now.micros + *count * kMicrosPerSecond};
    case 'm':
      return Timestamp{now.micros + *count * 60 * kMicrosPerSecond};
    case 'h':
      return Timestamp{now.micros + *count * 3600 * kMicrosPerSecond};
    case 'd':
      return Timestamp{now.micros + *count * kMicrosPerDay};
    case 'w':
      return Timestamp{now.micros + *count * 7 * kMicrosPerDay};
    case 'M':
      return Timestamp{now.micros + *count * 30 * kMicrosPerDay};
    case 'y':
      return Timestamp{now.micros + *count * 365 * kMicrosPerDay};
    default:
      return wrong("'" + text->substr(0, 40) + "' ends in none of s, m, h, d, w, M, y");
  }
}

struct Window {
  Timestamp first, last;
};

Timestamp drawn(const Window& window, Draws& draws) {
  const std::int64_t seconds = (window.last.micros - window.first.micros) / kMicrosPerSecond;
  return {window.first.micros + draws.between(0, std::max<std::int64_t>(seconds, 0)) * kMicrosPerSecond};
}

Made make_times(const Window& window, Kind kind, const std::string& format = {}) {
  if (window.last < window.first) return wrong("the start must not be after the end");
  if (kind == Kind::Text) {
    MIMUS_ASSIGN(DateFormat compiled, DateFormat::compile(format));
    return make_text(
        [window, compiled](Draws& draws, std::string& out) { compiled.append(out, drawn(window, draws)); });
  }
  return make_values([window, kind](Draws& draws) {
    const Timestamp time = drawn(window, draws);
    return kind == Kind::Day ? Value(Date{day_of(time)}) : Value(time);
  });
}

Window until_now(const Scope& scope) { return {{0}, scope.now}; }

constexpr ParameterDeclaration kBetween[] = {
    {"start_date", ParameterType::Any, "", "-30y, now, 2024-01-31; otherwise -30y", "earliest time", true},
    {"end_date", ParameterType::Any, "", "as start_date; otherwise now", "latest time", true}};
template <Kind Of>
Made make_between(const Arguments& arguments, const Scope& scope) {
  Window window{{scope.now.micros - 30 * 365 * kMicrosPerDay}, scope.now};
  if (arguments.has("start_date")) {
    MIMUS_ASSIGN(window.first, point_of(arguments.value("start_date"), scope.now));
  }
  if (arguments.has("end_date")) {
    MIMUS_ASSIGN(window.last, point_of(arguments.value("end_date"), scope.now));
  }
  return make_times(window, Of);
}
constexpr ParameterDeclaration kEnd[] = {
    {"end_date", ParameterType::Any, "", "+30d, 2024-01-31", "latest time; otherwise 30 days from now", true}};
template <Kind Of>
Made make_future(const Arguments& arguments, const Scope& scope) {
  Window window{{scope.now.micros + kMicrosPerDay}, {scope.now.micros + 30 * kMicrosPerDay}};
  if (arguments.has("end_date")) {
    MIMUS_ASSIGN(window.last, point_of(arguments.value("end_date"), scope.now));
  }
  return make_times(window, Of);
}
constexpr ParameterDeclaration kStart[] = {
    {"start_date", ParameterType::Any, "", "-30d, 2024-01-31", "earliest time; otherwise 30 days ago", true}};
template <Kind Of>
Made make_past(const Arguments& arguments, const Scope& scope) {
  Window window{{scope.now.micros - 30 * kMicrosPerDay}, {scope.now.micros - kMicrosPerDay}};
  if (arguments.has("start_date")) {
    MIMUS_ASSIGN(window.first, point_of(arguments.value("start_date"), scope.now));
  }
  return make_times(window, Of);
}
constexpr ParameterDeclaration kBirth[] = {{"tzinfo", ParameterType::Any, "", "None", "has no effect", true},
                                           {"minimum_age", ParameterType::Int, "0", "0 to maximum_age", "least age"},
                                           {"maximum_age", ParameterType::Int, "115", "at most 1000", "greatest age"}};
Made make_birth(const Arguments& arguments, const Scope& scope) {
  const std::int64_t min = arguments.integer("minimum_age");
  const std::int64_t max = arguments.integer("maximum_age");
  if (min < 0 || min > max || max > 1000) return wrong("minimum_age must be from 0 to maximum_age, at most 1000");
  const auto before = [&](std::int64_t years) {
    Civil day = civil_from(scope.now);
    day = {.year = day.year - static_cast<int>(years),
           .month = day.month,
           .day = day.month == 2 && day.day == 29 ? 28 : day.day};
    return timestamp_from(day);
  };
  return make_times({{before(max + 1).micros + kMicrosPerDay}, before(min)}, Kind::Day);
}
constexpr ParameterDeclaration kPattern[] = {
    {"pattern", ParameterType::String, "%Y-%m-%d", "strftime codes", "the form"}};
constexpr ParameterDeclaration kTimePattern[] = {
    {"pattern", ParameterType::String, "%H:%M:%S", "strftime codes", "the form"}};
Made make_text_of(const Arguments& arguments, const Scope& scope) {
  return make_times(until_now(scope), Kind::Text, arguments.text("pattern"));
}
template <Kind Of>
Made make_any(const Arguments&, const Scope& scope) {
  return make_times(until_now(scope), Of);
}
// Since the start of the century, decade, year or month.
template <Kind Of, int Years>
Made make_since(const Arguments&, const Scope& scope) {
  Civil start = civil_from(scope.now);
  start = {.year = Years == 0 ? start.year : start.year - start.year % Years, .month = Years == 0 ? start.month : 1};
  return make_times({timestamp_from(start), scope.now}, Of);
}
Made make_unix_time(const Arguments&, const Scope& scope) {
  return make_values(
      [window = until_now(scope)](Draws& draws) { return Value(drawn(window, draws).micros / kMicrosPerSecond); });
}
Made make_day_number(const Arguments&, const Scope& scope) { return make_times(until_now(scope), Kind::Text, "%d"); }
template <char Code>
Made make_code(const Arguments&, const Scope& scope) {
  return make_times(until_now(scope), Kind::Text, std::string("%") + Code);
}
Made make_iso(const Arguments&, const Scope& scope) {
  return make_times(until_now(scope), Kind::Text, "%Y-%m-%dT%H:%M:%S");
}

// A length of time up to the end's distance from now.
Made make_delta(const Arguments& arguments, const Scope& scope) {
  Timestamp end{scope.now.micros + 30 * kMicrosPerDay};
  if (arguments.has("end_date")) {
    MIMUS_ASSIGN(end, point_of(arguments.value("end_date"), scope.now));
  }
  if (end < scope.now) return wrong("end_date must not be before now");
  return make_values([span = (end.micros - scope.now.micros) / kMicrosPerSecond](Draws& draws) {
    return Value(Duration{draws.between(0, span) * kMicrosPerSecond});
  });
}
Made make_clock(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) { return Value(ClockTime{draws.between(0, 86'399) * kMicrosPerSecond}); });
}

constexpr ParameterDeclaration kSeries[] = {
    {"start_date", ParameterType::Any, "", "-30d, now, 2024-01-31; otherwise -30d", "first time", true},
    {"end_date", ParameterType::Any, "", "as start_date; otherwise now", "before this time", true},
    {"precision", ParameterType::Int, "", "seconds, at least 1; otherwise a thirtieth of the time",
     "from one to the next", true}};
// Pairs of a time and a number.
Made make_series(const Arguments& arguments, const Scope& scope) {
  constexpr std::int64_t kMost = 100'000;
  Window window{{scope.now.micros - 30 * kMicrosPerDay}, scope.now};
  if (arguments.has("start_date")) {
    MIMUS_ASSIGN(window.first, point_of(arguments.value("start_date"), scope.now));
  }
  if (arguments.has("end_date")) {
    MIMUS_ASSIGN(window.last, point_of(arguments.value("end_date"), scope.now));
  }
  if (!(window.first < window.last)) return wrong("start_date must be before end_date");
  const std::int64_t seconds = (window.last.micros - window.first.micros) / kMicrosPerSecond;
  const std::int64_t step =
      arguments.has("precision") ? arguments.integer("precision") : std::max<std::int64_t>(1, seconds / 30);
  if (step < 1 || seconds / step > kMost) {
    return wrong("precision must be at least " + std::to_string(std::max<std::int64_t>(1, seconds / kMost)) +
                 " seconds, but is " + std::to_string(step));
  }
  return make_values([window, step](Draws& draws) {
    ValueList out;
    for (std::int64_t at = window.first.micros; at < window.last.micros; at += step * kMicrosPerSecond) {
      out.push_back(Value::tuple({Value(Timestamp{at}), Value(draws.fraction())}));
    }
    return Value::list(std::move(out));
  });
}

constexpr std::array<std::string_view, 12> kZones{
    "Europe/Berlin", "Europe/London", "Europe/Paris", "America/New_York", "America/Chicago",  "America/Sao_Paulo",
    "Asia/Tokyo",    "Asia/Shanghai", "Asia/Kolkata", "Africa/Cairo",     "Australia/Sydney", "Pacific/Auckland"};
constexpr std::array<std::string_view, 21> kCenturies{"I",    "II",  "III",  "IV",    "V",   "VI",   "VII",
                                                      "VIII", "IX",  "X",    "XI",    "XII", "XIII", "XIV",
                                                      "XV",   "XVI", "XVII", "XVIII", "XIX", "XX",   "XXI"};

constexpr FakerMethod kMethods[] = {
    {"date", nullptr, make_text_of, kPattern},
    {"time", nullptr, make_text_of, kTimePattern},
    {"date_object", nullptr, make_any<Kind::Day>},
    {"date_time", nullptr, make_any<Kind::Time>},
    {"date_time_ad", nullptr, make_any<Kind::Time>},
    {"date_between", nullptr, make_between<Kind::Day>, kBetween},
    {"date_between_dates", nullptr, make_between<Kind::Day>, kBetween},
    {"date_time_between", nullptr, make_between<Kind::Time>, kBetween},
    {"date_time_between_dates", nullptr, make_between<Kind::Time>, kBetween},
    {"date_of_birth", nullptr, make_birth, kBirth},
    {"passport_dob", nullptr, make_birth, kBirth},
    {"future_date", nullptr, make_future<Kind::Day>, kEnd},
    {"future_datetime", nullptr, make_future<Kind::Time>, kEnd},
    {"past_date", nullptr, make_past<Kind::Day>, kStart},
    {"past_datetime", nullptr, make_past<Kind::Time>, kStart},
    {"date_this_century", nullptr, make_since<Kind::Day, 100>},
    {"date_this_decade", nullptr, make_since<Kind::Day, 10>},
    {"date_this_year", nullptr, make_since<Kind::Day, 1>},
    {"date_this_month", nullptr, make_since<Kind::Day, 0>},
    {"date_time_this_century", nullptr, make_since<Kind::Time, 100>},
    {"date_time_this_decade", nullptr, make_since<Kind::Time, 10>},
    {"date_time_this_year", nullptr, make_since<Kind::Time, 1>},
    {"date_time_this_month", nullptr, make_since<Kind::Time, 0>},
    {"iso8601", nullptr, make_iso},
    {"unix_time", nullptr, make_unix_time},
    {"year", nullptr, make_code<'Y'>},
    {"month", nullptr, make_code<'m'>},
    {"month_name", nullptr, make_code<'B'>},
    {"day_of_week", nullptr, make_code<'A'>},
    {"day_of_month", nullptr, make_day_number},
    {"am_pm", nullptr, make_code<'p'>},
    {"century",
     [](const Scope&, Draws& draws, std::string& out) { out += kCenturies[draws.below(kCenturies.size())]; }},
    {"time_delta", nullptr, make_delta, kEnd},
    {"time_object", nullptr, make_clock},
    {"time_series", nullptr, make_series, kSeries},
    {"pytimezone", [](const Scope&, Draws& draws, std::string& out) { out += kZones[draws.below(kZones.size())]; }},
    {"timezone", [](const Scope&, Draws& draws, std::string& out) { out += kZones[draws.below(kZones.size())]; }},
};

}  // namespace

std::span<const FakerMethod> faker_dates() { return kMethods; }

}  // namespace mimus
