// SqlValue: a value as databases take it.
#pragma once

#include <cstdint>
#include <string_view>

namespace mimus {

struct SqlValue {
  enum class Kind : std::uint8_t { Null, Integer, Real, Text, Bytes } kind = Kind::Null;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view bytes = {};  // of Text (UTF-8) and Bytes; borrowed
};

// The value of one column of a row.
struct SqlCell {
  std::uint32_t column = 0;  // its place in the table
  SqlValue value;
};

}  // namespace mimus
