// Binding of the statements that expressions govern: conditions, scripted records, lists of items, arrays, echoes.
#include <algorithm>
#include <map>
#include <mutex>
#include <numeric>
#include <utility>

#include "descriptor/source_name.h"
#include "plan/level_binder.h"
#include "plan/sources.h"
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

void LevelBinder::use(const ExpressionPlan& expression, bool has_fallback) {
  std::vector<std::size_t> variables;
  collect_variables(expression, variables);
  used_variables_.insert(variables.begin(), variables.end());
  for (auto& [variable, entity] : entities_) {
    auto status = collect_fields(expression, variable, entity);
    // An attribute that there is none of is a failure of the script, for which a default stands in.
    if (!status && !has_fallback) report(std::move(status).error(), expression.at);
  }
}

void LevelBinder::use_whole(const std::vector<std::size_t>& variables) {
  used_variables_.insert(variables.begin(), variables.end());
  for (const std::size_t variable : variables) {
    const auto entity = entities_.find(variable);
    if (entity != entities_.end()) add_all_fields(*entity->second.entity, *entity->second.fields);
  }
}

void LevelBinder::use(const ValuePlan& value) {
  if (value.script) use(*value.script, value.fallback.has_value());
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

ScriptedPlan LevelBinder::scripted_plan(const NestedKey& nested, ExpressionPlan script) {
  return {.place = {},
          .script = std::move(script),
          .fallback = {},
          .count = bind_count(nested),
          .level = nullptr,
          .label = "<nestedKey> '" + nested.name.text + "'",
          .at = nested.at};
}

void LevelBinder::bind_scripted(const NestedKey& nested, LevelPlan& level) {
  const std::string label = "<nestedKey> '" + nested.name.text + "'";
  auto script = bind_script(*nested.script, "script of " + label);
  if (!script) return;
  ScriptedPlan plan = scripted_plan(nested, std::move(*script));
  if (nested.default_value) plan.fallback = bind_script(*nested.default_value, "defaultValue of " + label);
  bind_scripted(nested, std::move(plan), level);
}

namespace {

// The records of the source of that name, as `type` wants them.
Result<Value> open_records(const NestedKey& nested, const std::string& name, const SetupScope& scope) {
  const std::lock_guard lock(scope.shared.opening);
  const AttributeText source{name, nested.source->at};
  const std::string type = nested.kind == NestedKind::Stored ? nested.type->text : std::string();
  const bool is_file = read_source_name(name).format != SourceFormat::None;
  if (is_file == (nested.kind == NestedKind::Stored)) {
    return fail({.code = "nested.source",
                 .message = "invalid source '" + name + "' of <nestedKey> '" + nested.name.text + "'",
                 .hint = "a memstore's type reads that store; \"list\" and \"dict\" read files",
                 .where = source.at});
  }
  MIMUS_ASSIGN(const OpenedSource opened, open_source(source, type, nested.source_options, RowReader::Other, scope));
  const bool wants_list = nested.kind != NestedKind::Dict;
  if (opened.is_list != wants_list) {
    return fail({.code = "source.shape",
                 .message = "JSON file '" + name + "' must contain " + (wants_list ? "a list of objects" : "an object"),
                 .where = source.at});
  }
  Record record;
  for (const std::string& field : opened.rows->names()) record.fields.push_back({field, {}});
  std::vector<std::uint64_t> rows(opened.rows->length());
  std::iota(rows.begin(), rows.end(), std::uint64_t{0});
  opened.rows->read(rows, record);
  record.rows = rows.size();
  ValueList items;
  for (std::size_t k = 0; k < rows.size(); ++k) items.push_back(map_at(record, k));
  return wants_list ? Value::list(std::move(items)) : items.front();
}

}  // namespace

// The source's name comes from an expression, in each record.
void LevelBinder::bind_opened(const NestedKey& nested, LevelPlan& level) {
  const std::string label = "<nestedKey> '" + nested.name.text + "'";
  if (nested.kind == NestedKind::Extend) {
    return report({.code = "nested.source",
                   .message = label + " has a 'source' but no 'type'",
                   .hint = "list, dict, or the type of a memstore's records"},
                  nested.source->at);
  }
  ExpressionText inside{nested.source->text.substr(1, nested.source->text.size() - 2), nested.source->at};
  inside.at.column += 1;
  auto script = bind_script(inside, "source of " + label);
  if (!script) return;
  ScriptedPlan plan = scripted_plan(nested, std::move(*script));
  const auto known = std::make_shared<std::pair<std::mutex, std::map<std::string, Value>>>();
  plan.open = [&nested, scope = scope_, known](const std::string& name) -> Result<Value> {
    const std::lock_guard lock(known->first);
    if (const auto value = known->second.find(name); value != known->second.end()) return value->second;
    MIMUS_ASSIGN(Value records, open_records(nested, name, scope));
    return known->second.emplace(name, std::move(records)).first->second;
  };
  if (nested.kind != NestedKind::Dict && nested.source_options.distribution == Distribution::Random) {
    plan.shuffle = Stream(scope_.seed(), nested.path.text()).sub("?order");
  }
  bind_scripted(nested, std::move(plan), level);
}

void LevelBinder::bind_scripted(const NestedKey& nested, ScriptedPlan plan, LevelPlan& level) {
  plan.cyclic = nested.source_options.cyclic;
  const auto place = place_of(nested.name, level);
  if (!place) return;
  plan.place = *place;
  plan.list_shape = add_shape({}, true);
  row_shapes_.push_back({plan.list_shape});
  ++open_lists_;
  plan.level = bind_children(nested.name.text, nested.children, plan.list_shape, texts_of(nested, 0));
  --open_lists_;
  row_shapes_.pop_back();
  dicts_.erase({place->shape, place->field});
  assigned_.insert({place->shape, place->field});
  level.steps.emplace_back(std::move(plan));
}

// In the outermost records the list comes from the first of them, in a branch from each; in lists from the record
// around.
std::optional<ListedPlan> LevelBinder::bind_listed(const Variable& variable, const LevelPlan& level) {
  const std::string label = "source of <variable> '" + variable.name.text + "'";
  const bool is_root = level.number == plan_.level.number;
  std::vector<OpenLevel> levels = open_;
  if (!is_root) levels.pop_back();
  auto script = bind_expression(*variable.way.source, label, {levels, plan_.shapes, scope_});
  if (!script || names_nothing(*script)) {
    report(unknown_source(*variable.way.source, scope_).error(), variable.way.source->at);
    return std::nullopt;
  }
  use(*script);
  const SourceOptions& options = variable.source_options;
  ListedPlan out{
      .script = std::move(*script),
      .cyclic = options.cyclic,
      .ordered = options.distribution == Distribution::Ordered,
      .order = (variable.rng_seed ? Stream(*variable.rng_seed, "rngSeed") : Stream(scope_.seed(), variable.path.text()))
                   .sub("?order")};
  if (!is_root) {
    out.scope = ListedPlan::Scope::Around;
    GenerateBound& generate = bounds_.back();
    if (generate.level == level.number && !out.cyclic && open_branches_ == 0) generate.lists.push_back(out.script);
  } else if (open_branches_ > 0) {
    out.scope = ListedPlan::Scope::Row;
  } else {
    out.number = plan_.listed++;
  }
  return out;
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
    plan.stream = Stream(scope_.seed(), array.path.text());
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
