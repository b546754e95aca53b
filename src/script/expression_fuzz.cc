// Any bytes as an expression: a tree whose parts lie in the text, or a finding; the names in it can be collected.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "script/errors.h"
#include "script/evaluate.h"
#include "script/parse.h"

namespace {

void check(const mimus::script::Node& node, std::size_t size) {
  if (node.offset > size || node.length > size - node.offset) std::abort();
  for (const auto& child : node.children) {
    if (child) check(*child, size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tree = mimus::script::parse_expression(text);
  if (!tree) {
    // A character by its name is the interpreter's.
    const std::string& code = tree.error().code;
    if (code != "script.syntax" && code != mimus::script::kNotCovered) std::abort();
    return 0;
  }
  check(**tree, size);
  std::vector<std::string> names;
  mimus::script::collect_names(**tree, names);
  return 0;
}
