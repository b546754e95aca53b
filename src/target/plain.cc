#include "target/plain.h"

#include <algorithm>

namespace mimus {
namespace {

// The language's own rule: lists directly inside of lists are left as they are.
bool has_markup(const Value& value, bool in_list = false) {
  if (const auto* map = value.as_map()) {
    return std::ranges::any_of(*map, [](const auto& entry) {
      return is_attribute_name(entry.first) || entry.first == "#text" || has_markup(entry.second);
    });
  }
  const auto* items = in_list ? nullptr : value.as_list();
  return items != nullptr && std::ranges::any_of(*items, [](const Value& item) { return has_markup(item, true); });
}

Value without_markup(const Value& value, bool is_record, bool in_list) {
  if (const auto* map = value.as_map()) {
    if (const Value* text = is_record ? nullptr : find(*map, "#text")) return *text;
    ValueMap out;
    for (const auto& [name, entry] : *map) {
      if (!is_attribute_name(name)) out.emplace_back(name, without_markup(entry, false, false));
    }
    return Value::map(std::move(out));
  }
  const auto* items = in_list ? nullptr : value.as_list();
  if (items == nullptr) return value;
  ValueList out;
  for (const Value& item : *items) out.push_back(without_markup(item, false, true));
  return Value::list(std::move(out));
}

}  // namespace

Value plain(const Value& value) { return has_markup(value) ? without_markup(value, false, false) : value; }

Value plain_record(const Value& record) { return has_markup(record) ? without_markup(record, true, false) : record; }

}  // namespace mimus
