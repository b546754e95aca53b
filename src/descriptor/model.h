// The model of a descriptor: plain structs, one an element, with the place of everything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "descriptor/literal.h"
#include "random/path.h"

namespace mimus {

// An attribute's text and where it stands.
struct AttributeText {
  std::string text;
  Location at;
};

enum class SimpleType { String, Int, Float, Bool };
[[nodiscard]] std::string_view simple_type_name(SimpleType type);

enum class Distribution { Random, Ordered };

// Exactly as many as given, or the value of a name ({n}).
struct CountText {
  std::optional<std::uint64_t> number;
  std::string name;  // when there is no number
  Location at;
};

// One of many given values.
struct ValueChoice {
  std::vector<Value> items;
  Location at;
};

// A generator or target with arguments. Offsets in `call` count from `at`.
struct CallText {
  Call call;
  std::string text;
  Location at;
};

// Where a value of a key or variable comes from; none set: a random value of `type`.
struct ValueWay {
  std::optional<AttributeText> constant;
  std::optional<ValueChoice> values;
  std::optional<CallText> generator;
  std::optional<AttributeText> source;
  std::optional<AttributeText> pattern;
};

struct SourceOptions {
  std::optional<AttributeText> separator;
  bool cyclic = false;
  Distribution distribution = Distribution::Random;
};

struct Key {
  AttributeText name;
  Path path;
  Location at;
  ValueWay way;
  SourceOptions source_options;
  std::optional<SimpleType> type;
  double null_quota = 0;
  std::optional<AttributeText> out_date_format;
};

struct Variable {
  AttributeText name;
  Path path;
  Location at;
  ValueWay way;
  SourceOptions source_options;
  std::optional<SimpleType> type;
  std::optional<AttributeText> source_type;  // the text of `type`, as a memstore's type
  std::optional<AttributeText> out_date_format;
};

struct Statement;

enum class NestedKind { List, Dict, Extend, Stored };

struct NestedKey {
  AttributeText name;
  Path path;
  Location at;
  NestedKind kind = NestedKind::Extend;
  std::optional<AttributeText> type;
  std::optional<CountText> count;
  std::optional<std::uint64_t> min_count, max_count;
  std::optional<AttributeText> source;
  SourceOptions source_options;
  std::vector<Statement> children;
};

struct Statement {
  std::variant<Key, Variable, NestedKey> node;
};

struct Memstore {
  AttributeText id;
};

struct Generate {
  AttributeText name;
  Path path;
  Location at;
  std::optional<CountText> count;
  std::optional<AttributeText> source;
  std::optional<AttributeText> type;
  SourceOptions source_options;
  std::vector<CallText> targets;
  std::vector<Statement> children;
};

struct Setup;

struct Include {
  AttributeText uri;
  std::shared_ptr<const Setup> setup;  // of a descriptor; properties are applied when they are read
};

struct SetupStatement {
  std::variant<Memstore, Include, Variable, Generate> node;
};

// Attributes not given are inherited from the including descriptor.
struct SetupDefaults {
  std::string separator = "|";
  std::string dataset = "US";
  std::string locale = "en";
  bool report_logging = true;
};

struct Setup {
  SetupDefaults defaults;
  std::optional<std::uint64_t> rng_seed;
  // Properties known at the end of this descriptor, in order of names.
  std::vector<std::pair<std::string, std::string>> properties;
  std::vector<SetupStatement> statements;
};

}  // namespace mimus
