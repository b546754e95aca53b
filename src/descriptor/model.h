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

// A Python expression and where its first character stands.
using ExpressionText = AttributeText;

// Exactly as many as given, or the value of an expression in braces ({n}, in <nestedKey> also {n + 1}).
struct CountText {
  std::optional<std::uint64_t> number;
  std::string name;  // when there is no number and the expression is a plain or dotted name
  Location at;
  std::optional<ExpressionText> expression;  // when there is no number: the inside of the braces
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

// What stands around a variable in a text: __name__.
struct TextMarks {
  std::string prefix = "__";
  std::string suffix = "__";
};

// Where a value of a key, element or variable comes from: at most one is set; none: a random value of `type`.
struct ValueWay {
  std::optional<ExpressionText> script;
  std::optional<AttributeText> constant;
  std::optional<AttributeText> string;  // a text with variables between the marks
  std::optional<ValueChoice> values;
  std::optional<CallText> generator;
  std::optional<AttributeText> source;
  std::optional<AttributeText> pattern;
  std::optional<AttributeText> entity;  // of variables
};

// How the rows of a source are read. What is not given is filled in from <setup>, but for the separator.
struct SourceOptions {
  std::optional<AttributeText> separator;
  bool cyclic = false;
  Distribution distribution = Distribution::Random;
  bool scripted = false;  // texts of the source hold expressions and variables; true only where there is a source
  std::optional<AttributeText> selector;
  std::optional<AttributeText> iteration_selector;  // of variables
  std::optional<AttributeText> weight_column;       // of variables
  std::optional<AttributeText> encoding;            // of generates
  std::optional<AttributeText> uri;                 // of generates: a path in an object storage
  std::optional<AttributeText> bucket;              // of generates: bucket or container
};

// <element>: the XML attribute @name of the <key>, <nestedKey> or <item> around it.
struct ElementAttribute {
  AttributeText name;
  Path path;
  Location at;
  ValueWay way;
  SourceOptions source_options;
  std::optional<SimpleType> type;
  std::optional<AttributeText> out_date_format;
  std::optional<AttributeText> in_date_format;
  std::optional<ExpressionText> condition;
  std::optional<ExpressionText> default_value;
  std::vector<CallText> converters;
  TextMarks marks;
  std::optional<std::uint64_t> rng_seed;
};

struct Key {
  AttributeText name;
  Path path;
  Location at;
  ValueWay way;
  SourceOptions source_options;
  std::optional<SimpleType> type;
  double null_quota = 0;
  bool unique = false;  // each value at most once in a run
  std::optional<AttributeText> out_date_format;
  std::optional<AttributeText> in_date_format;
  std::optional<ExpressionText> condition;
  std::optional<ExpressionText> default_value;
  std::vector<CallText> converters;
  TextMarks marks;
  std::optional<std::uint64_t> rng_seed;
  std::optional<AttributeText> database;
  std::vector<ElementAttribute> elements;
};

// Of entities, and of generators that take a country.
struct EntityOptions {
  std::optional<AttributeText> dataset;
  std::optional<AttributeText> locale;
  std::optional<std::int64_t> age_min, age_max;
  std::optional<AttributeText> conditions_include, conditions_exclude;
};

struct Variable {
  AttributeText name;
  Path path;
  Location at;
  ValueWay way;
  SourceOptions source_options;
  std::optional<SimpleType> type;
  std::optional<AttributeText> source_type;  // the text of `type`, as a type of the source
  std::optional<AttributeText> out_date_format;
  std::optional<AttributeText> in_date_format;
  std::optional<ExpressionText> default_value;
  std::vector<CallText> converters;
  TextMarks marks;
  std::optional<std::uint64_t> rng_seed;
  bool unique = false;  // each value at most once in a run
  EntityOptions entity;
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
  std::optional<ExpressionText> script;  // then there is neither source nor type, and `kind` says nothing
  std::optional<ExpressionText> condition;
  std::optional<ExpressionText> default_value;
  std::vector<CallText> converters;  // of each record
  TextMarks marks;                   // of scripted sources
  std::optional<std::uint64_t> rng_seed;
  std::vector<Statement> children;  // among them its ElementAttributes
};

struct Item {
  Path path;
  Location at;
  std::optional<ExpressionText> condition;
  std::vector<Statement> children;
};

// <list>: one entry for each item.
struct ListElement {
  AttributeText name;
  Path path;
  Location at;
  std::vector<CallText> converters;  // of the whole list
  std::vector<Item> items;
};

// <array>: either `script`, or `type` and `count`.
struct Array {
  AttributeText name;
  Path path;
  Location at;
  std::optional<SimpleType> type;
  std::optional<std::uint64_t> count;
  std::optional<ExpressionText> script;
};

// <reference>: a value of a column of a table.
struct Reference {
  AttributeText name;
  Path path;
  Location at;
  AttributeText source;
  AttributeText source_type;
  AttributeText source_key;
  bool unique = false;
};

struct Branch {
  Location at;
  std::optional<ExpressionText> condition;  // none: <else>
  std::vector<Statement> children;
};

// <condition>: the children of the first branch that holds, as if they stood in its place. It is no step of a path: its
// children are numbered among the siblings around it.
struct Condition {
  Location at;
  std::vector<Branch> branches;
};

// A line in the log. In braces: expressions.
struct Echo {
  AttributeText text;
  Path path;
  Location at;
};

// <execute>: a file of Python, or of SQL for the database `target`.
struct Execute {
  AttributeText uri;
  std::optional<AttributeText> target;
  Path path;
  Location at;
};

struct Setup;

struct Include {
  AttributeText uri;
  std::shared_ptr<const Setup> setup;  // of a descriptor; properties are applied when they are read
  Path path;
  Location at;
  std::optional<ExpressionText> expression;  // the uri is known only when it runs: the inside of its braces
};

struct Rule {
  ExpressionText condition;            // the attribute `if`
  std::optional<AttributeText> field;  // what is assigned to, a path with '|'; none: `then` is a condition
  ExpressionText then;
  Location at;
};

enum class RulesKind { SourceConstraints, Mapping, TargetConstraints };

struct Rules {
  RulesKind kind = RulesKind::SourceConstraints;
  Location at;
  std::vector<Rule> rules;
};

// In a <setup>, or inside of another one.
struct Generate {
  AttributeText name;
  Path path;
  Location at;
  std::optional<CountText> count;
  std::optional<AttributeText> source;
  std::optional<AttributeText> type;
  SourceOptions source_options;
  std::vector<CallText> targets;
  std::optional<ExpressionText> script;
  std::vector<CallText> converters;  // of each record
  TextMarks marks;
  std::optional<AttributeText> target_entity;
  std::optional<AttributeText> storage_id;
  std::optional<AttributeText> export_uri;
  std::optional<std::uint64_t> rng_seed;
  std::optional<std::uint64_t> page_size;
  std::optional<std::uint64_t> num_process;
  std::vector<Rules> rules;
  std::vector<Statement> children;
};

struct Statement {
  std::variant<Key, Variable, NestedKey, ListElement, Array, ElementAttribute, Reference, Condition, Generate, Echo,
               Execute, Include>
      node;
};

struct Memstore {
  AttributeText id;
};

// <generator>: a generator that others share by its name.
struct GeneratorDefinition {
  AttributeText name;
  CallText generator;
  Path path;
  Location at;
};

// A system outside. Settings of the environment are merged in when it is opened.
struct Connection {
  enum class Kind { Database, MongoDb, ObjectStorage } kind = Kind::Database;
  AttributeText id;
  std::vector<std::pair<std::string, AttributeText>> attributes;  // all others, in their order
  Location at;
};

struct Demographics {
  AttributeText dataset, version, dir;
  std::optional<std::uint64_t> rng_seed;
  Path path;
  Location at;
};

struct SetupStatement {
  std::variant<Memstore, Include, Variable, Generate, Echo, Execute, GeneratorDefinition, Connection, Demographics>
      node;
};

// Attributes not given are inherited from the including descriptor.
struct SetupDefaults {
  std::string separator;  // empty: the run's for what it writes, '|' for what it reads
  std::string dataset = "US";
  std::string locale = "en";
  bool report_logging = true;
  std::string line_separator = "\n";  // with its escapes replaced
  bool source_scripted = false;
  TextMarks marks;
  std::optional<std::uint64_t> num_process;
};

struct Setup {
  SetupDefaults defaults;
  std::optional<std::uint64_t> rng_seed;
  // Properties known at the end of this descriptor, in order of names.
  std::vector<std::pair<std::string, std::string>> properties;
  // Names of the <generator>s known then, its own and those of the descriptors around.
  std::vector<std::string> generators;
  bool has_scripts = false;  // Python files are executed in it, or in those around, which may define more
  std::vector<SetupStatement> statements;
};

}  // namespace mimus
