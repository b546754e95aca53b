// Converters of a value, a record or a list, bound.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "converter/converter.h"
#include "descriptor/model.h"
#include "plan/scope.h"

namespace mimus {

// One after the other; none: the value stays as it is.
struct ConversionPlan {
  struct Step {
    std::shared_ptr<const Converter> converter;
    Stream stream;
    Location at;
  };
  std::vector<Step> steps;
  std::string label;  // "<key> 'price'": for messages
};

// Failures have their place. `stream`: of the value.
[[nodiscard]] Result<ConversionPlan> bind_conversions(const std::vector<CallText>& converters, const Stream& stream,
                                                      std::string label, const SetupScope& scope);

// Converts what is present. The first row that fails is returned.
[[nodiscard]] std::optional<RowFailure> convert_column(const ConversionPlan& plan, const Rows& rows, Column& column);

}  // namespace mimus
