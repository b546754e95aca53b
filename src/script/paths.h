// Dotted paths (`order.customer.name`) over columns of maps: most of what descriptors evaluate, without a copy of the
// maps on the way. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "data/column.h"
#include "script/ast.h"

namespace mimus::script {

// The name at the root of a dotted path without calls; empty: the expression is none.
[[nodiscard]] std::string_view root_of_path(const Node& node);

// The values of a path whose root has these values, but for the rows of `skip` (may be empty), which become null.
// nullopt where a row holds something other than maps with entries of these names: evaluate() knows what that means.
[[nodiscard]] std::optional<std::vector<Value>> values_of_path(const Node& path, const Column& root,
                                                               std::span<const std::uint8_t> skip);

}  // namespace mimus::script
