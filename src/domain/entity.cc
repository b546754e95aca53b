#include "domain/entity.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"
#include "domain/making.h"

namespace mimus {
namespace {

// minAge as min_age.
std::string snake_case(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      out += '_';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  return out;
}

std::optional<std::size_t> number_of(const EntityDeclaration& declaration, std::string_view name) {
  const auto known = std::ranges::find(declaration.attributes, name, &AttributeDeclaration::name);
  if (known == declaration.attributes.end()) return std::nullopt;
  return static_cast<std::size_t>(known - declaration.attributes.begin());
}

// The call with the declared names in the place of minAge and ageMin. Fails with entity.argument when two arguments
// come to one name.
Result<Call> with_parameter_names(const Call& call, const EntityDeclaration& declaration) {
  Call out = call;
  for (std::size_t place = 0; place < out.arguments.size(); ++place) {
    Argument& argument = out.arguments[place];
    if (std::ranges::find(declaration.parameters, argument.name, &ParameterDeclaration::name) !=
        declaration.parameters.end()) {
      continue;
    }
    argument.name = snake_case(argument.name);
    if (argument.name == "age_min") argument.name = "min_age";
    if (argument.name == "age_max") argument.name = "max_age";
    const auto same = [&](const Argument& other) { return &other != &argument && other.name == argument.name; };
    if (argument.name.empty() || std::ranges::none_of(out.arguments, same)) continue;
    Diagnostic finding{.code = "entity.argument",
                       .message = "'" + call.arguments[place].name + "' of " + call.name + " stands for '" +
                                  argument.name + "', which is given as well",
                       .hint = "one of them is enough"};
    finding.where.column = static_cast<int>(argument.offset);
    return fail(std::move(finding));
  }
  return out;
}

bool is_country_code(std::string_view code) {
  return code.size() == 2 &&
         std::ranges::all_of(code, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

}  // namespace

Result<std::shared_ptr<const Entity>> Entity::make(const Call& call, EntityEnvironment environment) {
  // A class path of the reference: finance.services.BankService.
  std::string_view name = call.name;
  if (const auto dot = name.rfind('.'); dot != std::string_view::npos) {
    name.remove_prefix(dot + 1);
    if (name.ends_with("Service")) name.remove_suffix(7);
  }
  const EntityDeclaration* declaration = find_entity(name);
  if (declaration == nullptr) {
    std::vector<std::string_view> names;
    for (const EntityDeclaration* entity : entities()) names.push_back(entity->name);
    const std::string hint = suggest(name, names);
    return fail("entity.unknown", "unknown entity '" + std::string(name.substr(0, 60)) + "'",
                (hint.empty() ? "" : hint + " ") + "(`mimus entities` lists all)");
  }
  MIMUS_ASSIGN(const Call own, with_parameter_names(call, *declaration));
  MIMUS_ASSIGN(Arguments arguments,
               match_arguments(own, declaration->parameters, {.family = "entity", .keywords_only = true}));
  environment.dataset = arguments.text_or("dataset", environment.dataset);
  if (!is_country_code(environment.dataset)) {
    return fail("entity.dataset", "invalid dataset '" + environment.dataset.substr(0, 40) + "' of " + call.name,
                "a country's code of two letters, as US");
  }
  if (declaration->check) MIMUS_TRY(declaration->check(arguments, environment));
  std::shared_ptr<Entity> out(new Entity(*declaration, std::move(arguments), std::move(environment)));
  MIMUS_TRY(out->make_parts());
  return out;
}

Entity::Entity(const EntityDeclaration& declaration, Arguments arguments, EntityEnvironment environment)
    : declaration_(&declaration),
      arguments_(std::move(arguments)),
      environment_(std::move(environment)),
      dataset_(*environment_.pack, environment_.dataset) {}

// The entities in attributes, with the same environment, and where the attributes' needs are.
Status Entity::make_parts() {
  const auto& attributes = declaration_->attributes;
  parts_.resize(attributes.size());
  needs_.resize(attributes.size());
  for (std::size_t number = 0; number < attributes.size(); ++number) {
    if (attributes[number].entity.empty()) continue;
    MIMUS_ASSIGN(const Call call, parse_call(attributes[number].entity));
    MIMUS_ASSIGN(parts_[number], make(call, environment_));
  }
  for (std::size_t number = 0; number < attributes.size(); ++number) {
    for (const std::string_view need : attributes[number].needs) {
      const auto dot = need.find('.');
      const auto own = number_of(*declaration_, need.substr(0, dot));
      assert(own);
      Need found{*own, std::nullopt};
      if (dot != std::string_view::npos) found.inner = number_of(parts_[*own]->declaration(), need.substr(dot + 1));
      assert(dot == std::string_view::npos || found.inner);
      needs_[number].push_back(found);
    }
  }
  return {};
}

std::optional<std::size_t> Entity::find(std::string_view name) const {
  if (name.starts_with('?')) return std::nullopt;
  if (const auto known = number_of(*declaration_, name)) return known;
  return number_of(*declaration_, snake_case(name));
}

std::vector<std::size_t> Entity::listed() const {
  std::vector<std::size_t> out;
  for (std::size_t number = 0; number < declaration_->attributes.size(); ++number) {
    const AttributeDeclaration& attribute = declaration_->attributes[number];
    if (attribute.listed && !attribute.name.starts_with('?')) out.push_back(number);
  }
  return out;
}

EntityBatch::EntityBatch(std::shared_ptr<const Entity> entity)
    : entity_(std::move(entity)),
      columns_(entity_->declaration().attributes.size()),
      made_(columns_.size()),
      parts_(columns_.size()) {}

void EntityBatch::start(const Rows& rows, const Stream& stream) {
  rows_ = rows;
  stream_ = stream;
  made_.assign(made_.size(), false);
}

const Column& EntityBatch::column(std::size_t attribute) {
  if (!made_[attribute]) {
    make(attribute);
    made_[attribute] = true;
  }
  return columns_[attribute];
}

EntityBatch& EntityBatch::part(std::size_t attribute) {
  std::unique_ptr<EntityBatch>& part = parts_[attribute];
  if (!part) part = std::make_unique<EntityBatch>(entity_->part(attribute));
  // Not started for this batch yet.
  if (!made_[attribute]) {
    part->start(rows_, stream_.sub(entity_->attribute(attribute).name));
    made_[attribute] = true;
    columns_[attribute].reset(Type::Null, 0);
  }
  return *part;
}

void EntityBatch::make(std::size_t attribute) {
  const AttributeDeclaration& declaration = entity_->attribute(attribute);
  if (declaration.many) return make_list(attribute, columns_[attribute]);
  Making making(*this, attribute);
  declaration.make(making);
}

// Several entities for a row: rows of their own, numbered within the root record.
void EntityBatch::make_list(std::size_t attribute, Column& out) {
  constexpr std::uint32_t kMost = 32;  // of one row
  Making making(*this, attribute);
  const ColumnInts counts(making.need(0));
  std::vector<std::uint64_t> roots;
  std::vector<std::uint32_t> ordinals;
  std::vector<std::uint32_t> offsets{0};
  for (std::size_t k = 0; k < rows_.count; ++k) {
    const auto count = static_cast<std::uint32_t>(counts[k]);
    for (std::uint32_t i = 0; i < count; ++i) {
      roots.push_back(rows_[k].root);
      ordinals.push_back(rows_[k].ordinal * kMost + i);
    }
    offsets.push_back(offsets.back() + count);
  }
  const Rows rows{.count = roots.size(), .roots = roots.data(), .ordinals = ordinals.data()};
  EntityBatch batch(entity_->part(attribute));
  batch.start(rows, making.stream());
  Column elements;
  fill_record(batch, rows.count, elements);
  // What is made lies in the batch, which ends here: texts of their own.
  std::vector<Value> values(rows_.count);
  for (std::size_t k = 0; k < rows_.count; ++k) {
    ValueList items;
    for (std::uint32_t i = offsets[k]; i < offsets[k + 1]; ++i) items.push_back(value_at(elements, i));
    values[k] = Value::list(std::move(items));
  }
  out.reset(Type::Dynamic, rows_.count);
  out.values = std::move(values);
}

const Choice& EntityBatch::choice(std::string_view kind) {
  const auto known = choices_.find(kind);
  if (known != choices_.end()) return known->second;
  return choices_.emplace(std::string(kind), Choice(entity_->dataset().table(kind))).first->second;
}

std::shared_ptr<const Column> EntityBatch::words(const std::string& name, const std::vector<PackTexts>& lists) {
  std::shared_ptr<const Column>& words = words_[name];
  if (!words) words = words_of(lists);
  return words;
}

void view_column(const Column& column, Column& out) {
  out.reset(column.type, column.size);
  out.form = column.form;
  out.clean = column.clean;
  out.scale = column.scale;
  out.present = column.present;
  out.valid = column.valid;
  out.bools = column.bools;
  out.ints = column.ints;
  out.floats = column.floats;
  out.texts = column.texts;
  out.values = column.values;
  out.indices = column.indices;
  out.offsets = column.offsets;
  out.dictionary = column.dictionary;
  out.record = column.record;
}

void copy_column(const Column& column, Column& out) {
  view_column(column, out);
  if (column.type != Type::String || column.form == Form::Dictionary || column.arena.empty()) return;
  char* base = out.make_arena(column.arena.size());
  std::ranges::copy(column.arena, base);
  // A text that is empty may point anywhere.
  for (std::string_view& text : out.texts) {
    if (!text.empty()) text = {base + (text.data() - column.arena.data()), text.size()};
  }
}

void fill_record(EntityBatch& batch, std::size_t rows, Column& out) {
  out.reset(Type::Struct, rows);
  out.record = std::make_shared<Record>();
  out.record->rows = rows;
  for (const std::size_t number : batch.entity().listed()) {
    Field& field = out.record->fields.emplace_back(std::string(batch.entity().attribute(number).name), Column{});
    const AttributeDeclaration& attribute = batch.entity().attribute(number);
    if (attribute.entity.empty() || attribute.many) {
      view_column(batch.column(number), field.column);
    } else {
      fill_record(batch.part(number), rows, field.column);
    }
  }
}

}  // namespace mimus
