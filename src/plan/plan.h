// The plan of one outermost generate: names bound to places in records, sources opened, calls made into generators and
// encoders. A tree of plain structs that run/ carries out, a batch of columns at a time.
//
// Records are flattened into shapes: a shape is the list of fields of one record type, the record of a level or a dict
// inside of it. Every statement writes one field of one shape; shapes are numbered, so that a thread keeps its columns
// in one array. A plan is immutable and may be used by many threads.
#pragma once

#include <cstdint>
#include <functional>
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
#include "plan/conversions.h"
#include "plan/databases.h"
#include "plan/entity.h"
#include "plan/expression.h"
#include "plan/source_text.h"
#include "plan/sql_script.h"
#include "random/philox.h"
#include "source/filtered.h"
#include "source/memstore.h"
#include "source/source.h"
#include "target/target.h"

namespace mimus {

// A simple value: one column for the rows of its level.
struct ValuePlan {
  std::shared_ptr<const Column> constant;      // either: one value, in the constant form
  std::shared_ptr<const Generator> generator;  // or: drawn for each row
  std::optional<ExpressionPlan> script;        // or: computed for each row
  std::optional<TextPlan> text;                // or: a text with variables
  std::optional<ExpressionPlan> fallback;      // where the script fails
  bool simple_only = false;                    // the script must not give lists or dicts
  std::optional<AttributeText> in_format;      // a text as a date and time: strptime codes, or "epoch"
  Stream stream;
  std::optional<DateFormat> format;  // a date and time as a text
  std::optional<SimpleType> cast;
  ConversionPlan conversion;  // of what is not null by the quota
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
  // The source, when rules have taken some of its rows away.
  std::shared_ptr<const FilteredSource> filtered;
};

// Which of n rows come in random order: all, of which the first are taken; or the first ones, among themselves.
enum class Shuffle : std::uint8_t { All, Taken };

struct CountPlan {
  enum class Kind { Source, Fixed, Range, Expression } kind = Kind::Source;
  std::uint64_t least = 0;  // Fixed: how many
  std::uint64_t most = 0;
  Stream stream;
  std::optional<ExpressionPlan> expression;
};

// <variable source> that is no file and no store: an expression that gives a list, whose elements are read in turn.
struct ListedPlan {
  ExpressionPlan script;
  // Whose names it knows, and how often it is evaluated: once a run, of the first record; for each record around the
  // list in which it stands; in a branch for each row.
  enum class Scope : std::uint8_t { FirstRecord, Around, Row } scope = Scope::FirstRecord;
  std::size_t number = 0;  // FirstRecord: of the plan's
  bool cyclic = false;
  bool ordered = false;
  Stream order;
};

struct LevelPlan;

// What a counter counts that not every row carries out: how often it has been carried out before, in the whole run or
// in the list that a row stands in.
struct RankPlan {
  enum class Scope : std::uint8_t { Run, List } scope = Scope::Run;
  std::size_t number = 0;  // of the plan's ranks
};

// <key>: a value into a field.
struct KeyPlan {
  FieldPlace place;
  ValuePlan value;
  std::optional<RankPlan> rank;
  bool restart = false;  // a counter gives its start every time
};

// <key> with <element>s, when the fields of its record are there: "#text" first, then the attributes. Where no
// attribute is present, the field is its text alone.
struct TextedPlan {
  FieldPlace place;
  std::size_t shape = 0;
};

// <variable> that something reads: a value, or a row of a source as a map, or the rows of a query, or an entity.
struct VariablePlan {
  std::size_t variable = 0;  // its number in the plan
  std::variant<ValuePlan, SourcePlan, ListedPlan, AskedPlan, EntityPlan> way;
  std::optional<RankPlan> rank;            // of a value
  std::shared_ptr<const TextScope> texts;  // of a scripted source
};

// A variable or counter with an end: the level's rows end there.
struct BoundPlan {
  std::uint64_t length = 0;
};

// The records that a statement makes for each row of the level around it.
struct ElementsPlan {
  CountPlan count;
  std::optional<SourcePlan> source;
  Shuffle shuffle = Shuffle::Taken;
  std::uint64_t bound = UINT64_MAX;         // at most so many, since something they are made of has no more
  std::vector<ExpressionPlan> list_bounds;  // nor more than these lists have elements, in the record around
  std::unique_ptr<LevelPlan> level;
  std::string label;
  Location at;
};

// <nestedKey type="list">, or of a memstore's type: a list of records.
struct ListPlan {
  FieldPlace place;
  ElementsPlan elements;
};

// <generate> inside of another one: a product of its own, and a list for the statements after it.
struct InnerGeneratePlan {
  ElementsPlan elements;
  std::optional<ExpressionPlan> script;  // instead of a source: the records to begin with
  bool ordered = false;                  // of the script's records
  Stream order;
  std::size_t variable = 0;  // the list
  // The products inside of it have levels up to this one.
  std::size_t last_level = 0;
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

// <nestedKey script>: the records that an expression gives, with fields over them.
struct ScriptedPlan {
  FieldPlace place;
  ExpressionPlan script;
  std::optional<ExpressionPlan> fallback;
  CountPlan count;  // Source: as many as the expression gives
  bool cyclic = false;
  std::size_t list_shape = 0;  // of the records of a list; a dict is a list of one until it is stored
  // The script gives the name of a source; this its records. Any thread.
  std::function<Result<Value>(const std::string& name)> open;
  std::optional<Stream> shuffle;  // of the records taken
  std::unique_ptr<LevelPlan> level;
  std::string label;
  Location at;
};

// <list>: a value for each item, a record or null.
struct ItemPlan {
  std::optional<ExpressionPlan> condition;
  std::unique_ptr<LevelPlan> level;
};
struct ItemsPlan {
  FieldPlace place;
  std::vector<ItemPlan> items;
};

// <array>: a list of simple values, random ones of a type or those that an expression gives.
struct ArrayPlan {
  FieldPlace place;
  std::optional<ExpressionPlan> script;
  std::shared_ptr<const Generator> generator;
  std::uint64_t count = 0;
  Stream stream;
  std::string label;
  Location at;
};

// <echo>: its text is evaluated, since it may fail; it is shown to nobody at the default level of the log.
struct EchoPlan {
  TextPlan text;
};

// <include> inside of a generate: another descriptor's statements, for each record.
struct IncludePlan {
  const Include* include = nullptr;   // borrowed from the model
  std::optional<ExpressionPlan> uri;  // known only then
  std::vector<NameLink> records;      // whose variables and fields the descriptor may name, the outermost first
  Stream seed;                        // a row's draw is the seed of its execution
  std::string label;
};

// A Python file, and the variables that get what it defines.
struct PythonFilePlan {
  std::function<Result<ValueMap>(Row row)> run;
  std::vector<std::pair<std::string, std::size_t>> variables;  // name, number
};

// <execute> of a file, for each row.
struct ExecutePlan {
  std::shared_ptr<const SqlScript> script;  // or
  std::optional<PythonFilePlan> python;
};

// The texts of the source's rows in a shape: those of its base and of its first fields.
struct TextsPlan {
  std::size_t shape = 0;
  std::size_t fields = 0;
  std::shared_ptr<const TextScope> scope;
  bool tentative = false;  // what fails is left for the LastTextsPlan of the shape
};

// An entry of a base over which statements have made a shape of its own.
struct ExtendedEntry {
  std::size_t outer = 0;
  std::string name;
  std::size_t shape = 0;
};

// What was left of the texts, when all statements of the record have run; what they have overridden is gone.
struct LastTextsPlan {
  std::size_t shape = 0;
  std::shared_ptr<const TextScope> first;
  std::shared_ptr<const TextScope> last;
  std::vector<ExtendedEntry> extended;  // in the shape and in those, outermost first
};

// <reference>: one of the values that a column has.
struct ReferencePlan {
  FieldPlace place;
  std::shared_ptr<const Column> values;  // flat, not empty
  bool unique = false;                   // each once in the records of a generate
  Stream stream;
  std::string label;
  Location at;
};

// A rule that takes records away: those for which `condition` holds and `then` does not.
struct DropPlan {
  ExpressionPlan condition;
  ExpressionPlan then;
};

// Converters of the record or list in a field, where it is there.
struct ConvertPlan {
  FieldPlace place;
  ConversionPlan conversion;
  bool each = false;  // of a list: of its elements
};

// Converters of the level's records: what they give goes into another shape.
struct ConvertRecordsPlan {
  std::size_t from = 0, to = 0;
  ConversionPlan conversion;
};

// Scripts of Python that share state: all of them in one record, then in the next one.
struct SequencePlan {
  std::vector<std::variant<KeyPlan, VariablePlan>> parts;  // whose values are scripts
  // The names with a value for each row, and the part whose expression binds them.
  std::vector<std::pair<std::string, std::size_t>> parameters;
  std::shared_ptr<const python::Sequence> sequence;
};

struct BranchPlan;

// <condition>, and what has a condition of its own: the statements of the first branch that holds.
struct ConditionPlan {
  bool strict = false;  // the condition must be True or False
  // The shapes that have a record for each row of the level: its own, and those of the dicts in it.
  std::vector<std::size_t> shapes;
  std::vector<std::size_t> fresh;            // those of them that only the branches make
  std::vector<std::size_t> variables;        // of the level
  std::vector<std::size_t> fresh_variables;  // those of them that only the branches make
  bool kept_only = false;                    // none of the rows that rules have dropped
  bool one_by_one = false;                   // the only branch is carried out for each row by itself, in their order
  bool restart = false;                      // a counter in a branch gives its start every time
  std::vector<BranchPlan> branches;
};

using StepPlan =
    std::variant<KeyPlan, TextedPlan, VariablePlan, BoundPlan, ListPlan, DictPlan, ExtendPlan, ScriptedPlan, ItemsPlan,
                 ArrayPlan, EchoPlan, ConditionPlan, InnerGeneratePlan, IncludePlan, ExecutePlan, TextsPlan,
                 LastTextsPlan, ReferencePlan, DropPlan, ConvertPlan, ConvertRecordsPlan, SequencePlan>;

struct BranchPlan {
  std::optional<ExpressionPlan> condition;  // none: always
  std::vector<StepPlan> steps;
};

struct LevelPlan {
  std::size_t number = 0;  // 0: the generate's own
  std::size_t shape = 0;
  std::vector<StepPlan> steps;
  // Shapes of what targets need beside the record: as many rows as the level.
  std::vector<std::size_t> value_shapes;
  bool drops = false;  // there are DropPlans in it
  // The shape of its records as others see them, when converters have made them; also one of the value_shapes.
  std::optional<std::size_t> converted;

  [[nodiscard]] std::size_t record_shape() const { return converted.value_or(shape); }
};

// The name that each record gives to its file.
struct FileNamePlan {
  FieldPlace place;
  Location at;
};

struct TargetPlan {
  std::shared_ptr<const FileTarget> file;  // or
  MemoryStore* memstore = nullptr;         // borrowed
  std::string name;                        // of its files, without numbers and extension
  std::optional<FileNamePlan> file_name;
  std::optional<std::size_t> shape;  // of the values that its encoder gets in the place of records
  bool at_end = false;               // of a table: nothing is written before the generate's end
};

// The records of a generate, the outermost or one inside of it, and what becomes of them.
struct ProductPlan {
  std::string name;          // of files and stores
  std::string capture_name;  // with the names of the generates between the outermost one and it: "mid|inner"
  Location at;
  std::size_t level = 0;
  std::size_t shape = 0;
  std::uint64_t page_size = 1;  // records that targets see as one page
  std::vector<TargetPlan> targets;
  bool drops = false;  // not every row of the level becomes a record
};

struct GeneratePlan {
  std::string name;
  Location at;
  std::uint64_t count = 0;  // records, all bounds counted in
  std::optional<SourcePlan> source;
  std::vector<ShapePlan> shapes;
  std::size_t levels = 0;
  std::size_t variables = 0;
  std::vector<bool> is_read;  // by number of the variable: something reads it
  // Variables whose lists, sets and dicts expressions change: they stay with the interpreter.
  std::vector<std::size_t> held_variables;
  LevelPlan level;
  // A variable or counter ends the records before their count is reached: so many of the level's first steps are
  // carried out once more, for the products of the inner generates in them.
  std::optional<std::size_t> tail_steps;
  std::vector<ProductPlan> products;  // each after those inside of it; the generate's own last
  std::size_t ranks = 0;
  std::size_t listed = 0;  // lists that are read from the first record
  // Rows must be evaluated in their order, by one thread: what one row does, others see.
  bool in_order = false;
  // And each row wholly before the next one.
  bool row_by_row = false;
};

}  // namespace mimus
