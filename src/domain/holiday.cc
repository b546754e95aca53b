// Public holidays of a country in a year: fixed days, days by Easter, days by the week.
//
// Days that follow the moon (Eid, Diwali, the Lunar New Year …) are announced, not computed, and so not among them.
#include <algorithm>
#include <charconv>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/places.h"

namespace mimus {
namespace {

// Easter Sunday in days since 1970. Source: J. Meeus, Astronomical Algorithms, chapter 8 (the Gregorian calendar's by
// the anonymous algorithm of 1876; the Julian calendar's, shifted to the Gregorian one's date).
std::int64_t easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int sum = h + l - 7 * m + 114;
  return days_from_civil(year, sum / 31, sum % 31 + 1);
}

std::int64_t orthodox_easter(int year) {
  const int d = (19 * (year % 19) + 15) % 30;
  const int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const int sum = d + e + 114;
  const int shift = year / 100 - year / 400 - 2;  // how many days the Julian calendar is behind
  return days_from_civil(year, sum / 31, sum % 31 + 1) + shift;
}

// Digits of the rule; 0 where it has none there: a project's own table may say anything.
int number(std::string_view rule, std::size_t first, std::size_t count = 4) {
  if (first >= rule.size()) return 0;
  const std::string_view digits = rule.substr(first, count);
  int out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

int month_of(std::string_view rule, std::size_t first) { return std::clamp(number(rule, first, 2), 1, 12); }

// Monday is 1.
int weekday(std::int64_t days) { return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1; }

// "W11.4.4": the fourth Thursday of November; "W05.L.1": the last Monday of May.
std::int64_t day_of_week(std::string_view rule, int year) {
  const int month = month_of(rule, 1);
  const int wanted = number(rule, 6, 1);
  if (rule.substr(0, 5).ends_with('L')) {
    const std::int64_t last = days_from_civil(year, month, days_in_month(year, month));
    return last - (weekday(last) - wanted + 7) % 7;
  }
  const std::int64_t first = days_from_civil(year, month, 1);
  return first + (wanted - weekday(first) + 7) % 7 + 7 * (number(rule, 4, 1) - 1);
}

// "12-25", "E+1", "O-2" (days from Easter, from that of the Julian calendar) or by the week.
std::int64_t day_of(std::string_view rule, int year) {
  if (rule.starts_with('W')) return day_of_week(rule, year);
  if (!rule.starts_with('E') && !rule.starts_with('O')) {
    const int month = month_of(rule, 0);
    return days_from_civil(year, month, std::clamp(number(rule, 3, 2), 1, days_in_month(year, month)));
  }
  const std::int64_t sunday = rule.starts_with('E') ? easter(year) : orthodox_easter(year);
  return rule.substr(1).starts_with('-') ? sunday - number(rule, 2) : sunday + number(rule, 2);
}

std::int64_t date_of(const Cell& cell) {
  const Arguments& arguments = cell.making().arguments();
  const int year = arguments.has("year") ? static_cast<int>(arguments.integer("year")) : civil_from(cell.now()).year;
  return day_of(cell.choice(0).table().texts("day")[static_cast<std::size_t>(cell.integer(0))], year);
}

void append_weekday(const Cell& cell, std::string& out) {
  constexpr std::string_view kNames[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  out += kNames[weekday(cell.integer(0)) - 1];
}

Status check_year(const Arguments& arguments, const EntityEnvironment& /*environment*/) {
  if (!arguments.has("year")) return {};
  const std::int64_t year = arguments.integer("year");
  if (year >= 1900 && year <= 2299) return {};
  return fail("entity.argument", "invalid year " + std::to_string(year), "1900 to 2299");
}

}  // namespace

const EntityDeclaration& holiday_entity() {
  static const EntityDeclaration kHoliday{
      .name = "Holiday",
      .summary = "a public holiday of a country in a year; days that follow the moon are not among them",
      .parameters = {kDatasetParameter,
                     {"year", ParameterType::Int, "", "1900 to 2299", "the year; by default the clock's", true}},
      .attributes =
          {
              {.name = "?row", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"holiday"}},
              {.name = "?day",
               .summary = "",
               .type = Type::Int64,
               .make = integers(date_of),
               .needs = {"?row"},
               .choices = {"holiday"}},
              {.name = "name",
               .summary = "its English name",
               .make = word_of_row("name"),
               .needs = {"?row"},
               .choices = {"holiday"}},
              {.name = "date",
               .summary = "a date of the year",
               .type = Type::Dynamic,
               .make = values([](const Cell& cell) { return Value(Date{cell.integer(0)}); }),
               .needs = {"?day"}},
              {.name = "weekday", .summary = "`Monday`", .make = texts(append_weekday, true), .needs = {"?day"}},
              {.name = "country", .summary = "the country's name in its main language", .make = constant(country_name)},
              {.name = "country_code", .summary = "the dataset: `US`", .make = constant(country_code)},
          },
      .check = check_year};
  return kHoliday;
}

}  // namespace mimus
