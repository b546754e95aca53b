// Binding of simple values: from the ways of a <key> or <variable> to a ValuePlan.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "plan/plan.h"
#include "plan/scope.h"

namespace mimus {

// What a <key> and a <variable> have in common.
struct ValueSpec {
  const ValueWay& way;
  const SourceOptions& source_options;
  std::optional<SimpleType> type;
  std::optional<AttributeText> out_date_format;
  double null_quota = 0;
  std::optional<AttributeText> in_date_format;
  const std::vector<CallText>& converters;
  bool unique = false;
  std::optional<ExpressionText> default_value;
  const TextMarks& marks;
  std::optional<std::uint64_t> rng_seed;
  bool simple_only = false;
  std::string_view path;
  std::string label;
  Location at;
  EntityOptions entity = {};  // of a variable
};

// True when the variable is a row drawn by weight: a value, not the next row of a source.
[[nodiscard]] bool is_weighted(const Variable& variable);

// Of a <variable>, which is borrowed.
[[nodiscard]] ValueSpec spec_of(const Variable& variable);

// Failures have their place.
[[nodiscard]] Result<ValuePlan> bind_value(const ValueSpec& spec, const NameScope& scope);

// Evaluates expressions for the rows of a level.
class RowExpressions {
 public:
  virtual ~RowExpressions() = default;
  // The value for each row; where the expression fails that of the fallback, when there is one.
  [[nodiscard]] virtual std::optional<RowFailure> evaluate(const ExpressionPlan& expression,
                                                           const ExpressionPlan* fallback, Column& out) const = 0;
  [[nodiscard]] virtual std::optional<RowFailure> evaluate(const TextPlan& text, Column& out) const = 0;
  // True when the row will have no such value: it is beyond what a list or counter allows.
  [[nodiscard]] virtual bool is_left_out(std::size_t row) const = 0;
};

// The value for the rows, with its nulls, as a date, a text or of a type. The first row that fails is returned.
[[nodiscard]] std::optional<RowFailure> evaluate_value(const ValuePlan& plan, const Rows& rows,
                                                       const RowExpressions& expressions, Column& out);

// Which rows are null by the value's quota; empty: none.
[[nodiscard]] std::vector<bool> draw_nulls(const ValuePlan& plan, const Rows& rows);

// A random value of a type, as when there is nothing else.
[[nodiscard]] std::unique_ptr<Generator> random_value(SimpleType type);

// The text of a row from the values of its pieces.
[[nodiscard]] Result<std::string> joined_text(const TextPlan& text,
                                              const std::function<Result<Value>(const ExpressionPlan&)>& value_of);

}  // namespace mimus
