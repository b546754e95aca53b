#include "database/column_kind.h"

#include <array>
#include <cstdio>

#include "base/text.h"
#include "data/json.h"

namespace mimus {
namespace {

// The first words of the declared type, in upper case: "DECIMAL(10, 2)" is DECIMAL.
std::string type_word(std::string_view declared) {
  std::string out;
  for (const char c : declared.substr(0, declared.find('(')))
    out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return std::string(trim(out));
}

struct NamedKind {
  std::string_view name;
  ColumnKind kind;
};
constexpr std::array kNamedKinds{
    NamedKind{"BOOL", ColumnKind::Boolean},      NamedKind{"BOOLEAN", ColumnKind::Boolean},
    NamedKind{"DATETIME", ColumnKind::DateTime}, NamedKind{"TIMESTAMP", ColumnKind::DateTime},
    NamedKind{"DATE", ColumnKind::Date},         NamedKind{"TIME", ColumnKind::Time},
    NamedKind{"DECIMAL", ColumnKind::Decimal},   NamedKind{"NUMERIC", ColumnKind::Decimal},
    NamedKind{"JSON", ColumnKind::Json},         NamedKind{"JSONB", ColumnKind::Json}};

// Reads digits; nullopt when there are not exactly so many.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// What follows is a fraction of a second, of up to nine digits, of which six count.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  std::int64_t micros = 0;
  std::size_t digits = 0;
  for (; digits < 9 && !text.empty() && text[0] >= '0' && text[0] <= '9'; ++digits) {
    if (digits < 6) micros = micros * 10 + (text[0] - '0');
    text.remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 6; ++digits) micros *= 10;
  return micros;
}

// HH:MM, HH:MM:SS, HH:MM:SS.ffffff
std::optional<std::int64_t> take_clock(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  const std::int64_t whole = (*hour * 60 + *minute) * 60;
  if (!take(text, ':')) return whole * kMicrosPerSecond;
  const auto second = take_digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  return (whole + *second) * kMicrosPerSecond + *fraction;
}

std::optional<std::int64_t> take_days(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || *year == 0 || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || *month < 1 || *month > 12 || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  return days_from_civil(*year, *month, *day);
}

std::optional<Value> truth_of(const Value& stored) {
  if (const std::int64_t* whole = stored.as_int()) return Value(*whole != 0);
  if (const double* number = stored.as_float()) return Value(*number != 0);
  return std::nullopt;
}

// Whole numbers beyond those that a float holds exactly stay as they are.
Value number_of(Value stored) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53U;
  const std::int64_t* whole = stored.as_int();
  if (whole != nullptr && *whole >= -kExact && *whole <= kExact) return Value(static_cast<double>(*whole));
  return stored;
}

std::optional<Value> day_of(const std::string& text) {
  const auto time = parse_sql_time(text);
  if (!time || time->micros % kMicrosPerDay != 0) return std::nullopt;
  return Value(Date{time->micros / kMicrosPerDay});
}

}  // namespace

ColumnKind kind_of_declared(std::string_view declared) {
  const std::string word = type_word(declared);
  for (const NamedKind& named : kNamedKinds) {
    if (named.name == word) return named.kind;
  }
  // SQLite's rules of affinity.
  if (word.contains("INT")) return ColumnKind::Plain;
  if (word.contains("CHAR") || word.contains("CLOB") || word.contains("TEXT")) return ColumnKind::Text;
  return ColumnKind::Plain;
}

std::optional<Value> meaning_of(Value stored, ColumnKind kind) {
  if (stored.is_null() || kind == ColumnKind::Plain || kind == ColumnKind::Text) return stored;
  if (kind == ColumnKind::Boolean) return truth_of(stored);
  if (kind == ColumnKind::Decimal) return number_of(std::move(stored));
  const std::string* text = stored.as_text();
  if (text == nullptr) return std::nullopt;
  if (kind == ColumnKind::Date) return day_of(*text);
  if (kind == ColumnKind::Time) {
    const auto clock = parse_sql_clock(*text);
    return clock ? std::optional(Value(*clock)) : std::nullopt;
  }
  if (kind == ColumnKind::Json) {
    auto value = parse_json_value(*text);
    return value ? std::optional(std::move(*value)) : std::nullopt;
  }
  const auto time = parse_sql_time(*text);
  return time ? std::optional(Value(*time)) : std::nullopt;
}

std::optional<Timestamp> parse_sql_time(std::string_view text) {
  const auto days = take_days(text);
  if (!days) return std::nullopt;
  const Timestamp midnight{*days * kMicrosPerDay};
  if (text.empty()) return midnight;
  if (!take(text, ' ') && !take(text, 'T')) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock || !text.empty()) return std::nullopt;
  return Timestamp{midnight.micros + *clock};
}

std::optional<ClockTime> parse_sql_clock(std::string_view text) {
  const auto clock = take_clock(text);
  return clock && text.empty() ? std::optional(ClockTime{*clock}) : std::nullopt;
}

std::string sql_time(Timestamp time) {
  const std::int64_t day =
      time.micros >= 0 ? time.micros / kMicrosPerDay : -((kMicrosPerDay - 1 - time.micros) / kMicrosPerDay);
  return sql_date(day) + ' ' + sql_clock({time.micros - day * kMicrosPerDay});
}

std::string sql_date(std::int64_t days) {
  const Civil civil = civil_from({days * kMicrosPerDay});
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return text;
}

std::string sql_clock(ClockTime time) {
  const std::int64_t seconds = time.micros / kMicrosPerSecond;
  char text[32];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d.%06d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60),
                static_cast<int>(time.micros % kMicrosPerSecond));
  return text;
}

}  // namespace mimus
