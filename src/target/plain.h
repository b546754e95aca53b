// Records of XML in formats that know neither attributes nor mixed content: a map with "#text" is that value, entries
// called "@name" are left out.
//
// Pure, thread-safe.
#pragma once

#include <string_view>

#include "data/value.h"

namespace mimus {

[[nodiscard]] inline bool is_attribute_name(std::string_view name) { return name.starts_with('@'); }

// The value without attributes, inside of maps and of lists of maps too.
[[nodiscard]] Value plain(const Value& value);

// A record: it stays a map, whatever it holds.
[[nodiscard]] Value plain_record(const Value& record);

}  // namespace mimus
