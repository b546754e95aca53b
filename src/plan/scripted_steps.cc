// Binding of the statements that expressions govern: conditions, scripted records, lists of items, arrays, echoes.
#include <algorithm>
#include <utility>

#include "plan/level_binder.h"
#include "plan/value.h"

namespace mimus {

std::optional<ExpressionPlan> LevelBinder::bind_script(const ExpressionText& text, const std::string& label) {
  auto expression = bind_expression(text, label, names());
  if (!expression) {
    report(std::move(expression).error(), text.at);
    return std::nullopt;
  }
  use(*expression);
  return std::move(*expression);
}

void LevelBinder::use(const ExpressionPlan& expression) {
  std::vector<std::size_t> variables;
  collect_variables(expression, variables);
  used_variables_.insert(variables.begin(), variables.end());
}

void LevelBinder::use(const ValuePlan& value) {
  if (value.script) use(*value.script);
  if (value.fallback) use(*value.fallback);
  if (!value.text) return;
  for (const TextPlan::Piece& piece : value.text->pieces) {
    if (piece.expression) use(*piece.expression);
  }
}

// The shapes and variables that the branches of a condition work on, for rows of their own.
void LevelBinder::close_condition(ConditionPlan& condition, std::size_t shapes_before, std::size_t variables_before) {
  condition.shapes = row_shapes_.back();
  condition.fresh.assign(condition.shapes.begin() + static_cast<std::ptrdiff_t>(shapes_before), condition.shapes.end());
  for (const auto& [name, variable] : open_.back().variables) {
    condition.variables.push_back(variable);
    if (variable >= variables_before) condition.fresh_variables.push_back(variable);
  }
}

void LevelBinder::bind_guarded(const std::optional<ExpressionText>& condition, const std::string& label,
                               LevelPlan& level, const std::function<void(LevelPlan&)>& bind,
                               const std::optional<ExpressionText>& otherwise, const AttributeText& name) {
  if (!condition || condition->text.empty()) {
    bind(level);
    return;
  }
  auto expression = bind_script(*condition, label);
  if (!expression) return;
  ConditionPlan plan;
  plan.strict = true;
  const std::size_t before = row_shapes_.back().size();
  const std::size_t variables_before = plan_.variables;
  LevelPlan branch{.number = level.number, .shape = level.shape, .steps = {}};
  bind(branch);
  plan.branches.push_back({std::move(expression), std::move(branch.steps)});
  if (otherwise) {
    LevelPlan other{.number = level.number, .shape = level.shape, .steps = {}};
    ValuePlan value;
    value.script = bind_script(*otherwise, "defaultValue" + label.substr(std::string("condition").size()));
    value.label = label;
    value.at = name.at;
    const auto place = place_of(name, other);
    if (!value.script || !place) return;
    other.steps.emplace_back(KeyPlan{.place = *place, .value = std::move(value)});
    plan.branches.push_back({std::nullopt, std::move(other.steps)});
  }
  close_condition(plan, before, variables_before);
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_condition(const Condition& condition, LevelPlan& level) {
  ConditionPlan plan;
  const std::size_t before = row_shapes_.back().size();
  const std::size_t variables_before = plan_.variables;
  for (const Branch& branch : condition.branches) {
    BranchPlan bound;
    if (branch.condition) {
      bound.condition = bind_script(*branch.condition, "condition of a branch");
      if (!bound.condition) continue;
    }
    // What one branch makes of a field is no matter to the other.
    const auto dicts = dicts_;
    const auto assigned = assigned_;
    LevelPlan own{.number = level.number, .shape = level.shape, .steps = {}};
    ++open_branches_;
    bind_steps(branch.children, own);
    --open_branches_;
    dicts_ = dicts;
    assigned_ = assigned;
    bound.steps = std::move(own.steps);
    plan.branches.push_back(std::move(bound));
  }
  plan.restart = true;
  close_condition(plan, before, variables_before);
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_scripted(const NestedKey& nested, LevelPlan& level) {
  const std::string label = "<nestedKey> '" + nested.name.text + "'";
  auto script = bind_script(*nested.script, "script of " + label);
  if (!script) return;
  ScriptedPlan plan{.place = {},
                    .script = std::move(*script),
                    .fallback = {},
                    .count = bind_count(nested),
                    .level = nullptr,
                    .label = label,
                    .at = nested.at};
  if (nested.default_value) plan.fallback = bind_script(*nested.default_value, "defaultValue of " + label);
  plan.cyclic = nested.source_options.cyclic;
  const auto place = place_of(nested.name, level);
  if (!place) return;
  plan.place = *place;
  plan.list_shape = add_shape({}, true);
  row_shapes_.push_back({plan.list_shape});
  ++open_lists_;
  plan.level = bind_children(nested.name.text, nested.children, plan.list_shape);
  --open_lists_;
  row_shapes_.pop_back();
  dicts_.erase({place->shape, place->field});
  assigned_.insert({place->shape, place->field});
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_items(const ListElement& list, LevelPlan& level) {
  ItemsPlan plan;
  for (const Item& item : list.items) {
    ItemPlan bound;
    if (item.condition && !item.condition->text.empty())
      bound.condition = bind_script(*item.condition, "condition of an <item> of '" + list.name.text + "'");
    const std::size_t shape = add_shape({}, false);
    bound.level = std::make_unique<LevelPlan>();
    bound.level->number = plan_.levels++;
    bound.level->shape = shape;
    // The fields of an item do not see each other: its level has no name, and its fields no place among the names.
    open_.push_back({.name = {}, .number = bound.level->number, .shape = add_shape({}, false), .variables = {}});
    row_shapes_.push_back({shape});
    bind_steps(item.children, *bound.level);
    row_shapes_.pop_back();
    open_.pop_back();
    plan.items.push_back(std::move(bound));
  }
  const auto place = place_of(list.name, level);
  if (!place) return;
  plan.place = *place;
  dicts_.erase({place->shape, place->field});
  assigned_.insert({place->shape, place->field});
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_array(const Array& array, LevelPlan& level) {
  ArrayPlan plan{.place = {},
                 .script = {},
                 .generator = nullptr,
                 .count = array.count.value_or(0),
                 .label = "<array> '" + array.name.text + "'",
                 .at = array.at};
  if (array.script) {
    plan.script = bind_script(*array.script, "script of " + plan.label);
    if (!plan.script) return;
  } else if (array.type) {
    plan.stream = Stream(scope_.shared.seed, array.path.text());
    plan.generator = random_value(*array.type);
    if (plan.count == 0) return;
  }
  const auto place = place_of(array.name, level);
  if (!place) return;
  plan.place = *place;
  dicts_.erase({place->shape, place->field});
  assigned_.insert({place->shape, place->field});
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_echo(const Echo& echo, LevelPlan& level) {
  auto text = bind_echo_text(echo, names());
  if (!text) return report(std::move(text).error(), echo.at);
  if (!*text) return;
  use(**text);
  EchoPlan plan;
  plan.text.pieces.push_back({std::string(), std::move(**text)});
  level.steps.emplace_back(std::move(plan));
}

}  // namespace mimus
