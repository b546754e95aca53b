#include "plan/conversions.h"

#include <utility>

#include "plan/call_arguments.h"
#include "plan/component.h"

namespace mimus {

namespace {

// Without parentheses the language's own converters come first, with them the classes of executed files.
Result<std::unique_ptr<Converter>> converter_of(const CallText& text, const std::string& label, const Location& at,
                                                const SetupScope& scope) {
  const bool is_own = find_converter(text.call.name) != nullptr;
  if (is_scripted(text.call.name, scope) && (text.call.has_parentheses || !is_own)) {
    return make_scripted_converter(text, {.path = label, .label = "converter of " + label, .at = at}, scope);
  }
  MIMUS_ASSIGN(const Call call, evaluate_arguments(text.call, text.at, label, scope));
  return make_converter(call, {.open_vault = scope.shared.open_vault});
}

}  // namespace

Result<ConversionPlan> bind_conversions(const std::vector<CallText>& converters, const Stream& stream,
                                        std::string label, const SetupScope& scope) {
  ConversionPlan plan{.steps = {}, .label = std::move(label)};
  for (const CallText& text : converters) {
    Location at = text.at;
    at.column += static_cast<int>(text.call.offset);
    auto made = converter_of(text, plan.label, at, scope);
    if (!made && made.error().where.line > 0) return fail(std::move(made).error());
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
