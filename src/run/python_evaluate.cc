// Expressions that the interpreter evaluates, for a batch or a row of it.
#include <algorithm>
#include <deque>

#include "plan/value.h"
#include "run/expressions.h"

namespace mimus {
Result<Value> Evaluation::evaluate_row_in_python(const ExpressionPlan& expression, const LevelRows& rows,
                                                 std::size_t row, const Stream& stream) const {
  const auto compiled = expression.python->expression();
  if (!compiled) return fail(located(compiled.error(), expression));
  const RowNames names(*this, expression, rows, row);
  std::vector<std::optional<Value>> values;
  for (const std::string& name : expression.python->parameters()) values.push_back(names.find(name));
  std::vector<const Value*> arguments;
  for (const auto& value : values) arguments.push_back(value ? &*value : nullptr);
  auto value = (*compiled)->evaluate(arguments, rows.rows[row], stream, expression.holds);
  if (!value) return fail(located(std::move(value).error(), expression));
  return value;
}

std::optional<RowFailure> Evaluation::evaluate_in_python(const ExpressionPlan& expression,
                                                         const ExpressionPlan* fallback, const LevelRows& rows,
                                                         Column& out) const {
  const std::size_t count = rows.rows.count;
  const auto compiled = expression.python->expression();
  if (!compiled) return RowFailure{0, located(compiled.error(), expression)};
  if (fallback != nullptr) {
    // Row by row: after one that fails the others go on.
    std::vector<Value> values(count);
    for (std::size_t k = 0; k < count; ++k) {
      if (!rows.over.empty() && rows.over[k] != 0) continue;
      auto value = evaluate_row_in_python(expression, rows, k, expression.stream);
      if (!value) value = evaluate_row(*fallback, rows, k);
      if (!value) return RowFailure{k, std::move(value).error()};
      values[k] = std::move(*value);
    }
    set_values(out, values);
    return std::nullopt;
  }
  const RowColumns columns(*this, expression, rows);
  std::deque<Column> made;
  std::vector<const Column*> arguments;
  for (const std::string& name : expression.python->parameters()) {
    const Column* column = columns.find_name(name);
    arguments.push_back(column != nullptr ? column : &made.emplace_back(column_of_name(expression, name, rows)));
  }
  auto failure = (*compiled)->evaluate(arguments, rows.rows, rows.over, expression.stream, expression.holds, out);
  if (failure) {
    failure->finding = located(std::move(failure->finding), expression);
    explain(failure->finding, expression, rows, failure->row);
  }
  return failure;
}

void Evaluation::hold_values(std::size_t variable, Column& out) const {
  if (std::ranges::find(plan_->held_variables, variable) == plan_->held_variables.end()) return;
  std::vector<Value> values(out.size);
  for (std::size_t k = 0; k < out.size; ++k) {
    if (!out.is_present(k)) continue;
    auto held = python::Session::hold(value_at(out, k));
    if (held) values[k] = std::move(*held);
  }
  auto present = std::move(out.present);
  set_values(out, values);
  out.present = std::move(present);
}

namespace {

// Values that are there already, as an expression's.
class GivenValues final : public RowExpressions {
 public:
  GivenValues(Column& values, std::optional<RowFailure> failure) : values_(values), failure_(std::move(failure)) {}
  [[nodiscard]] std::optional<RowFailure> evaluate(const ExpressionPlan&, const ExpressionPlan*,
                                                   Column& out) const override {
    out = std::move(values_);
    return failure_;
  }
  [[nodiscard]] std::optional<RowFailure> evaluate(const TextPlan&, Column&) const override { return failure_; }
  [[nodiscard]] bool is_left_out(std::size_t) const override { return false; }

 private:
  Column& values_;
  std::optional<RowFailure> failure_;
};

const ValuePlan& value_of(const std::variant<KeyPlan, VariablePlan>& part) {
  const auto* key = std::get_if<KeyPlan>(&part);
  return key != nullptr ? key->value : std::get<ValuePlan>(std::get<VariablePlan>(part).way);
}

}  // namespace

std::optional<RowFailure> Evaluation::run_step(const SequencePlan& sequence, LevelRows& rows) {
  std::deque<Column> made;
  std::vector<const Column*> arguments;
  for (const auto& [name, part] : sequence.parameters) {
    const ExpressionPlan& expression = *mimus::value_of(sequence.parts[part]).script;
    // Of the records themselves, so that nothing is gathered that would end here.
    const Column* known = RowColumns(*this, expression, rows).find_name(name);
    arguments.push_back(known != nullptr ? known : &made.emplace_back(column_of_name(expression, name, rows)));
  }
  std::vector<Stream> streams;
  for (const auto& part : sequence.parts) streams.push_back(mimus::value_of(part).script->stream);
  std::vector<Column> results;
  auto failed = sequence.sequence->evaluate(arguments, rows.rows, streams, results);
  Failure failure;
  for (std::size_t i = 0; i < sequence.parts.size(); ++i) {
    const ValuePlan& value = mimus::value_of(sequence.parts[i]);
    Failure own;
    if (failed && failed->part == i) {
      own = std::move(failed->failure);
      own->finding = located(std::move(own->finding), *value.script);
      explain(own->finding, *value.script, rows, own->row);
    }
    const auto* key = std::get_if<KeyPlan>(&sequence.parts[i]);
    Column& out = key != nullptr ? column(key->place) : variables_[std::get<VariablePlan>(sequence.parts[i]).variable];
    own = evaluate_value(value, rows.rows, GivenValues(results[i], std::move(own)), out);
    end_scripted(own, rows, out);
    keep_earliest(failure, std::move(own));
  }
  return failure;
}

// The records end there; in a list the fields from there on are missing.
void Evaluation::end_scripted(Failure& failure, LevelRows& rows, Column& out) {
  if (!failure || failure->finding.code != "script.end") return;
  if (rows.number == plan_->level.number) {
    end_ = std::min(end_.value_or(UINT64_MAX), rows.rows[failure->row].root);
  } else {
    if (rows.over.empty()) rows.over.assign(rows.rows.count, 0);
    for (std::size_t k = failure->row; k < rows.rows.count; ++k) {
      rows.over[k] = 1;
      out.make_present()[k] = 0;
    }
  }
  failure.reset();
}

// The values of a name, row by row.
Column Evaluation::column_of_name(const ExpressionPlan& expression, const std::string& name,
                                  const LevelRows& rows) const {
  const std::size_t count = rows.rows.count;
  Column out;
  out.reset(Type::Dynamic, count);
  out.values.resize(count);
  for (std::size_t k = 0; k < count; ++k) {
    auto value = RowNames(*this, expression, rows, k).find(name);
    if (value) {
      out.values[k] = std::move(*value);
    } else {
      out.make_present()[k] = 0;
    }
  }
  return out;
}

}  // namespace mimus
