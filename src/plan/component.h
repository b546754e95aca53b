// Generators and converters that are classes of executed Python files.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "converter/converter.h"
#include "plan/expression.h"
#include "plan/scope.h"

namespace mimus {

// Where a component stands: an element keeps its object for the whole run.
struct ComponentPlace {
  std::string_view path;
  std::string label;  // "<key> 'price'": for messages
  Location at;
};

// Whether an executed file has defined the name.
[[nodiscard]] bool is_scripted(std::string_view name, const SetupScope& scope);

// The next value of a generator of Python, as an expression for each row. Fails with script.* codes.
[[nodiscard]] Result<ExpressionPlan> bind_scripted_generator(const CallText& call, const ComponentPlace& place,
                                                             const SetupScope& scope);

// Fails with script.* codes.
[[nodiscard]] Result<std::unique_ptr<Converter>> make_scripted_converter(const CallText& call,
                                                                         const ComponentPlace& place,
                                                                         const SetupScope& scope);

}  // namespace mimus
