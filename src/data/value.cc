#include "data/value.h"

#include <fmt/format.h>

#include "base/text.h"

namespace mimus {
namespace {

void append_datetime_repr(std::string& out, Timestamp time) {
  const Civil c = civil_from(time);
  out += fmt::format("datetime.datetime({}, {}, {}, {}, {}", c.year, c.month, c.day, c.hour, c.minute);
  if (c.second != 0 || c.micro != 0) out += fmt::format(", {}", c.second);
  if (c.micro != 0) out += fmt::format(", {}", c.micro);
  out += ')';
}

void append_two(std::string& out, std::int64_t value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

void append_date(std::string& out, Date date) {
  std::string text;
  append_datetime(text, {date.days * kMicrosPerDay}, ' ');
  out += text.substr(0, 10);
}

void append_clock_time(std::string& out, ClockTime time) {
  std::string text;
  append_datetime(text, {time.micros}, ' ');
  out += text.substr(11);
}

// "1 day, 2:03:04.000005", days negative or absent, hours without a leading zero.
void append_duration(std::string& out, Duration duration) {
  std::int64_t days = duration.micros / kMicrosPerDay;
  std::int64_t rest = duration.micros % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  if (days != 0) out += fmt::format("{} day{}, ", days, days == 1 || days == -1 ? "" : "s");
  const std::int64_t seconds = rest / kMicrosPerSecond;
  out += std::to_string(seconds / 3600) + ':';
  append_two(out, seconds / 60 % 60);
  out += ':';
  append_two(out, seconds % 60);
  if (rest % kMicrosPerSecond != 0) out += fmt::format(".{:06}", rest % kMicrosPerSecond);
}

void append_duration_repr(std::string& out, Duration duration) {
  std::int64_t days = duration.micros / kMicrosPerDay;
  std::int64_t rest = duration.micros % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  std::string fields;
  const auto add = [&](std::string_view name, std::int64_t value) {
    if (value != 0) fields += fmt::format("{}{}={}", fields.empty() ? "" : ", ", name, value);
  };
  add("days", days);
  add("seconds", rest / kMicrosPerSecond);
  add("microseconds", rest % kMicrosPerSecond);
  out += "datetime.timedelta(" + (fields.empty() ? "0" : fields) + ")";
}

// b'..' with \xNN.
void append_bytes_repr(std::string& out, std::string_view bytes) {
  const char quote =
      bytes.find('\'') != std::string_view::npos && bytes.find('"') == std::string_view::npos ? '"' : '\'';
  out += 'b';
  out += quote;
  for (const char c : bytes) {
    if (c == quote || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0x20 || c == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  out += quote;
}

// repr() of the values that are neither numbers, texts nor containers.
void append_time_repr(std::string& out, const Value& value) {
  if (const auto* time = value.as_time()) {
    append_datetime_repr(out, *time);
  } else if (const auto* date = value.as_date()) {
    const Civil c = civil_from({date->days * kMicrosPerDay});
    out += fmt::format("datetime.date({}, {}, {})", c.year, c.month, c.day);
  } else if (const auto* duration = value.as_duration()) {
    append_duration_repr(out, *duration);
  } else if (const auto* clock = value.as_clock_time()) {
    const Civil c = civil_from({clock->micros});
    out += fmt::format("datetime.time({}, {}", c.hour, c.minute);
    if (c.second != 0 || c.micro != 0) out += fmt::format(", {}", c.second);
    if (c.micro != 0) out += fmt::format(", {}", c.micro);
    out += ')';
  } else if (const auto* bytes = value.as_bytes()) {
    append_bytes_repr(out, bytes->bytes);
  }
}

void append_uuid(std::string& out, const Uuid& uuid) {
  for (std::size_t i = 0; i < uuid.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += "0123456789abcdef"[uuid.bytes[i] >> 4U];
    out += "0123456789abcdef"[uuid.bytes[i] & 15U];
  }
}

void append_items(std::string& out, const ValueList& items, char open, char close) {
  out += open;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ", ";
    append_repr(out, items[i]);
  }
  out += close;
}

void append_entries(std::string& out, const ValueMap& entries) {
  out += '{';
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) out += ", ";
    append_repr(out, std::string_view(entries[i].first));
    out += ": ";
    append_repr(out, entries[i].second);
  }
  out += '}';
}

}  // namespace

Value Value::tuple(ValueList items) {
  return Value(std::shared_ptr<const Tuple>(std::make_shared<Tuple>(Tuple{std::move(items)})));
}

Value Value::set(ValueList items) {
  return Value(std::shared_ptr<const Set>(std::make_shared<Set>(Set{std::move(items)})));
}

Value Value::dotable(std::shared_ptr<const ValueMap> entries) {
  return Value(std::shared_ptr<const Dotable>(std::make_shared<Dotable>(Dotable{std::move(entries)})));
}

const ValueList* Value::as_tuple() const {
  const auto* held = std::get_if<std::shared_ptr<const Tuple>>(&data);
  return held == nullptr ? nullptr : &(*held)->items;
}

const ValueList* Value::as_set() const {
  const auto* held = std::get_if<std::shared_ptr<const Set>>(&data);
  return held == nullptr ? nullptr : &(*held)->items;
}

const std::shared_ptr<const ValueMap>* Value::as_dotable() const {
  const auto* held = std::get_if<std::shared_ptr<const Dotable>>(&data);
  return held == nullptr ? nullptr : &(*held)->entries;
}

const Value* find(const ValueMap& map, std::string_view name) {
  for (const auto& [key, value] : map) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string_view kind_name(const Value& value) {
  constexpr std::string_view kNames[] = {"null", "bool", "int",  "int",       "float", "string", "datetime",
                                         "list", "dict", "date", "timedelta", "time",  "bytes",  "tuple",
                                         "set",  "dict", "UUID", "hash",      "object"};
  return kNames[value.data.index()];
}

std::string text_of(const Value& value) {
  if (const auto* text = value.as_text()) return *text;
  std::string out;
  if (const auto* time = value.as_time()) {
    append_datetime(out, *time, ' ');
  } else if (const auto* date = value.as_date()) {
    append_date(out, *date);
  } else if (const auto* duration = value.as_duration()) {
    append_duration(out, *duration);
  } else if (const auto* clock = value.as_clock_time()) {
    append_clock_time(out, *clock);
  } else if (const auto* uuid = value.as_uuid()) {
    append_uuid(out, *uuid);
  } else if (const auto* opaque = value.as_opaque()) {
    out = opaque->text();
  } else {
    append_repr(out, value);
  }
  return out;
}

void append_repr(std::string& out, const Value& value) {
  if (const auto* truth = value.as_bool()) {
    out += *truth ? "True" : "False";
  } else if (const auto* integer = value.as_int()) {
    out += std::to_string(*integer);
  } else if (const auto* big = value.as_big()) {
    out += big->digits;
  } else if (const auto* real = value.as_float()) {
    append_float(out, *real);
  } else if (const auto* text = value.as_text()) {
    append_repr(out, std::string_view(*text));
  } else if (const auto* items = value.as_list()) {
    append_items(out, *items, '[', ']');
  } else if (const auto* entries = value.as_map()) {
    append_entries(out, *entries);
  } else if (const auto* dotable = value.as_dotable()) {
    append_entries(out, **dotable);
  } else if (const auto* tuple = value.as_tuple()) {
    append_items(out, *tuple, '(', ')');
    if (tuple->size() == 1) out.insert(out.size() - 1, ",");
  } else if (const auto* set = value.as_set()) {
    if (set->empty()) {
      out += "set()";
    } else {
      append_items(out, *set, '{', '}');
    }
  } else if (value.is_null()) {
    out += "None";
  } else if (const auto* uuid = value.as_uuid()) {
    out += "UUID('";
    append_uuid(out, *uuid);
    out += "')";
  } else if (const auto* digest = value.as_digest()) {
    out += "<hash " + digest->algorithm + ">";
  } else if (const auto* opaque = value.as_opaque()) {
    out += opaque->repr();
  } else {
    append_time_repr(out, value);
  }
}

}  // namespace mimus
