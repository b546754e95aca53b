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

}  // namespace

const Value* find(const ValueMap& map, std::string_view name) {
  for (const auto& [key, value] : map) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string_view kind_name(const Value& value) {
  constexpr std::string_view kNames[] = {"null", "bool", "int", "int", "float", "string", "datetime", "list", "dict"};
  return kNames[value.data.index()];
}

std::string text_of(const Value& value) {
  if (const auto* text = value.as_text()) return *text;
  std::string out;
  if (const auto* time = value.as_time()) {
    append_datetime(out, *time, ' ');
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
  } else if (const auto* time = value.as_time()) {
    append_datetime_repr(out, *time);
  } else if (const auto* items = value.as_list()) {
    out += '[';
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (i > 0) out += ", ";
      append_repr(out, (*items)[i]);
    }
    out += ']';
  } else if (const auto* entries = value.as_map()) {
    out += '{';
    for (std::size_t i = 0; i < entries->size(); ++i) {
      if (i > 0) out += ", ";
      append_repr(out, std::string_view((*entries)[i].first));
      out += ": ";
      append_repr(out, (*entries)[i].second);
    }
    out += '}';
  } else {
    out += "None";
  }
}

}  // namespace mimus
