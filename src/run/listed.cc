// Variables whose source is an expression: the elements of a list, in turn.
#include <algorithm>

#include "random/permutation.h"
#include "run/evaluate.h"

namespace mimus {

Result<ValueList> Evaluation::list_of(const ExpressionPlan& script, const LevelRows& rows, std::size_t row) const {
  MIMUS_ASSIGN(const Value value, evaluate_row(script, rows, row));
  if (const ValueList* items = value.as_list()) return *items;
  return fail({.code = "source.list",
               .message = script.label + " must give a list, not one of type " + std::string(kind_name(value)),
               .where = script.at});
}

// The list of the run's first record, whatever the record.
std::optional<RowFailure> Evaluation::read_first_list(const ListedPlan& plan, LevelRows& rows, Column& out) {
  std::shared_ptr<const ValueList>& list = (*shared_lists_)[plan.number];
  if (list == nullptr) {
    auto items = list_of(plan.script, rows, 0);
    if (!items) return RowFailure{0, std::move(items).error()};
    list = std::make_shared<const ValueList>(std::move(*items));
  }
  const std::uint64_t length = list->size();
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    const std::uint64_t row = rows.rows.position(k);
    if (length == 0 || (row >= length && !plan.cyclic)) {
      end_ = std::min(end_.value_or(UINT64_MAX), rows.rows[k].root);
      break;
    }
    const Row pass{row / length, 0};
    out.values[k] = (*list)[plan.ordered ? row % length : Permutation(plan.order, pass, length)(row % length)];
  }
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::read_listed(const VariablePlan& variable, const ListedPlan& plan,
                                                  LevelRows& rows) {
  const std::size_t count = rows.rows.count;
  Column out;
  out.reset(Type::Dynamic, count);
  out.values.resize(count);
  Failure failure;
  if (plan.scope == ListedPlan::Scope::FirstRecord) {
    failure = read_first_list(plan, rows, out);
    variables_[variable.variable] = std::move(out);
    return failure;
  }
  const bool is_around = plan.scope == ListedPlan::Scope::Around;
  std::size_t known = SIZE_MAX;
  ValueList items;
  for (std::size_t k = 0; k < count && !failure; ++k) {
    const std::size_t row = is_around && rows.parents != nullptr ? rows.parents[k] : k;
    if (row != known) {
      auto list = list_of(plan.script, is_around ? *rows.parent : rows, row);
      if (!list) {
        failure = RowFailure{k, std::move(list).error()};
        break;
      }
      items = std::move(*list);
      known = row;
    }
    const std::uint64_t position = rows.rows.position(k);
    if (items.empty() || (position >= items.size() && !plan.cyclic)) {
      if (rows.over.empty()) rows.over.assign(count, 0);
      rows.over[k] = 1;
      if (items.empty()) continue;
    }
    const std::uint64_t index = position % items.size();
    const Row around = is_around ? rows.parent->rows[row] : rows.rows[k];
    out.values[k] = items[plan.ordered ? index : Permutation(plan.order, around, items.size())(index)];
  }
  variables_[variable.variable] = std::move(out);
  return failure;
}

}  // namespace mimus
