// Pieces of the JSON documents of this room.
#pragma once

// As in data/json_events.h.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

#include <cstdint>
#include <string_view>

#include "data/value.h"

namespace mimus::statistics {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

// Bytes that are no UTF-8 become U+FFFD.
void write_text(Writer& out, std::string_view text);
void write_key(Writer& out, std::string_view name);
void write_number(Writer& out, std::string_view name, std::uint64_t number);
// null when it is not finite.
void write_float(Writer& out, std::string_view name, double number);
// A truth, number or text; null for others.
void write_scalar(Writer& out, const Value& value);

}  // namespace mimus::statistics
