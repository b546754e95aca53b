// Values against a JSON Schema: the keywords of draft-07 that our contracts use, with messages as Python's jsonschema
// words them.
//
// Keywords: type, const, enum, minimum, maximum, minLength, pattern, format (date-time), minItems, items, required,
// properties, additionalProperties (false). Other keywords say nothing about validity. Pure, thread-safe.
#pragma once

#include <string>
#include <vector>

#include "data/value.h"

namespace mimus::contract {

struct SchemaError {
  std::string message;  // "-1 is less than the minimum of 0"
  ValueList path;       // names and places from the outermost value: ["constraints", "sex", 0]
};

inline constexpr std::size_t kMaxSchemaErrors = 100;

// The mistakes of a value, sorted by their paths; no more than kMaxSchemaErrors. Values are shown shortened.
[[nodiscard]] std::vector<SchemaError> schema_errors(const Value& schema, const Value& value);

// "/constraints/sex/0"; "/" of no path.
[[nodiscard]] std::string json_pointer(const ValueList& path);

}  // namespace mimus::contract
