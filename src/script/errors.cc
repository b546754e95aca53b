#include "script/errors.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mimus::script {

std::string_view exception_name(std::string_view code) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 10> kNames{{{"script.syntax", "SyntaxError"},
                                         {"script.name", "NameError"},
                                         {"script.type", "TypeError"},
                                         {"script.value", "ValueError"},
                                         {"script.attribute", "AttributeError"},
                                         {"script.key", "KeyError"},
                                         {"script.index", "IndexError"},
                                         {"script.zero_division", "ZeroDivisionError"},
                                         {"script.overflow", "OverflowError"},
                                         {"script.memory", "MemoryError"}}};
  const auto found = std::ranges::find(kNames, code, &Pair::first);
  return found == kNames.end() ? std::string_view() : found->second;
}

}  // namespace mimus::script
