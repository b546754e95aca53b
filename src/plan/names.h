// Names of a descriptor, as a count refers to them: fields and variables of the records that are being made, variables
// of the setup, parameters, properties.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"
#include "plan/scope.h"

namespace mimus {

// A level whose statements are being bound.
struct OpenLevel {
  std::string name;  // of the nestedKey; the generate's own is no name
  std::size_t number = 0;
  std::size_t shape = 0;
  std::map<std::string, std::size_t, std::less<>> variables;
};

// The variable of the setup, parameter or property of that name.
[[nodiscard]] std::optional<Value> find_setup_name(std::string_view name, const SetupScope& scope);

// What a dotted path means inside the innermost of `levels` (outermost first): plain names reach the outermost record,
// `n.x` the nested level n, and then what the setup knows. Fails with name.unknown.
[[nodiscard]] Result<NameRef> find_name(std::string_view text, const std::vector<OpenLevel>& levels,
                                        const std::vector<ShapePlan>& shapes, const SetupScope& scope);

// The entry of a map that the keys lead to; nullopt when there is none.
[[nodiscard]] std::optional<Value> value_at_path(const Value& value, const std::vector<std::string>& keys);

// A count from a value: whole numbers and texts of such; negative ones count as 0. Fails with count.invalid.
[[nodiscard]] Result<std::uint64_t> count_of(const Value& value, std::string_view name);

}  // namespace mimus
