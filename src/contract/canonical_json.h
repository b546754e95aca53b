// The canonical JSON of a value, of which hashes are taken: names sorted by their code points at every level, no
// blanks, UTF-8 with no more escapes than JSON needs, numbers as Python prints them (NaN and Infinity included). Pure,
// thread-safe.
#pragma once

#include <string>

#include "data/value.h"

namespace mimus::contract {

// Of values as JSON has them (data/json.h).
[[nodiscard]] std::string canonical_json(const Value& value);
void append_canonical(std::string& out, const Value& value);

}  // namespace mimus::contract
