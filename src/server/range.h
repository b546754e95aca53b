// Conditions and ranges of requests (RFC 9110, sections 13 and 14). Pure.
//
// Entity tags are the SHA-256 of the bytes in quotes: always strong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mimus::server {

[[nodiscard]] std::string entity_tag(std::string_view sha256);

// Whether a list of tags (If-Match, If-None-Match) names this one; "*" names every. `weak`: W/"x" equals "x".
[[nodiscard]] bool names_tag(std::string_view list, std::string_view tag, bool weak);

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;
};

enum class RangeKind {
  Whole,          // no range, one in other units, malformed, or several: the whole is sent
  Part,           // `range` is sent
  Unsatisfiable,  // 416
};

struct RangeAnswer {
  RangeKind kind = RangeKind::Whole;
  ByteRange range;
};

// One range of a body of `size` bytes.
[[nodiscard]] RangeAnswer parse_range(std::string_view text, std::uint64_t size);

// Whether If-Range lets the Range count: absent, this strong tag, or exactly this date.
[[nodiscard]] bool allows_range(std::string_view if_range, std::string_view tag, Timestamp modified);

}  // namespace mimus::server
