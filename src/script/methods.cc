// Methods of values other than texts: dicts, lists, dates, durations, numbers, bytes.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "script/big.h"
#include "script/durations.h"
#include "script/errors.h"
#include "script/operators.h"
#include "script/other_attributes.h"
#include "script/text_format.h"
#include "script/text_methods.h"

namespace mimus::script {
namespace {

struct ValueMethod {
  std::string_view type;  // type_name_of, or "dotable"
  std::string_view name;
  std::size_t least, most;
  Result<Value> (*call)(const Value& self, const CallArguments& arguments);
  std::string_view names = {};  // of parameters that may be given by their names; "*": the method looks itself
};

using V = const Value&;
using A = const CallArguments&;

Value keys_of(const ValueMap& map) {
  ValueList out;
  for (const auto& [name, value] : map) out.emplace_back(name);
  return Value::list(std::move(out));
}

Result<Value> map_get(V self, A arguments) {
  const auto* key = arguments.positional.empty() ? nullptr : arguments.positional[0].as_text();
  const Value* found = key == nullptr ? nullptr : find(*self.as_map(), *key);
  if (found != nullptr) return *found;
  const Value* fallback = arguments.get(1, "default");
  return fallback == nullptr ? Value() : *fallback;
}

Result<Value> dotable_get(V self, A arguments) {
  const auto* key = arguments.positional.empty() ? nullptr : arguments.positional[0].as_text();
  if (key == nullptr) return attribute_error("get() needs the name of an entry");
  return attribute_of(self, *key);
}

Result<Value> list_index(V self, A arguments) {
  const ValueList& items = self.as_list() != nullptr ? *self.as_list() : *self.as_tuple();
  const auto found =
      std::ranges::find_if(items, [&](const Value& item) { return is_equal(item, arguments.positional.at(0)); });
  if (found == items.end()) return value_error("the value is not in the list");
  return Value(static_cast<std::int64_t>(found - items.begin()));
}

Result<Value> list_count(V self, A arguments) {
  const ValueList& items = self.as_list() != nullptr ? *self.as_list() : *self.as_tuple();
  return Value(static_cast<std::int64_t>(
      std::ranges::count_if(items, [&](const Value& item) { return is_equal(item, arguments.positional.at(0)); })));
}

Timestamp stamp_of(V self) {
  if (const auto* time = self.as_time()) return *time;
  if (const auto* date = self.as_date()) return {date->days * kMicrosPerDay};
  return {timestamp_from({.year = 1900}).micros + self.as_clock_time()->micros};
}

std::int64_t day_of(V self) {
  const std::int64_t micros = stamp_of(self).micros;
  return micros >= 0 ? micros / kMicrosPerDay : -((-micros + kMicrosPerDay - 1) / kMicrosPerDay);
}

std::int64_t weekday_of(V self) { return ((day_of(self) + 3) % 7 + 7) % 7; }

Result<Value> iso_format(V self, A arguments) {
  std::string text = text_of(self);
  if (self.as_time() != nullptr) {
    std::string separator = "T";
    if (const Value* given = arguments.get(0, "sep"); given != nullptr && given->as_text() != nullptr)
      separator = *given->as_text();
    text.replace(10, 1, separator);
  }
  return Value(std::move(text));
}

Result<Value> format_date(V self, A arguments) {
  if (arguments.positional.empty() || arguments.positional[0].as_text() == nullptr)
    return type_error("strftime needs a text");
  MIMUS_ASSIGN(std::string out, format_time(stamp_of(self), *arguments.positional[0].as_text()));
  return Value(std::move(out));
}

// ISO 8601 year, week and day.
Result<Value> iso_calendar(V self, A) {
  const std::int64_t weekday = weekday_of(self);
  const std::int64_t thursday = day_of(self) - weekday + 3;
  const int year = civil_from({thursday * kMicrosPerDay}).year;
  const std::int64_t week = (thursday - days_from_civil(year, 1, 1)) / 7 + 1;
  return Value::tuple({Value(std::int64_t{year}), Value(week), Value(weekday + 1)});
}

// Fields given anew, in the order of Python's parameters.
Result<Value> replace_fields(V self, A arguments) {
  Civil civil = civil_from(stamp_of(self));
  struct Field {
    std::string_view name;
    int* place;
    int least, most;
  };
  std::array<Field, 7> fields{{{"year", &civil.year, 1, 9999},
                               {"month", &civil.month, 1, 12},
                               {"day", &civil.day, 1, 31},
                               {"hour", &civil.hour, 0, 23},
                               {"minute", &civil.minute, 0, 59},
                               {"second", &civil.second, 0, 59},
                               {"microsecond", &civil.micro, 0, 999'999}}};
  const std::size_t first = self.as_clock_time() != nullptr ? 3 : 0;
  const std::size_t last = self.as_date() != nullptr ? 3 : 7;
  for (const auto& [name, value] : arguments.named) {
    const auto known = std::find_if(fields.begin() + static_cast<std::ptrdiff_t>(first),
                                    fields.begin() + static_cast<std::ptrdiff_t>(last),
                                    [&](const Field& field) { return field.name == name; });
    if (known == fields.begin() + static_cast<std::ptrdiff_t>(last))
      return type_error("replace() has no parameter '" + name + "'");
  }
  for (std::size_t f = first; f < last; ++f) {
    const Value* given = arguments.get(f - first, fields[f].name);
    if (given == nullptr) continue;
    const auto* number = given->as_int();
    if (number == nullptr) return type_error("a whole number is needed for " + std::string(fields[f].name));
    if (*number < fields[f].least || *number > fields[f].most)
      return value_error(std::string(fields[f].name) + " is out of range");
    *fields[f].place = static_cast<int>(*number);
  }
  if (first == 0 && civil.day > days_in_month(civil.year, civil.month))
    return value_error("day is out of range for month");
  const Timestamp out = timestamp_from(civil);
  if (self.as_time() != nullptr) return Value(out);
  if (self.as_date() != nullptr) return Value(Date{days_from_civil(civil.year, civil.month, civil.day)});
  return Value(ClockTime{out.micros - stamp_of(Value(ClockTime{})).micros});
}

Result<Value> is_integer(V self, A) {
  return Value(std::isfinite(*self.as_float()) && std::floor(*self.as_float()) == *self.as_float());
}

Result<Value> bit_length(V self, A) {
  std::string bits = big_digits(self, 2);
  if (bits.starts_with('-')) bits.erase(0, 1);
  return Value(static_cast<std::int64_t>(bits == "0" ? 0 : bits.size()));
}

Result<Value> decoded(V self, A arguments) {
  const Value* errors = arguments.get(1, "errors");
  const Value* encoding = arguments.get(0, "encoding");
  if (errors != nullptr && !is_equal(*errors, Value(std::string("strict"))))
    return not_covered("decode() with 'errors'");
  std::string name = encoding == nullptr || encoding->as_text() == nullptr ? "utf-8" : *encoding->as_text();
  if (name != "utf-8" && name != "utf8" && name != "UTF-8") return not_covered("the encoding '" + name + "'");
  if (!is_utf8(self.as_bytes()->bytes)) return value_error("the bytes are no UTF-8");
  return Value(self.as_bytes()->bytes);
}

std::string hex_text(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U];
    out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

Result<Value> hex_of(V self, A) { return Value(hex_text(self.as_bytes()->bytes)); }
Result<Value> hash_hex(V self, A) { return Value(hex_text(self.as_digest()->bytes)); }
Result<Value> hash_bytes(V self, A) { return Value(Bytes{self.as_digest()->bytes}); }

Result<Value> items_of_map(V self, A) {
  ValueList out;
  for (const auto& [name, value] : *self.as_map()) out.push_back(Value::tuple({Value(name), value}));
  return Value::list(std::move(out));
}

Result<Value> values_of_map(V self, A) {
  ValueList out;
  for (const auto& [name, value] : *self.as_map()) out.push_back(value);
  return Value::list(std::move(out));
}

Result<Value> day_part(V self, A) { return Value(Date{day_of(self)}); }
Result<Value> time_part(V self, A) { return Value(ClockTime{self.as_time()->micros - day_of(self) * kMicrosPerDay}); }
Result<Value> posix_time(V self, A) { return seconds_of(Duration{self.as_time()->micros}); }
Result<Value> total_seconds(V self, A) { return seconds_of(*self.as_duration()); }

constexpr std::array kMethods{
    ValueMethod{"dict", "get", 1, 2, map_get},
    ValueMethod{"dict", "keys", 0, 0, [](V self, A) -> Result<Value> { return keys_of(*self.as_map()); }},
    ValueMethod{"dict", "values", 0, 0, values_of_map},
    ValueMethod{"dict", "items", 0, 0, items_of_map},
    ValueMethod{"dict", "copy", 0, 0, [](V self, A) -> Result<Value> { return self; }},
    ValueMethod{"dict", "to_dict", 0, 0, [](V self, A) -> Result<Value> { return self; }},
    ValueMethod{"dotable", "get", 1, 1, dotable_get},
    ValueMethod{"dotable", "keys", 0, 0, [](V self, A) -> Result<Value> { return keys_of(**self.as_dotable()); }},
    ValueMethod{"dotable", "to_dict", 0, 0, [](V self, A) -> Result<Value> { return Value(*self.as_dotable()); }},
    ValueMethod{"list", "index", 1, 3, list_index},
    ValueMethod{"list", "count", 1, 1, list_count},
    ValueMethod{"list", "copy", 0, 0, [](V self, A) -> Result<Value> { return self; }},
    ValueMethod{"tuple", "index", 1, 3, list_index},
    ValueMethod{"tuple", "count", 1, 1, list_count},
    ValueMethod{"datetime", "isoformat", 0, 1, iso_format, "sep"},
    ValueMethod{"datetime", "strftime", 1, 1, format_date},
    ValueMethod{"datetime", "date", 0, 0, day_part},
    ValueMethod{"datetime", "time", 0, 0, time_part},
    ValueMethod{"datetime", "timestamp", 0, 0, posix_time},
    ValueMethod{"datetime", "weekday", 0, 0, [](V self, A) -> Result<Value> { return Value(weekday_of(self)); }},
    ValueMethod{"datetime", "isoweekday", 0, 0, [](V self, A) -> Result<Value> { return Value(weekday_of(self) + 1); }},
    ValueMethod{"datetime", "isocalendar", 0, 0, iso_calendar},
    ValueMethod{"datetime", "replace", 0, 8, replace_fields, "*"},
    ValueMethod{"date", "isoformat", 0, 0, iso_format},
    ValueMethod{"date", "strftime", 1, 1, format_date},
    ValueMethod{"date", "weekday", 0, 0, [](V self, A) -> Result<Value> { return Value(weekday_of(self)); }},
    ValueMethod{"date", "isoweekday", 0, 0, [](V self, A) -> Result<Value> { return Value(weekday_of(self) + 1); }},
    ValueMethod{"date", "isocalendar", 0, 0, iso_calendar},
    ValueMethod{"date", "replace", 0, 3, replace_fields, "*"},
    ValueMethod{"time", "isoformat", 0, 1, iso_format},
    ValueMethod{"time", "strftime", 1, 1, format_date},
    ValueMethod{"time", "replace", 0, 4, replace_fields, "*"},
    ValueMethod{"timedelta", "total_seconds", 0, 0, total_seconds},
    ValueMethod{"float", "is_integer", 0, 0, is_integer},
    ValueMethod{"int", "bit_length", 0, 0, bit_length},
    ValueMethod{"bytes", "decode", 0, 2, decoded, "encoding errors"},
    ValueMethod{"bytes", "hex", 0, 0, hex_of},
    ValueMethod{"hash", "hexdigest", 0, 0, hash_hex},
    ValueMethod{"hash", "digest", 0, 0, hash_bytes},
    ValueMethod{"hash", "copy", 0, 0, [](V self, A) -> Result<Value> { return self; }},
};

const ValueMethod* find_method(const Value& self, std::string_view name) {
  const std::string_view type = self.as_dotable() != nullptr ? "dotable" : type_name_of(self);
  const auto found =
      std::ranges::find_if(kMethods, [&](const ValueMethod& m) { return m.type == type && m.name == name; });
  return found == kMethods.end() ? nullptr : &*found;
}

}  // namespace

bool is_method(const Value& self, std::string_view name) {
  if (self.as_text() != nullptr) return is_text_method(name);
  return find_method(self, name) != nullptr;
}

Result<Value> call_method(const Value& self, std::string_view name, const CallArguments& arguments) {
  if (const auto* text = self.as_text()) return call_text_method(*text, name, arguments);
  const ValueMethod* method = find_method(self, name);
  if (method == nullptr) {
    constexpr std::array<std::string_view, 14> kChanging{"append",     "extend",  "insert",  "pop",       "remove",
                                                         "sort",       "reverse", "clear",   "update",    "add",
                                                         "setdefault", "popitem", "discard", "appendleft"};
    const bool container = self.as_list() != nullptr || self.as_map() != nullptr || self.as_set() != nullptr;
    if (container && std::ranges::find(kChanging, name) != kChanging.end())
      return not_covered("'." + std::string(name) + "()', which changes its value,");
    return unknown_attribute(self.as_dotable() != nullptr ? "dotable" : type_name_of(self), name);
  }
  MIMUS_TRY(check_count(arguments, method->least, method->most, name));
  MIMUS_TRY(check_names(arguments, method->least, method->names, false, name));
  return method->call(self, arguments);
}

}  // namespace mimus::script
