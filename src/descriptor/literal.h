// Python literals and calls with literal arguments, as they stand in attributes: values="'a', 1, None",
// generator="IntegerGenerator(min=1, max=9)", target="CSV(delimiter=';'), JSON".
//
// Pure and thread-safe. Nesting is limited to kMaxLiteralDepth.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "data/value.h"

namespace mimus {

inline constexpr int kMaxLiteralDepth = 50;

// A failure to read carries the offset of the mistake, from 0, in `where.column`.

// One or more literals, separated by commas, without outer brackets: the items. A lone list or tuple is one item.
struct LiteralList {
  std::vector<Value> items;
  bool is_sequence = false;  // a comma stood at the top level, or the lone item is a list or tuple
};
[[nodiscard]] Result<LiteralList> parse_literals(std::string_view text);

struct Argument {
  std::string name;  // empty: positional
  Value value;
  std::size_t offset = 0;       // of the argument in the text
  std::string expression = {};  // instead of a value: what is no literal
};

// Name, Name(…), a.b, a.b(…) or, in lists, 'Name'.
struct Call {
  std::string name;
  std::size_t offset = 0;
  bool has_parentheses = false;
  std::vector<Argument> arguments;
};
[[nodiscard]] Result<Call> parse_call(std::string_view text);
// Separated by commas; empty ones are skipped.
[[nodiscard]] Result<std::vector<Call>> parse_calls(std::string_view text);
// Separated by semicolons outside of quotes; none may be empty.
[[nodiscard]] Result<std::vector<Call>> parse_chain(std::string_view text);

}  // namespace mimus
