#include "plan/level_binder.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "descriptor/source_name.h"
#include "plan/sources.h"
#include "plan/value.h"

namespace mimus {
namespace {

// "Only a least number" means up to five more, "only a greatest" down to five less.
constexpr std::uint64_t kOpenRange = 5;

std::string label_of(const NestedKey& nested) { return "<nestedKey> '" + nested.name.text + "'"; }

}  // namespace

void LevelBinder::report(Diagnostic finding, const Location& place) {
  if (finding.where.line == 0) finding.where = place;
  findings_.push_back(std::move(finding));
}

std::size_t LevelBinder::add_shape(std::vector<std::string> fields, bool has_base) {
  plan_.shapes.push_back({std::move(fields), has_base});
  return plan_.shapes.size() - 1;
}

std::size_t LevelBinder::add_field(std::size_t shape, const std::string& name) {
  std::vector<std::string>& fields = plan_.shapes[shape].fields;
  const auto known = std::ranges::find(fields, name);
  if (known != fields.end()) return static_cast<std::size_t>(known - fields.begin());
  fields.push_back(name);
  return fields.size() - 1;
}

std::uint64_t LevelBinder::bind_root(const Generate& generate) {
  root_ = &generate;
  const Source* source = plan_.source ? plan_.source->source.get() : nullptr;
  plan_.level.number = plan_.levels++;
  plan_.level.shape = add_shape(source == nullptr ? std::vector<std::string>() : source->names(),
                                source != nullptr && source->has_base());
  open_.push_back({.name = {}, .number = plan_.level.number, .shape = plan_.level.shape, .variables = {}});
  row_shapes_.push_back({plan_.level.shape});
  bounds_.push_back({plan_.level.number});
  std::optional<ScriptedRows> texts;
  if (source != nullptr && generate.source_options.scripted) {
    texts.emplace(ScriptedRows{.source = *generate.source,
                               .marks = generate.marks,
                               .path = generate.path,
                               .fields = source->names().size(),
                               .tentative = true});
  }
  const auto first = texts ? text_scope(*texts, true) : nullptr;
  if (first) plan_.level.steps.emplace_back(TextsPlan{plan_.level.shape, texts->fields, first, true});
  bind_rules(generate, RulesKind::Mapping, plan_.level);
  bind_steps(generate.children, plan_.level);
  if (first) bind_last_texts(*texts, first, plan_.level);
  bind_rules(generate, RulesKind::TargetConstraints, plan_.level);
  auto targets = bind_level_targets(generate, plan_.level);
  bind_record_converters(generate, plan_.level);
  row_shapes_.pop_back();
  open_.pop_back();
  const std::uint64_t most = bounds_.back().most;
  bounds_.pop_back();
  prune(plan_.level);
  add_product(generate, plan_.level, std::move(targets));
  hold_back_tables();
  plan_.is_read.resize(plan_.variables);
  for (const std::size_t variable : used_variables_) plan_.is_read[variable] = true;
  return most;
}

void LevelBinder::bind_steps(const std::vector<Statement>& statements, LevelPlan& level) {
  for (const Statement& statement : statements) bind_step(statement, level);
}

void LevelBinder::bind_step(const Statement& statement, LevelPlan& level) {
  if (const auto* key = std::get_if<Key>(&statement.node)) {
    bind_guarded(
        key->condition, "condition of <key> '" + key->name.text + "'", level,
        [&](LevelPlan& branch) { bind_key(*key, branch); }, key->default_value, key->name);
  } else if (const auto* variable = std::get_if<Variable>(&statement.node)) {
    bind_variable(*variable, level);
  } else if (const auto* nested = std::get_if<NestedKey>(&statement.node)) {
    bind_guarded(
        nested->condition, "condition of " + label_of(*nested), level,
        [&](LevelPlan& branch) { bind_nested(*nested, branch); }, nested->default_value, nested->name);
    bind_converters({nested->converters, nested->name, nested->path, label_of(*nested), true}, level);
  } else if (const auto* condition = std::get_if<Condition>(&statement.node)) {
    bind_condition(*condition, level);
  } else if (const auto* list = std::get_if<ListElement>(&statement.node)) {
    bind_items(*list, level);
    bind_converters({list->converters, list->name, list->path, "<list> '" + list->name.text + "'", false}, level);
  } else if (const auto* array = std::get_if<Array>(&statement.node)) {
    bind_array(*array, level);
  } else if (const auto* element = std::get_if<ElementAttribute>(&statement.node)) {
    bind_element(*element, level.shape, level);
  } else if (const auto* reference = std::get_if<Reference>(&statement.node)) {
    bind_reference(*reference, level);
  } else if (const auto* echo = std::get_if<Echo>(&statement.node)) {
    bind_echo(*echo, level);
  } else if (const auto* inner = std::get_if<Generate>(&statement.node)) {
    const auto around = scope_.own_seed;
    if (inner->rng_seed) scope_.own_seed = inner->rng_seed;
    bind_inner_generate(*inner, level);
    scope_.own_seed = around;
  } else if (const auto* include = std::get_if<Include>(&statement.node)) {
    bind_include(*include, level);
  } else if (const auto* execute = std::get_if<Execute>(&statement.node)) {
    bind_execute(*execute, level);
  }
}

// Rows of the level end after `length`: of a generate its count, in lists a step of its own.
void LevelBinder::bind_bound(std::optional<std::uint64_t> length, LevelPlan& level) {
  if (!length) return;
  GenerateBound& generate = bounds_.back();
  if (level.number != generate.level) {
    level.steps.emplace_back(BoundPlan{*length});
  } else if (*length < generate.most) {
    generate.most = *length;
    if (level.number == plan_.level.number) steps_before_bound_ = plan_.level.steps.size();
  }
}

// The shape of the dict in a field, which is made when it is not there yet.
std::optional<std::size_t> LevelBinder::open_dict(std::size_t shape, const std::string& name, const Location& at,
                                                  LevelPlan& level) {
  const auto& fields = plan_.shapes[shape].fields;
  const bool known = std::ranges::find(fields, name) != fields.end();
  const ShapeField field{shape, add_field(shape, name)};
  if (const auto dict = dicts_.find(field); dict != dicts_.end()) return dict->second;
  if (assigned_.contains(field)) {
    report(
        {.code = "name.path", .message = "'" + name + "' holds no record, so that nothing can be stored inside of it"},
        at);
    return std::nullopt;
  }
  const bool from_base = plan_.shapes[shape].has_base;
  const std::size_t inner = add_shape({}, from_base || known);
  row_shapes_.back().push_back(inner);
  if (from_base || known) {
    ExtendPlan extend{.place = {field.first, field.second},
                      .name = name,
                      .shape = inner,
                      .level = nullptr,
                      .label = "'" + name + "'",
                      .at = at};
    extend.from = from_base ? ExtendPlan::From::Base : ExtendPlan::From::Field;
    if (from_base) extended_.push_back({field.first, name, inner});
    extend.create = from_base;
    level.steps.emplace_back(std::move(extend));
  } else {
    level.steps.emplace_back(
        DictPlan{.place = {field.first, field.second}, .shape = inner, .base = {}, .level = nullptr});
  }
  dicts_[field] = inner;
  return inner;
}

// `a|b|c`: the field c of the dict b of the dict a.
std::optional<FieldPlace> LevelBinder::place_of(const AttributeText& name, LevelPlan& level) {
  const auto parts = split(name.text, '|');
  std::size_t shape = level.shape;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string part(parts[i]);
    if (part.empty()) {
      report({.code = "name.path", .message = "a part of the name '" + name.text + "' is empty"}, name.at);
      return std::nullopt;
    }
    if (i + 1 == parts.size()) return FieldPlace{shape, add_field(shape, part)};
    const auto inner = open_dict(shape, part, name.at, level);
    if (!inner) return std::nullopt;
    shape = *inner;
  }
  return std::nullopt;
}

void LevelBinder::bind_key(const Key& key, LevelPlan& level) {
  if (auto status = reserve_numbers(key); !status) return report(std::move(status).error(), key.at);
  const ValueSpec spec{.way = key.way,
                       .source_options = key.source_options,
                       .type = key.type,
                       .out_date_format = key.out_date_format,
                       .null_quota = key.null_quota,
                       .in_date_format = key.in_date_format,
                       .converters = key.converters,
                       .unique = key.unique,
                       .default_value = key.default_value,
                       .marks = key.marks,
                       .rng_seed = key.rng_seed,
                       .simple_only = true,
                       .path = key.path.text(),
                       .label = "<key> '" + key.name.text + "'",
                       .at = key.at};
  auto value = bind_value(spec, names());
  if (!value) return report(std::move(value).error(), key.at);
  use(*value);
  const auto rank = rank_of(*value, key.null_quota > 0 || (key.condition && !key.condition->text.empty()));
  const auto place = place_of(key.name, level);
  if (!place) return;
  if (value->generator && !rank) bind_bound(value->generator->length(), level);
  dicts_.erase({place->shape, place->field});
  assigned_.insert({place->shape, place->field});
  if (!key.elements.empty()) return bind_texted(key, std::move(*value), rank, *place, level);
  level.steps.emplace_back(KeyPlan{.place = *place, .value = std::move(*value), .rank = rank});
}

// Of a counter that some rows leave out. In a branch, and in a record that stands alone, it never goes on.
std::optional<RankPlan> LevelBinder::rank_of(const ValuePlan& value, bool has_gaps) {
  if (value.generator != nullptr && value.generator->counts_run()) {
    if (!has_gaps && open_branches_ == 0 && open_lists_ == 0) return std::nullopt;
    plan_.in_order = true;
    return RankPlan{RankPlan::Scope::Run, plan_.ranks++};
  }
  const bool is_counter = value.generator != nullptr && value.generator->length().has_value();
  if (!is_counter || !has_gaps || open_branches_ > 0) return std::nullopt;
  if (open_lists_ > 0) return RankPlan{RankPlan::Scope::List, plan_.ranks++};
  plan_.in_order = true;
  return RankPlan{RankPlan::Scope::Run, plan_.ranks++};
}

void LevelBinder::bind_variable(const Variable& variable, LevelPlan& level) {
  if (variable.way.entity) return bind_entity_variable(variable, level);
  VariablePlan plan{.variable = plan_.variables++, .way = {}};
  if (!variable.way.source || is_weighted(variable)) {
    const ValueSpec spec = spec_of(variable);
    auto value = bind_value(spec, names());
    if (!value) return report(std::move(value).error(), variable.at);
    use(*value);
    if (value->generator) bind_bound(value->generator->length(), level);
    if (value->generator && value->generator->counts_run()) plan.rank = rank_of(*value, false);
    plan.way = std::move(*value);
  } else {
    const AttributeText& source = *variable.way.source;
    const std::string& type = variable.source_type ? variable.source_type->text : variable.name.text;
    if (variable.source_options.iteration_selector) return bind_asked(variable, std::move(plan), level);
    if (is_list_expression(source.text, scope_)) {
      auto listed = bind_listed(variable, level);
      if (!listed) return;
      plan.way = std::move(*listed);
      open_.back().variables[variable.name.text] = plan.variable;
      level.steps.emplace_back(std::move(plan));
      return;
    }
    auto opened = open_source(source, type, variable.source_options, RowReader::Other, scope_, {variable.marks});
    if (!opened) return report(std::move(opened).error(), source.at);
    if (!opened->is_list) {
      return report(
          {.code = "source.shape", .message = "JSON file '" + source.text + "' must contain a list of objects"},
          source.at);
    }
    const Stream own =
        variable.rng_seed ? Stream(*variable.rng_seed, "rngSeed") : Stream(scope_.seed(), variable.path.text());
    const bool cyclic = variable.source_options.cyclic && opened->rows->length() > 0;
    if (!cyclic) bind_bound(opened->rows->length(), level);
    plan.way = SourcePlan{.source = opened->rows,
                          .cyclic = cyclic,
                          .ordered = variable.source_options.distribution == Distribution::Ordered,
                          .order = own.sub("?order")};
  }
  if (variable.way.source && variable.source_options.scripted)
    plan.texts = text_scope({*variable.way.source, variable.marks, variable.path});
  open_.back().variables[variable.name.text] = plan.variable;
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_entity_variable(const Variable& variable, LevelPlan& level) {
  auto entity = bind_entity(variable, scope_);
  if (!entity) return report(std::move(entity).error(), variable.at);
  VariablePlan plan{.variable = plan_.variables++, .way = *entity};
  open_.back().variables[variable.name.text] = plan.variable;
  entities_.emplace(plan.variable, std::move(*entity));
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_nested(const NestedKey& nested, LevelPlan& level) {
  const auto around = scope_.own_seed;
  if (nested.rng_seed) scope_.own_seed = nested.rng_seed;
  if (nested.script) {
    bind_scripted(nested, level);
  } else if (nested.source && is_braced(nested.source->text)) {
    bind_opened(nested, level);
  } else if (nested.kind == NestedKind::Dict) {
    bind_dict(nested, level);
  } else if (nested.kind == NestedKind::Extend) {
    bind_extend(nested, level);
  } else {
    bind_list(nested, level);
  }
  scope_.own_seed = around;
}

std::unique_ptr<LevelPlan> LevelBinder::bind_children(const std::string& name, const std::vector<Statement>& children,
                                                      std::size_t shape, const std::optional<ScriptedRows>& texts,
                                                      const Generate* generate, std::vector<TargetPlan>* targets) {
  auto level = std::make_unique<LevelPlan>();
  level->number = plan_.levels++;
  level->shape = shape;
  // Texts of its rows name what is known around it.
  const auto first = texts ? text_scope(*texts) : nullptr;
  if (first) level->steps.emplace_back(TextsPlan{shape, texts->fields, first, texts->tentative});
  open_.push_back({.name = name, .number = level->number, .shape = shape, .variables = {}});
  if (generate != nullptr) {
    // The rows of a script are another list each time: what is not left of them goes with the records.
    if (generate->script) bind_rules(*generate, RulesKind::SourceConstraints, *level);
    bind_rules(*generate, RulesKind::Mapping, *level);
  }
  // Attributes come after all other fields.
  for (const bool attributes : {false, true}) {
    for (const Statement& child : children) {
      if (std::holds_alternative<ElementAttribute>(child.node) == attributes) bind_step(child, *level);
    }
  }
  if (first && texts->tentative) bind_last_texts(*texts, first, *level);
  if (generate != nullptr) bind_rules(*generate, RulesKind::TargetConstraints, *level);
  if (targets != nullptr) *targets = bind_level_targets(*generate, *level);
  if (generate != nullptr) bind_record_converters(*generate, *level);
  open_.pop_back();
  prune(*level);
  return level;
}

// A level whose records stand one in each record around it: its shapes have the same rows.
std::unique_ptr<LevelPlan> LevelBinder::bind_same_rows(const NestedKey& nested, std::size_t shape) {
  row_shapes_.push_back({shape});
  auto level = bind_children(nested.name.text, nested.children, shape, texts_of(nested, 0));
  const std::vector<std::size_t> own = std::move(row_shapes_.back());
  row_shapes_.pop_back();
  std::vector<std::size_t>& around = row_shapes_.back();
  for (const std::size_t inner : own) {
    if (std::ranges::find(around, inner) == around.end()) around.push_back(inner);
  }
  return level;
}

CountPlan LevelBinder::bind_count(const NestedKey& nested) {
  CountPlan out;
  out.stream = Stream(scope_.seed(), nested.path.text()).sub("?count");
  if (nested.count) {
    if (nested.count->number) {
      out.kind = CountPlan::Kind::Fixed;
      out.least = out.most = *nested.count->number;
      return out;
    }
    out.kind = CountPlan::Kind::Expression;
    out.expression = bind_script(*nested.count->expression, "count of " + label_of(nested));
    return out;
  }
  if (!nested.min_count && !nested.max_count) return out;
  out.kind = CountPlan::Kind::Range;
  if (nested.min_count) {
    out.least = *nested.min_count;
    out.most = nested.max_count ? *nested.max_count : *nested.min_count + kOpenRange;
  } else {
    out.most = *nested.max_count;
    out.least = out.most < kOpenRange ? 0 : out.most - kOpenRange;
  }
  return out;
}

void LevelBinder::bind_list(const NestedKey& nested, LevelPlan& level) {
  ElementsPlan elements{
      .count = bind_count(nested), .source = {}, .level = nullptr, .label = label_of(nested), .at = nested.at};
  std::size_t shape = 0;
  std::size_t fields = 0;
  if (nested.source) {
    const AttributeText& source = *nested.source;
    const std::string type = nested.kind == NestedKind::Stored ? nested.type->text : std::string();
    const bool is_file = read_source_name(source.text).format != SourceFormat::None;
    if (is_file == (nested.kind == NestedKind::Stored)) {
      return report({.code = "nested.source",
                     .message = "invalid source '" + source.text + "' of " + elements.label,
                     .hint = "type=\"list\" reads .csv, .json and .ndjson files; a memstore's type reads that store"},
                    source.at);
    }
    auto opened = open_source(source, type, nested.source_options, RowReader::Other, scope_);
    if (!opened) return report(std::move(opened).error(), source.at);
    if (!opened->is_list) {
      return report(
          {.code = "source.shape", .message = "JSON file '" + source.text + "' must contain a list of objects"},
          source.at);
    }
    elements.source = SourcePlan{.source = opened->rows,
                                 .cyclic = nested.source_options.cyclic,
                                 .ordered = nested.source_options.distribution == Distribution::Ordered,
                                 .order = Stream(scope_.seed(), nested.path.text()).sub("?order")};
    fields = opened->rows->names().size();
    shape = add_shape(opened->rows->names(), opened->rows->has_base());
  } else {
    shape = add_shape({}, false);
  }
  const auto place = place_of(nested.name, level);
  if (!place) return;
  row_shapes_.push_back({shape});
  ++open_lists_;
  const std::size_t before = scope_.effects == nullptr ? 0 : scope_.effects->size();
  elements.level = bind_children(nested.name.text, nested.children, shape, texts_of(nested, fields));
  order_elements(*elements.level, before);
  --open_lists_;
  row_shapes_.pop_back();
  dicts_.erase({place->shape, place->field});
  assigned_.insert({place->shape, place->field});
  level.steps.emplace_back(ListPlan{*place, std::move(elements)});
}

namespace {

// The variables that the steps of a level make.
void collect_made(const std::vector<StepPlan>& steps, std::vector<std::size_t>& variables) {
  for (const StepPlan& step : steps) {
    if (const auto* variable = std::get_if<VariablePlan>(&step)) {
      variables.push_back(variable->variable);
    } else if (const auto* inner = std::get_if<InnerGeneratePlan>(&step)) {
      variables.push_back(inner->variable);
    } else if (const auto* execute = std::get_if<ExecutePlan>(&step); execute != nullptr && execute->python) {
      for (const auto& [name, number] : execute->python->variables) variables.push_back(number);
    } else if (const auto* condition = std::get_if<ConditionPlan>(&step)) {
      for (const BranchPlan& branch : condition->branches) collect_made(branch.steps, variables);
    }
  }
  std::ranges::sort(variables);
  variables.erase(std::ranges::unique(variables).begin(), variables.end());
}

}  // namespace

void LevelBinder::order_elements(LevelPlan& list, std::size_t before) {
  const bool executes =
      std::ranges::any_of(list.steps, [](const StepPlan& step) { return std::holds_alternative<ExecutePlan>(step); });
  std::ptrdiff_t stateful = 0;
  if (scope_.effects != nullptr) {
    const auto first = scope_.effects->begin() + static_cast<std::ptrdiff_t>(before);
    stateful = std::count_if(first, scope_.effects->end(), [](auto effect) { return effect != python::Effect::Pure; });
  }
  if (stateful < 2 && !executes) return;
  ConditionPlan plan;
  plan.one_by_one = true;
  plan.shapes = row_shapes_.back();
  plan.fresh.assign(plan.shapes.begin() + 1, plan.shapes.end());
  collect_made(list.steps, plan.variables);
  plan.fresh_variables = plan.variables;
  plan.branches.push_back({std::nullopt, std::move(list.steps)});
  list.steps.clear();
  list.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_dict(const NestedKey& nested, LevelPlan& level) {
  DictPlan dict{.place = {}, .shape = 0, .base = {}, .level = nullptr};
  if (nested.source) {
    const AttributeText& source = *nested.source;
    if (read_source_name(source.text).format != SourceFormat::Json) {
      return report({.code = "nested.source",
                     .message = "invalid source '" + source.text + "' of " + label_of(nested),
                     .hint = "type=\"dict\" reads a .json file that holds an object"},
                    source.at);
    }
    auto opened = open_source(source, {}, nested.source_options, RowReader::Other, scope_);
    if (!opened) return report(std::move(opened).error(), source.at);
    if (opened->is_list) {
      return report({.code = "source.shape", .message = "JSON file '" + source.text + "' must contain an object"},
                    source.at);
    }
    Record record;
    const std::uint64_t first = 0;
    opened->rows->read({&first, 1}, record);
    dict.base = value_at(record.base, 0);
  }
  const auto place = place_of(nested.name, level);
  if (!place) return;
  dict.place = *place;
  dict.shape = add_shape({}, dict.base.has_value());
  dict.level = bind_same_rows(nested, dict.shape);
  assigned_.erase({place->shape, place->field});
  dicts_[{place->shape, place->field}] = dict.shape;
  level.steps.emplace_back(std::move(dict));
}

void LevelBinder::bind_extend(const NestedKey& nested, LevelPlan& level) {
  const std::string& name = nested.name.text;
  const ShapePlan& shape = plan_.shapes[level.shape];
  ExtendPlan extend{.place = {level.shape, 0},
                    .name = name,
                    .shape = 0,
                    .level = nullptr,
                    .label = label_of(nested),
                    .at = nested.at};
  const bool has_field = std::ranges::find(shape.fields, name) != shape.fields.end();
  if (!has_field && !shape.has_base) {
    return report({.code = "nested.missing",
                   .message = extend.label + " extends the field '" + name + "', which is not there",
                   .hint = "type=\"dict\" makes a new record"},
                  nested.at);
  }
  extend.place.field = add_field(level.shape, name);
  const ShapeField field{level.shape, extend.place.field};
  if (const auto dict = dicts_.find(field); dict != dicts_.end()) {
    extend.from = ExtendPlan::From::Dict;
    extend.shape = dict->second;
  } else if (assigned_.contains(field)) {
    return report(
        {.code = "nested.extend", .message = extend.label + " extends the field '" + name + "', which is no record"},
        nested.at);
  } else {
    extend.from = has_field ? ExtendPlan::From::Field : ExtendPlan::From::Base;
    extend.shape = add_shape({}, true);
    dicts_[field] = extend.shape;
    if (!has_field) extended_.push_back({level.shape, name, extend.shape});
  }
  extend.level = bind_same_rows(nested, extend.shape);
  level.steps.emplace_back(std::move(extend));
}

// Takes away the variables that nothing reads, when they can neither fail nor have an effect. Their bounds stay.
void LevelBinder::prune(LevelPlan& level) {
  const auto is_idle = [&](const StepPlan& step) {
    const auto* variable = std::get_if<VariablePlan>(&step);
    if (variable == nullptr || used_variables_.contains(variable->variable)) return false;
    if (std::holds_alternative<ListedPlan>(variable->way) || std::holds_alternative<AskedPlan>(variable->way))
      return false;
    const auto* value = std::get_if<ValuePlan>(&variable->way);
    if (variable->texts) return false;
    return value == nullptr || (value->conversion.steps.empty() && !value->cast && !value->format && !value->script &&
                                !value->text && !value->in_format);
  };
  if (level.number == plan_.level.number) {
    const auto end = level.steps.begin() + static_cast<std::ptrdiff_t>(steps_before_bound_);
    steps_before_bound_ -= static_cast<std::size_t>(std::count_if(level.steps.begin(), end, is_idle));
  }
  std::erase_if(level.steps, is_idle);
}

}  // namespace mimus
