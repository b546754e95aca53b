#include "contract/canonical_json.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text.h"

namespace mimus::contract {
namespace {

void append_map(std::string& out, const ValueMap& map) {
  std::vector<const ValueMap::value_type*> entries;
  entries.reserve(map.size());
  for (const auto& entry : map) entries.push_back(&entry);
  // The order of UTF-8's bytes is that of the code points.
  std::ranges::sort(entries, {}, [](const ValueMap::value_type* entry) -> const std::string& { return entry->first; });
  out += '{';
  for (const ValueMap::value_type* entry : entries) {
    if (out.back() != '{') out += ',';
    append_json_string(out, entry->first, false);
    out += ':';
    append_canonical(out, entry->second);
  }
  out += '}';
}

void append_list(std::string& out, const ValueList& list) {
  out += '[';
  for (const Value& item : list) {
    if (&item != list.data()) out += ',';
    append_canonical(out, item);
  }
  out += ']';
}

void append_number(std::string& out, double number) {
  if (std::isfinite(number)) {
    append_float(out, number);
  } else {
    out += std::isnan(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity";
  }
}

}  // namespace

void append_canonical(std::string& out, const Value& value) {
  if (value.is_null()) {
    out += "null";
  } else if (const bool* truth = value.as_bool()) {
    out += *truth ? "true" : "false";
  } else if (const std::string* text = value.as_text()) {
    append_json_string(out, *text, false);
  } else if (const double* number = value.as_float()) {
    append_number(out, *number);
  } else if (const ValueList* list = value.as_list()) {
    append_list(out, *list);
  } else if (const ValueMap* map = value.as_map()) {
    append_map(out, *map);
  } else {
    out += text_of(value);  // whole numbers of any size
  }
}

std::string canonical_json(const Value& value) {
  std::string out;
  append_canonical(out, value);
  return out;
}

}  // namespace mimus::contract
