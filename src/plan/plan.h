// The plan of one outermost generate: names bound to places in records, sources opened, calls made into generators and
// encoders. A tree of plain structs that run/ carries out, a batch of columns at a time.
//
// Records are flattened into shapes: a shape is the list of fields of one record type, the record of a level or a dict
// inside of it. Every statement writes one field of one shape; shapes are numbered, so that a thread keeps its columns
// in one array. A plan is immutable and may be used by many threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date_format.h"
#include "data/column.h"
#include "data/value.h"
#include "descriptor/model.h"
#include "generator/generator.h"
#include "random/philox.h"
#include "source/memstore.h"
#include "source/source.h"
#include "target/target.h"

namespace mimus {

// A field of a shape.
struct FieldPlace {
  std::size_t shape = 0;
  std::size_t field = 0;
};

struct ShapePlan {
  std::vector<std::string> fields;
  bool has_base = false;  // its records lie over maps (rows of a JSON source)
};

// A simple value: one column for the rows of its level.
struct ValuePlan {
  std::shared_ptr<const Column> constant;      // either: one value, in the constant form
  std::shared_ptr<const Generator> generator;  // or: drawn for each row
  Stream stream;
  std::optional<DateFormat> format;  // a date and time as a text
  std::optional<SimpleType> cast;
  double null_quota = 0;
  Stream null_stream;
  std::string label;  // "<key> 'price'": for messages
  Location at;
};

// The rows of a source, in the order in which a level reads them.
struct SourcePlan {
  std::shared_ptr<const Source> source;
  bool cyclic = false;
  bool ordered = false;
  Stream order;  // of random distribution
};

// A value that a name refers to, looked up row by row.
struct NameRef {
  enum class Kind { Value, Field, Variable } kind = Kind::Value;
  Value value;            // of a property, parameter or setup variable
  std::size_t level = 0;  // whose row it is
  FieldPlace field;
  std::size_t variable = 0;
  std::vector<std::string> path;  // keys inside of maps
  std::string text;               // as written, for messages
  Location at;
};

struct CountPlan {
  enum class Kind { Source, Fixed, Range, Name } kind = Kind::Source;
  std::uint64_t least = 0;  // Fixed: how many
  std::uint64_t most = 0;
  Stream stream;
  NameRef name;
};

struct LevelPlan;

// <key>: a value into a field.
struct KeyPlan {
  FieldPlace place;
  ValuePlan value;
};

// <variable> that something reads: a value, or a row of a source as a map.
struct VariablePlan {
  std::size_t variable = 0;  // its number in the plan
  std::variant<ValuePlan, SourcePlan> way;
};

// A variable or counter with an end: the level's rows end there.
struct BoundPlan {
  std::uint64_t length = 0;
};

// <nestedKey type="list">, or of a memstore's type: a list of records.
struct ListPlan {
  FieldPlace place;
  CountPlan count;
  std::optional<SourcePlan> source;
  std::unique_ptr<LevelPlan> level;
  std::string label;
  Location at;
};

// <nestedKey type="dict">, or the start of a|b: a record in a field.
struct DictPlan {
  FieldPlace place;
  std::size_t shape = 0;
  std::optional<Value> base;  // the object of a JSON source
  std::unique_ptr<LevelPlan> level;
};

// <nestedKey> without a type: fields over the map that stands in a field.
struct ExtendPlan {
  FieldPlace place;
  std::string name;
  std::size_t shape = 0;
  // The map is: a dict that an earlier statement of the level has made (`shape` is that dict's own), an entry of the
  // level's base, or the field's own value.
  enum class From { Dict, Base, Field } from = From::Field;
  bool create = false;  // a missing entry counts as an empty map
  std::unique_ptr<LevelPlan> level;
  std::string label;
  Location at;
};

using StepPlan = std::variant<KeyPlan, VariablePlan, BoundPlan, ListPlan, DictPlan, ExtendPlan>;

struct LevelPlan {
  std::size_t number = 0;  // 0: the generate's own
  std::size_t shape = 0;
  std::vector<StepPlan> steps;
};

struct TargetPlan {
  std::shared_ptr<const FileTarget> file;  // or
  MemoryStore* memstore = nullptr;         // borrowed
};

struct GeneratePlan {
  std::string name;
  Location at;
  std::uint64_t count = 0;  // records, all bounds counted in
  std::optional<SourcePlan> source;
  std::vector<ShapePlan> shapes;
  std::size_t levels = 0;
  std::size_t variables = 0;
  LevelPlan level;
  std::vector<TargetPlan> targets;
};

}  // namespace mimus
