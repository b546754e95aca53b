#include "plan/entity.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace mimus {
namespace {

std::vector<std::string> list_of(const std::optional<AttributeText>& text) {
  std::vector<std::string> out;
  if (!text) return out;
  for (const std::string_view part : split(text->text, ',')) {
    if (!trim(part).empty()) out.emplace_back(trim(part));
  }
  return out;
}

void add_path(const Entity& entity, std::span<const std::string> names, std::vector<EntityField>& fields);

EntityField& field_of(const std::string& name, std::size_t attribute, std::vector<EntityField>& fields) {
  const auto known = std::ranges::find(fields, name, &EntityField::name);
  if (known != fields.end()) return *known;
  return fields.emplace_back(EntityField{.name = name, .attribute = attribute});
}

bool holds_entity(const Entity& entity, std::size_t attribute) {
  return entity.part(attribute) != nullptr && !entity.attribute(attribute).many;
}

// The names after a variable: of attributes, then of what values have.
void add_path(const Entity& entity, std::span<const std::string> names, std::vector<EntityField>& fields) {
  const auto attribute = names.empty() ? std::nullopt : entity.find(names[0]);
  if (!attribute) return add_all_fields(entity, fields);
  EntityField& field = field_of(names[0], *attribute, fields);
  if (holds_entity(entity, *attribute)) add_path(*entity.part(*attribute), names.subspan(1), field.inner);
}

// What maps have beside their entries.
bool is_method_of_maps(std::string_view name) {
  constexpr std::array<std::string_view, 6> kMethods{"to_dict", "get", "keys", "values", "items", "copy"};
  return std::ranges::find(kMethods, name) != kMethods.end();
}

// The first name that stands for nothing, with its entity.
std::pair<const Entity*, std::string> unknown_in(const Entity& entity, std::span<const std::string> names) {
  if (names.empty() || is_method_of_maps(names[0])) return {nullptr, {}};
  const auto attribute = entity.find(names[0]);
  if (!attribute) return {&entity, names[0]};
  if (!holds_entity(entity, *attribute)) return {nullptr, {}};
  return unknown_in(*entity.part(*attribute), names.subspan(1));
}

// Calls found(names) for each p.a.b of the expression, with a and b.
template <class Found>
void each_path(const script::Node& node, std::string_view root, const Found& found) {
  std::vector<std::string> names;
  const script::Node* at = &node;
  for (; at->kind == script::NodeKind::Attribute; at = at->children[0].get()) names.insert(names.begin(), at->text);
  if (at->kind == script::NodeKind::Name) {
    if (at->text == root) found(std::span<const std::string>(names));
    return;
  }
  for (const script::NodePtr& child : at->children) {
    if (child) each_path(*child, root, found);
  }
}

bool is_variable(const NameLink& link, std::size_t variable) {
  return link.kind == NameLink::Kind::Variable && link.variable == variable;
}

bool is_inside(const NameLink& link, std::size_t variable) {
  return std::ranges::any_of(link.variables, [&](const auto& entry) { return entry.second == variable; }) ||
         std::ranges::any_of(link.inner, [&](const NameLink& inner) { return is_inside(inner, variable); });
}

Diagnostic unknown_attribute(const Entity& entity, const std::string& name, const ExpressionPlan& expression) {
  std::vector<std::string_view> names;
  for (const AttributeDeclaration& attribute : entity.declaration().attributes) {
    if (!attribute.name.starts_with('?')) names.push_back(attribute.name);
  }
  const std::string hint = suggest(name, names);
  Diagnostic out{
      .code = "entity.attribute",
      .message = expression.label + ": " + std::string(entity.declaration().name) + " has no attribute '" + name + "'",
      .hint = (hint.empty() ? "" : hint + " ") + std::string("(`mimus entities ") +
              std::string(entity.declaration().name) + "` lists all)"};
  out.where = expression.at;
  return out;
}

}  // namespace

void add_all_fields(const Entity& entity, std::vector<EntityField>& fields) {
  for (const std::size_t attribute : entity.listed()) {
    EntityField& field = field_of(std::string(entity.attribute(attribute).name), attribute, fields);
    if (holds_entity(entity, attribute)) add_all_fields(*entity.part(attribute), field.inner);
  }
}

Status collect_fields(const ExpressionPlan& expression, std::size_t variable, EntityPlan& plan) {
  std::optional<Diagnostic> unknown;
  for (const NameBinding& name : expression.names) {
    for (const NameLink& link : name.links) {
      if (is_inside(link, variable)) add_all_fields(*plan.entity, *plan.fields);
      if (!is_variable(link, variable)) continue;
      each_path(*expression.tree, name.name, [&](std::span<const std::string> names) {
        add_path(*plan.entity, names, *plan.fields);
        const auto [entity, missing] = unknown_in(*plan.entity, names);
        if (entity != nullptr && !unknown) unknown = unknown_attribute(*entity, missing, expression);
      });
    }
  }
  if (unknown) return fail(std::move(*unknown));
  return {};
}

namespace {

Result<std::shared_ptr<const Entity>> open_entity(const Variable& variable, EntityEnvironment environment) {
  const AttributeText& text = *variable.way.entity;
  const auto at_text = [&](Diagnostic finding) {
    const int offset = finding.where.column;
    finding.where = text.at;
    finding.where.column += offset;
    finding.message = "entity of <variable> '" + variable.name.text + "': " + finding.message;
    return fail(std::move(finding));
  };
  if (!variable.converters.empty() || variable.unique || variable.default_value || variable.out_date_format ||
      variable.in_date_format) {
    return at_text({.code = "entity.value",
                    .message = "an entity is no value that could be converted, formatted or made unique",
                    .hint = "a <key> can do that with one of its attributes"});
  }
  auto call = parse_call(text.text);
  if (!call) return at_text(std::move(call).error());
  if (environment.pack == nullptr) environment.pack = &Pack::built_in();
  if (variable.entity.dataset) environment.dataset = variable.entity.dataset->text;
  environment.age_min = variable.entity.age_min;
  environment.age_max = variable.entity.age_max;
  environment.conditions_include = list_of(variable.entity.conditions_include);
  environment.conditions_exclude = list_of(variable.entity.conditions_exclude);
  auto entity = Entity::make(*call, std::move(environment));
  if (!entity) return at_text(std::move(entity).error());
  return std::move(*entity);
}

}  // namespace

std::optional<Diagnostic> check_entity(const Variable& variable) {
  auto entity = open_entity(variable, {});
  if (entity) return std::nullopt;
  return std::move(entity).error();
}

Result<EntityPlan> bind_entity(const Variable& variable, const SetupScope& scope) {
  EntityEnvironment environment{.now = scope.shared.now, .dataset = scope.setup.defaults.dataset};
  environment.pack = scope.shared.pack.get();
  environment.population = scope.shared.population;
  const std::uint64_t seed = scope.shared.population_seed.value_or(scope.seed());
  MIMUS_ASSIGN(auto entity, open_entity(variable, std::move(environment)));
  return EntityPlan{
      .entity = std::move(entity),
      .fields = std::make_shared<std::vector<EntityField>>(),
      .stream = variable.rng_seed ? Stream(*variable.rng_seed, "rngSeed") : Stream(seed, variable.path.text())};
}

namespace {

void add_every_field(const Entity& entity, std::vector<EntityField>& fields) {
  for (std::size_t attribute = 0; attribute < entity.declaration().attributes.size(); ++attribute) {
    const std::string name(entity.attribute(attribute).name);
    if (name.starts_with('?')) continue;
    EntityField& field = field_of(name, attribute, fields);
    if (holds_entity(entity, attribute)) add_every_field(*entity.part(attribute), field.inner);
  }
}

}  // namespace

Value entity_value(const EntityPlan& plan) {
  std::vector<EntityField> fields;
  add_every_field(*plan.entity, fields);
  EntityBatch batch(plan.entity);
  batch.start({.first = 0, .count = 1}, plan.stream);
  Column out;
  fill_fields(batch, fields, 1, out);
  return value_at(out, 0);
}

void fill_fields(EntityBatch& batch, const std::vector<EntityField>& fields, std::size_t rows, Column& out) {
  out.reset(Type::Struct, rows);
  out.record = std::make_shared<Record>();
  out.record->rows = rows;
  out.record->fields.resize(fields.size());
  for (std::size_t f = 0; f < fields.size(); ++f) {
    Field& field = out.record->fields[f];
    field.name = fields[f].name;
    if (holds_entity(batch.entity(), fields[f].attribute)) {
      fill_fields(batch.part(fields[f].attribute), fields[f].inner, rows, field.column);
    } else {
      copy_column(batch.column(fields[f].attribute), field.column);
    }
  }
}

}  // namespace mimus
