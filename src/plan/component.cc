#include "plan/component.h"

#include <utility>

#include "script/parse.h"

namespace mimus {
namespace {

constexpr std::string_view kComponent = "_mimus_component";

Result<Value> new_component(const CallText& call, const ComponentPlace& place, const SetupScope& scope) {
  const std::vector<OpenLevel> no_levels;
  const std::vector<ShapePlan> no_shapes;
  const std::string text = call.call.has_parentheses ? call.text : "_mimus_make(" + call.call.name + ")";
  SetupScope own = scope;
  own.effects = nullptr;  // what making it changes is not seen by rows
  MIMUS_ASSIGN(ExpressionPlan expression, bind_expression({text, place.at}, place.label, {no_levels, no_shapes, own}));
  expression.holds = true;
  expression.stream = Stream(scope.seed(), place.path).sub("?component");
  return evaluate_in_setup(expression);
}

// One object for an element and run, unless its class says otherwise.
Result<Value> component(const CallText& call, const ComponentPlace& place, const SetupScope& scope) {
  const auto known = scope.shared.components.find(place.path);
  if (known != scope.shared.components.end()) return known->second;
  MIMUS_ASSIGN(Value made, new_component(call, place, scope));
  MIMUS_ASSIGN(python::Session* const session, scope.shared.python->session());
  MIMUS_ASSIGN(const bool kept, session->is_kept(made));
  if (kept) scope.shared.components.emplace(place.path, made);
  return made;
}

// An expression over the object alone and what `parameters` name.
Result<ExpressionPlan> bind_over(const Value& object, const std::string& text, std::vector<std::string> parameters,
                                 const ComponentPlace& place, const SetupScope& scope) {
  ExpressionPlan out{.tree = nullptr, .names = {}, .label = place.label, .at = place.at, .now = scope.shared.now};
  auto tree = script::parse_expression(text);
  if (!tree) return fail(std::move(tree).error());
  out.tree = std::move(*tree);
  NameLink link;
  link.value = object;
  out.names.push_back({std::string(kComponent), {std::move(link)}});
  out.stream = Stream(scope.seed(), place.path).sub("?component");
  out.python = std::make_shared<const PythonTier>(
      scope.shared.python, text, ValueMap{{std::string(kComponent), object}}, std::move(parameters), false);
  out.python_only = true;
  const auto compiled = out.python->expression();
  if (!compiled) return fail(located(compiled.error(), out));
  if (scope.effects != nullptr) scope.effects->push_back((*compiled)->effect());
  return out;
}

class ScriptedConverter final : public Converter {
 public:
  explicit ScriptedConverter(ExpressionPlan expression) : expression_(std::move(expression)) {}

  std::optional<RowFailure> convert(const Rows& rows, const Stream& stream, Column& column) const override {
    const auto compiled = expression_.python->expression();
    if (!compiled) return RowFailure{0, compiled.error()};
    std::vector<std::uint8_t> absent(rows.count);
    for (std::size_t k = 0; k < rows.count; ++k) absent[k] = column.is_present(k) ? 0 : 1;
    Column converted;
    const python::Argument argument = &column;
    auto failure = (*compiled)->evaluate({&argument, 1}, rows, absent, stream, false, converted);
    if (failure) return failure;
    converted.present = std::move(column.present);
    // A copy would view the other's texts.
    column = std::move(converted);
    return std::nullopt;
  }

 private:
  ExpressionPlan expression_;
};

}  // namespace

bool is_scripted(std::string_view name, const SetupScope& scope) { return scope.shared.script_names.contains(name); }

Result<ExpressionPlan> bind_scripted_generator(const CallText& call, const ComponentPlace& place,
                                               const SetupScope& scope) {
  MIMUS_ASSIGN(const Value object, component(call, place, scope));
  return bind_over(object, std::string(kComponent) + ".generate()", {}, place, scope);
}

Result<std::unique_ptr<Converter>> make_scripted_converter(const CallText& call, const ComponentPlace& place,
                                                           const SetupScope& scope) {
  MIMUS_ASSIGN(const Value object, new_component(call, place, scope));
  MIMUS_ASSIGN(ExpressionPlan expression,
               bind_over(object, std::string(kComponent) + ".convert(_mimus_value)", {"_mimus_value"}, place, scope));
  return std::make_unique<ScriptedConverter>(std::move(expression));
}

}  // namespace mimus
