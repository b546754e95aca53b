// The tree of a pattern: a regular expression as what it writes.
//
// {m,n} is any number from m to n, ? is 0 or 1, and open repeats go at most kOpenRepeat beyond their minimum. `.` and
// negated sets stand for code points 32 … 126. Anchors and negative look-arounds write nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mimus {

struct PatternNode {
  enum class Kind { Set, Sequence, Alternatives, Repeat, Group, Reference } kind = Kind::Sequence;
  std::vector<char32_t> set;                        // Set: one of these (one element: a literal)
  std::vector<std::unique_ptr<PatternNode>> nodes;  // Sequence, Alternatives; Repeat and Group: one
  std::uint32_t min = 0, max = 0;                   // Repeat
  std::uint32_t group = 0;                          // Group, Reference
};

struct PatternTree {
  std::unique_ptr<PatternNode> root;
  std::uint32_t groups = 0;
};

// Python's syntax, as far as it says what to write. Fails with pattern.syntax, the offset in `where.column`.
[[nodiscard]] Result<PatternTree> parse_pattern(std::string_view pattern);

}  // namespace mimus
