// Expressions of a descriptor, parsed, their names bound to places: fields and variables of the records that are being
// made, what the setup knows.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/value.h"
#include "descriptor/model.h"
#include "plan/python_tier.h"
#include "plan/scope.h"
#include "random/philox.h"
#include "script/ast.h"

namespace mimus {

// A field of a shape.
struct FieldPlace {
  std::size_t shape = 0;
  std::size_t field = 0;
};

// Where a name may get its value from.
struct NameLink {
  enum class Kind { Value, Field, Base, Variable, Record } kind = Kind::Value;
  Value value;
  std::size_t level = 0;     // whose row it is
  FieldPlace field;          // Base: `shape` alone
  std::size_t variable = 0;  // its number in the plan
  // Of a nested level that is under way: its variables, and the level inside of it on the way to the expression.
  std::vector<std::pair<std::string, std::size_t>> variables;
  std::vector<NameLink> inner;
  std::string inner_name;
};

// The first link that has a value in a row counts.
struct NameBinding {
  std::string name;
  std::vector<NameLink> links;
};

struct ExpressionPlan {
  std::shared_ptr<const script::Node> tree;
  std::vector<NameBinding> names;
  std::string label;  // "script of <key> 'price'": for messages
  Location at;        // of the expression's first byte
  Timestamp now;
  Stream stream;  // of random functions in it
  // The interpreter's way, for what script/ does not cover; and whether it is the only one.
  std::shared_ptr<const PythonTier> python;
  bool python_only = false;
  bool holds = false;  // lists, sets and dicts it gives stay objects of the interpreter, which others change
};

// A text with variables in it: literal pieces and expressions, in turn.
struct TextPlan {
  struct Piece {
    std::string literal;
    std::optional<ExpressionPlan> expression;
  };
  std::vector<Piece> pieces;
};

struct ShapePlan {
  std::vector<std::string> fields;
  bool has_base = false;  // its records lie over maps (rows of a JSON source)
};

// A level whose statements are being bound.
struct OpenLevel {
  std::string name;  // of the nestedKey; the generate's own is no name
  std::size_t number = 0;
  std::size_t shape = 0;
  std::map<std::string, std::size_t, std::less<>> variables;
};

// The variable of the setup, parameter or property of that name.
[[nodiscard]] std::optional<Value> find_setup_name(std::string_view name, const SetupScope& scope);

// What expressions may name at a place in a descriptor; all borrowed.
struct NameScope {
  const std::vector<OpenLevel>& levels;  // outermost first; empty: in the setup itself
  const std::vector<ShapePlan>& shapes;
  const SetupScope& setup;
  bool own_first = false;  // the fields of the innermost level come before all others, by their plain names
};

// Fails with script.syntax, the place in `where`. Names that are nowhere fail when the expression is evaluated.
[[nodiscard]] Result<ExpressionPlan> bind_expression(const ExpressionText& text, std::string label,
                                                     const NameScope& scope);

// The variables between the marks, as `string` and scripted sources have them: prefix, one character that is none of
// the prefix's, as few characters without blanks as possible, suffix.
[[nodiscard]] Result<TextPlan> bind_text(const AttributeText& text, const TextMarks& marks, const std::string& label,
                                         const NameScope& scope);

// The text of an <echo> as an f-string; nothing when it has no braces.
[[nodiscard]] Result<std::optional<ExpressionPlan>> bind_echo_text(const Echo& echo, const NameScope& scope);

// Of each open level, outermost first: its variables and fields so far, as one map.
[[nodiscard]] std::vector<NameLink> record_links(const NameScope& scope);

// A plain name that stands for nothing.
[[nodiscard]] bool names_nothing(const ExpressionPlan& expression);

// The numbers of the variables that an expression may read.
void collect_variables(const ExpressionPlan& expression, std::vector<std::size_t>& variables);
void collect_variables(const std::vector<NameLink>& links, std::vector<std::size_t>& variables);

// Of an expression that names nothing but what the setup knows.
[[nodiscard]] Result<Value> evaluate_in_setup(const ExpressionPlan& expression);

// The finding for what an expression failed with: at its place in the descriptor.
[[nodiscard]] Diagnostic located(Diagnostic cause, const ExpressionPlan& expression);

// A count from a value: whole numbers and texts of such; negative ones count as 0. Fails with count.invalid.
[[nodiscard]] Result<std::uint64_t> count_of(const Value& value, std::string_view name);

}  // namespace mimus
