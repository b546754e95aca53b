#include "plan/conversions.h"

#include <utility>

namespace mimus {

Result<ConversionPlan> bind_conversions(const std::vector<CallText>& converters, const Stream& stream,
                                        std::string label) {
  ConversionPlan plan{.steps = {}, .label = std::move(label)};
  for (const CallText& text : converters) {
    Location at = text.at;
    at.column += static_cast<int>(text.call.offset);
    auto made = make_converter(text.call);
    if (!made) {
      Diagnostic finding = std::move(made).error();
      finding.message = plan.label + ": " + finding.message;
      finding.where = at;
      return fail(std::move(finding));
    }
    plan.steps.push_back({std::move(*made), stream.sub("?converter" + std::to_string(plan.steps.size())), at});
  }
  return plan;
}

std::optional<RowFailure> convert_column(const ConversionPlan& plan, const Rows& rows, Column& column) {
  for (const ConversionPlan::Step& step : plan.steps) {
    auto failure = step.converter->convert(rows, step.stream, column);
    if (!failure) continue;
    failure->finding.message = plan.label + ": " + failure->finding.message;
    if (failure->finding.where.line == 0) failure->finding.where = step.at;
    return failure;
  }
  return std::nullopt;
}

}  // namespace mimus
