#include "plan/call_arguments.h"

#include "plan/expression.h"

namespace mimus {

Result<Call> evaluate_arguments(const Call& call, const Location& at, const std::string& label,
                                const SetupScope& scope) {
  if (!has_expressions(call)) return call;
  Call out = call;
  const std::vector<OpenLevel> no_levels;
  const std::vector<ShapePlan> no_shapes;
  for (Argument& argument : out.arguments) {
    if (argument.expression.empty() || !has_expressions({.arguments = {argument}})) continue;
    Location place = at;
    place.column += static_cast<int>(argument.offset + (argument.name.empty() ? 0 : argument.name.size() + 1));
    place.length = static_cast<int>(argument.expression.size());
    const auto evaluated = [&]() -> Result<Value> {
      MIMUS_ASSIGN(const ExpressionPlan expression,
                   bind_expression({argument.expression, place}, "argument of " + call.name + " of " + label,
                                   {no_levels, no_shapes, scope}));
      return evaluate_in_setup(expression);
    };
    auto value = evaluated();
    if (!value) {
      Diagnostic finding = std::move(value).error();
      if (finding.code == "script.name") {
        finding.hint = "arguments know the variables and properties of the setup, not the record that is being made";
      }
      if (finding.where.line == 0) finding.where = place;
      return fail(std::move(finding));
    }
    argument.value = std::move(*value);
    argument.expression.clear();
  }
  return out;
}

}  // namespace mimus
