// Entities: people, places, companies … with attributes that fit each other, and how they declare themselves.
//
// An entity is one file in this folder: a function that returns its EntityDeclaration, and a line in registry.cc. From
// the declaration come the checker's messages, `mimus entities`, completion and the reference page.
//
// An attribute is a pure function of (stream of the entity, its own name, row) and of the other attributes it needs:
// what is not asked for costs nothing and changes nothing. EntityBatch makes the columns of a batch of rows, each at
// most once.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/record.h"
#include "descriptor/literal.h"
#include "descriptor/parameters.h"
#include "domain/population.h"
#include "generator/word_choice.h"
#include "pack/pack.h"
#include "random/draws.h"

namespace mimus {

class Making;

struct AttributeDeclaration {
  std::string_view name;  // "?…": only for other attributes
  std::string_view summary;
  Type type = Type::String;
  // Fills the column; reads its needs by their place in `needs`, its words by their place in `choices`.
  std::function<void(Making&)> make;
  // Other attributes: "given_name", or one of an entity in an attribute: "address.city".
  std::vector<std::string_view> needs = {};
  std::vector<std::string_view> choices = {};  // kinds of tables of the dataset
  std::string_view entity = {};                // instead of `make`: an entity, as "Person(min_age=25)"
  bool many = false;                           // a list of them: the first of `needs` says how many in each row
  bool listed = true;                          // it belongs to the entity as a map
};

// What an entity may know of the run, and what stands beside it in the descriptor.
struct EntityEnvironment {
  const Pack* pack = nullptr;
  Timestamp now;
  std::string dataset = "US";
  std::optional<std::int64_t> age_min = {}, age_max = {};
  std::vector<std::string> conditions_include = {}, conditions_exclude = {};
  std::shared_ptr<const Population> population = {};  // of <demographics>; nullptr: none
};

struct EntityDeclaration {
  std::string_view name;
  std::string_view summary;
  std::vector<ParameterDeclaration> parameters;
  std::vector<AttributeDeclaration> attributes;
  // Of arguments that are right by themselves but not together; may be empty.
  std::function<Status(const Arguments& arguments, const EntityEnvironment& environment)> check = {};
};

// An entity as a descriptor wants it. Immutable, thread-safe.
class Entity {
 public:
  // Fails with entity.unknown, entity.argument, entity.dataset; `where.column` is the offset in the text of the call.
  [[nodiscard]] static Result<std::shared_ptr<const Entity>> make(const Call& call, EntityEnvironment environment);

  [[nodiscard]] const EntityDeclaration& declaration() const { return *declaration_; }
  [[nodiscard]] const Arguments& arguments() const { return arguments_; }
  [[nodiscard]] const EntityEnvironment& environment() const { return environment_; }
  [[nodiscard]] const Dataset& dataset() const { return dataset_; }

  // The number of an attribute; names in camelCase are taken for those in snake_case.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  [[nodiscard]] const AttributeDeclaration& attribute(std::size_t number) const {
    return declaration_->attributes[number];
  }
  // The entity that stands in an attribute, or nullptr.
  [[nodiscard]] const std::shared_ptr<const Entity>& part(std::size_t number) const { return parts_[number]; }
  // The attributes of the entity as a map, by their numbers.
  [[nodiscard]] std::vector<std::size_t> listed() const;

 private:
  friend class EntityBatch;
  friend class Making;
  Entity(const EntityDeclaration& declaration, Arguments arguments, EntityEnvironment environment);
  [[nodiscard]] Status make_parts();

  // Another attribute, or one of an entity in an attribute: their numbers.
  struct Need {
    std::size_t attribute = 0;
    std::optional<std::size_t> inner;
  };

  const EntityDeclaration* declaration_;
  Arguments arguments_;
  EntityEnvironment environment_;
  Dataset dataset_;
  std::vector<std::shared_ptr<const Entity>> parts_;
  std::vector<std::vector<Need>> needs_;
};

// An entity in the batches of one thread. One thread at a time.
class EntityBatch {
 public:
  explicit EntityBatch(std::shared_ptr<const Entity> entity);

  // The rows to come, which are borrowed until the next call.
  void start(const Rows& rows, const Stream& stream);

  [[nodiscard]] const Entity& entity() const { return *entity_; }
  // A column of this batch; valid until the next start().
  [[nodiscard]] const Column& column(std::size_t attribute);
  // The entity in an attribute, for the same rows.
  [[nodiscard]] EntityBatch& part(std::size_t attribute);

 private:
  friend class Making;
  void make(std::size_t attribute);
  void make_list(std::size_t attribute, Column& out);
  [[nodiscard]] const Choice& choice(std::string_view kind);
  [[nodiscard]] std::shared_ptr<const Column> words(const std::string& name, const std::vector<PackTexts>& lists);

  std::shared_ptr<const Entity> entity_;
  Rows rows_;
  Stream stream_;
  std::vector<Column> columns_;
  std::vector<bool> made_;
  std::vector<std::unique_ptr<EntityBatch>> parts_;
  std::map<std::string, Choice, std::less<>> choices_;
  std::map<std::string, std::shared_ptr<const Column>, std::less<>> words_;
};

// The entity as a column of records: the attributes of its map, those of entities in it included.
void fill_record(EntityBatch& batch, std::size_t rows, Column& out);
// A column of a batch in another place; its texts stay where they are.
void view_column(const Column& column, Column& out);
// The same with texts of its own, but for those of a dictionary.
void copy_column(const Column& column, Column& out);

[[nodiscard]] std::span<const EntityDeclaration* const> entities();
[[nodiscard]] const EntityDeclaration* find_entity(std::string_view name);

}  // namespace mimus
