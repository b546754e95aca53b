// Binding of simple values: from the ways of a <key> or <variable> to a ValuePlan.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "plan/plan.h"
#include "plan/scope.h"

namespace mimus {

// What a <key> and a <variable> have in common.
struct ValueSpec {
  const ValueWay& way;
  const SourceOptions& source_options;
  std::optional<SimpleType> type;
  std::optional<AttributeText> out_date_format;
  double null_quota = 0;
  std::string_view path;
  std::string label;
  Location at;
};

// Failures have their place.
[[nodiscard]] Result<ValuePlan> bind_value(const ValueSpec& spec, const SetupScope& scope);

// The value for the rows, cast and with its nulls. The first row that fails is returned.
[[nodiscard]] std::optional<RowFailure> evaluate_value(const ValuePlan& plan, const Rows& rows, Column& out);

}  // namespace mimus
