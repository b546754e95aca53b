// <variable entity>: which attributes of the entity the descriptor reads, so that no others are made.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/entity.h"
#include "plan/expression.h"
#include "random/philox.h"

namespace mimus {

// A field of the record that stands for an entity.
struct EntityField {
  std::string name;           // as it is read: given_name, or givenName
  std::size_t attribute = 0;  // its number in the entity
  // Of an entity in the attribute: what is read of it.
  std::vector<EntityField> inner = {};
};

struct EntityPlan {
  std::shared_ptr<const Entity> entity;
  std::shared_ptr<std::vector<EntityField>> fields;  // complete when the generate is bound
  Stream stream;
};

// Fails with entity.*, the place in `where`.
[[nodiscard]] Result<EntityPlan> bind_entity(const Variable& variable, const SetupScope& scope);

// What is wrong with the entity, as far as it can be said before anything runs.
[[nodiscard]] std::optional<Diagnostic> check_entity(const Variable& variable);

// Adds the fields that an expression reads of the variable. Fails with entity.attribute for one that there is none of.
[[nodiscard]] Status collect_fields(const ExpressionPlan& expression, std::size_t variable, EntityPlan& plan);
// All that the entity has as a map.
void add_all_fields(const Entity& entity, std::vector<EntityField>& fields);

// The entity of the first row, with all of its attributes, as a map.
[[nodiscard]] Value entity_value(const EntityPlan& plan);

// The record of the fields for the rows of a batch that was started.
void fill_fields(EntityBatch& batch, const std::vector<EntityField>& fields, std::size_t rows, Column& out);

}  // namespace mimus
