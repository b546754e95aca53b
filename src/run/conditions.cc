// Conditions, for a batch: each branch is evaluated for its own rows, and what it has written is merged back.
#include <algorithm>

#include "data/merge.h"
#include "run/expressions.h"
#include "script/operators.h"

namespace mimus {

Diagnostic Evaluation::not_a_truth(const ExpressionPlan& expression, const Value& value) {
  std::string shown;
  append_repr(shown, value);
  return {.code = "condition.type",
          .message = expression.label + " must give True or False, but gives " + shown.substr(0, 80),
          .where = expression.at};
}

std::optional<RowFailure> Evaluation::run_step(const ConditionPlan& condition, LevelRows& rows) {
  for (const std::size_t shape : condition.fresh) start_shape(shape, rows.rows.count);
  for (const std::size_t variable : condition.fresh_variables) variables_[variable] = Column();
  if (condition.one_by_one) return run_one_by_one(condition, rows);
  std::vector<std::uint32_t> open(rows.rows.count);
  for (std::uint32_t k = 0; k < open.size(); ++k) open[k] = k;
  if (condition.kept_only) {
    const std::vector<std::uint8_t>& dropped = dropped_[rows.number];
    std::erase_if(open, [&](std::uint32_t k) { return k < dropped.size() && dropped[k] != 0; });
  }
  Failure failure;
  // Which rows each branch takes is known before any branch changes a field.
  std::vector<std::vector<std::uint32_t>> selections;
  for (const BranchPlan& branch : condition.branches) {
    std::vector<std::uint32_t> taken, left;
    std::optional<Column> truths;
    if (branch.condition)
      truths = script::evaluate_columns(*branch.condition->tree, RowColumns(*this, *branch.condition, rows));
    if (truths && truths->type == Type::Bool) {
      for (const std::uint32_t k : open) (truths->bools[k] != 0 ? taken : left).push_back(k);
      open = std::move(left);
      selections.push_back(std::move(taken));
      continue;
    }
    for (const std::uint32_t k : open) {
      if (!branch.condition) {
        taken.push_back(k);
        continue;
      }
      const auto holds = evaluate_row(*branch.condition, rows, k);
      if (!holds) {
        keep_earliest(failure, RowFailure{k, holds.error()});
      } else if (condition.strict && holds->as_bool() == nullptr) {
        keep_earliest(failure, RowFailure{k, not_a_truth(*branch.condition, *holds)});
      } else {
        (script::is_true(*holds) ? taken : left).push_back(k);
      }
    }
    open = std::move(left);
    selections.push_back(std::move(taken));
  }
  for (std::size_t b = 0; b < selections.size(); ++b) {
    if (selections[b].empty()) continue;
    keep_earliest(failure, run_branch(condition.branches[b], condition, rows, selections[b]));
  }
  drop_full_masks(condition);
  return failure;
}

// Where the branches together have made a field of every row, no mask is needed.
void Evaluation::drop_full_masks(const ConditionPlan& condition) {
  for (const std::size_t shape : condition.shapes) {
    for (Field& field : shapes_[shape]->fields) {
      std::vector<std::uint8_t>& present = field.column.present;
      if (std::ranges::find(present, 0) == present.end()) present.clear();
    }
  }
}

// The elements of a list whose statements see what those of others have done.
std::optional<RowFailure> Evaluation::run_one_by_one(const ConditionPlan& condition, const LevelRows& rows) {
  std::uint64_t& list = list_in_parts_[rows.number];
  const std::uint64_t around = list;
  Failure failure;
  for (std::uint32_t k = 0; k < rows.rows.count && !failure && !oversized_; ++k) {
    // Counters go on from one element to the next, and begin anew in the next list.
    const bool is_new_list = k == 0 || (rows.parents != nullptr && rows.parents[k] != rows.parents[k - 1]);
    if (around == 0 && is_new_list) list = ++lists_in_parts_;
    failure = run_branch(condition.branches.front(), condition, rows, {k});
  }
  list = around;
  drop_full_masks(condition);
  return failure;
}

bool Evaluation::is_own_record(const std::shared_ptr<Record>& record) const {
  return record != nullptr && std::ranges::find(shapes_, record) != shapes_.end();
}

// The lists of a column as values of their own.
void Evaluation::hold_lists(Column& column) {
  if (column.type != Type::List) return;
  std::vector<Value> values(column.size);
  for (std::size_t k = 0; k < column.size; ++k) values[k] = value_at(column, k);
  std::vector<std::uint8_t> present = std::move(column.present);
  std::vector<std::uint8_t> valid = std::move(column.valid);
  column.reset(Type::Dynamic, values.size());
  column.values = std::move(values);
  column.present = std::move(present);
  column.valid = std::move(valid);
}

// The branch sees nothing but its own rows: columns and variables are picked for it, and what it made is put back.
std::optional<RowFailure> Evaluation::run_branch(const BranchPlan& branch, const ConditionPlan& condition,
                                                 const LevelRows& rows, const std::vector<std::uint32_t>& selection) {
  std::vector<Record> saved;
  for (const std::size_t shape : condition.shapes) {
    Record& own = *shapes_[shape];
    Record whole = std::move(own);
    own = Record();
    own.rows = selection.size();
    own.has_base = whole.has_base;
    if (whole.has_base) pick(whole.base, selection, own.base);
    for (const Field& field : whole.fields) {
      own.fields.push_back({field.name, {}});
      pick(field.column, selection, own.fields.back().column);
      own.fields.back().column.is_written = false;
    }
    saved.push_back(std::move(whole));
  }
  std::vector<Column> variables;
  for (const std::size_t variable : condition.variables) {
    variables.push_back(std::move(variables_[variable]));
    variables_[variable] = Column();
    if (variables.back().size == rows.rows.count) {
      pick(variables.back(), selection, variables_[variable]);
    } else {
      variables_[variable] = variables.back();
    }
    variables_[variable].is_written = false;
  }
  std::vector<std::uint64_t> roots, positions;
  std::vector<std::uint32_t> ordinals, parents;
  for (const std::uint32_t k : selection) {
    roots.push_back(rows.rows[k].root);
    ordinals.push_back(rows.rows[k].ordinal);
    positions.push_back(rows.rows.position(k));
    parents.push_back(rows.parents == nullptr ? k : rows.parents[k]);
  }
  LevelRows own{.rows = {.count = selection.size(),
                         .roots = roots.data(),
                         .ordinals = ordinals.data(),
                         .positions = positions.data()},
                .parent = rows.parent,
                .parents = parents.data(),
                .number = rows.number,
                .bound = rows.bound};
  own.rows.single = condition.restart || rows.rows.single;
  Failure failure;
  for (const StepPlan& step : branch.steps) {
    keep_earliest(failure, std::visit([&](const auto& plan) { return run_step(plan, own); }, step));
    if (oversized_) break;
  }
  if (failure) failure->row = selection[failure->row];
  std::vector<Record> parts;
  for (std::size_t s = 0; s < condition.shapes.size(); ++s) {
    parts.push_back(std::move(*shapes_[condition.shapes[s]]));
    *shapes_[condition.shapes[s]] = std::move(saved[s]);
  }
  if (condition.one_by_one) {
    // The records of lists inside are made anew for the next element.
    for (Record& part : parts) {
      for (Field& field : part.fields) hold_lists(field.column);
    }
  }
  merge_branch(condition, parts, selection);
  for (std::size_t v = 0; v < variables.size(); ++v) {
    Column part = std::move(variables_[condition.variables[v]]);
    Column& whole = variables_[condition.variables[v]];
    whole = std::move(variables[v]);
    if (!part.is_written) continue;
    if (whole.size != rows.rows.count && part.size == selection.size() && whole.size == 0) {
      whole.reset(Type::Null, rows.rows.count);
      whole.present.assign(rows.rows.count, 0);
    }
    if (whole.size == rows.rows.count && part.size == selection.size()) {
      merge(whole, part, selection);
      kept_.push_back({.rows = 0, .has_base = false, .base = std::move(part), .fields = {}});
    }
  }
  return failure;
}

// Rows of a column; dicts of ours stay what they are, since their own shapes are picked from as well.
void Evaluation::pick(const Column& in, const std::vector<std::uint32_t>& selection, Column& out) const {
  if (in.type == Type::Struct && is_own_record(in.record)) {
    out.reset(Type::Struct, selection.size());
    out.record = in.record;
    for (std::size_t k = 0; k < selection.size(); ++k) {
      if (!in.is_present(selection[k])) out.make_present()[k] = 0;
    }
    return;
  }
  gather(in, selection, out);
}

void Evaluation::merge_branch(const ConditionPlan& condition, std::vector<Record>& parts,
                              const std::vector<std::uint32_t>& selection) {
  // Dicts of ours come last: by then their own shapes are whole again.
  for (const bool dicts : {false, true}) {
    for (std::size_t s = 0; s < parts.size(); ++s) {
      Record& whole = *shapes_[condition.shapes[s]];
      const bool fresh = std::ranges::find(condition.fresh, condition.shapes[s]) != condition.fresh.end();
      if (!dicts && whole.has_base && fresh) merge(whole.base, parts[s].base, selection);
      for (std::size_t f = 0; f < parts[s].fields.size(); ++f) {
        Column& part = parts[s].fields[f].column;
        if (!part.is_written) continue;
        const bool is_dict = part.type == Type::Struct && is_own_record(part.record);
        if (is_dict != dicts) continue;
        if (is_dict) {
          merge_dict(whole.fields[f].column, part, selection);
        } else {
          merge(whole.fields[f].column, part, selection);
        }
      }
    }
  }
  for (Record& part : parts) kept_.push_back(std::move(part));
}

void Evaluation::merge_dict(Column& into, const Column& part, const std::vector<std::uint32_t>& selection) {
  const std::size_t size = into.size;
  const bool is_same = into.type == Type::Struct && into.record == part.record;
  const bool is_empty =
      into.present.size() == size && std::ranges::none_of(into.present, [](std::uint8_t p) { return p != 0; });
  if (is_same || is_empty || selection.size() == size) {
    if (!is_same) {
      into.reset(Type::Struct, size);
      into.record = part.record;
      into.present.assign(size, 0);
    }
    for (std::size_t k = 0; k < selection.size(); ++k) {
      if (!into.present.empty() || !part.is_present(k)) into.make_present()[selection[k]] = part.is_present(k) ? 1 : 0;
    }
    return;
  }
  // Another value stands in the rows that are not ours: each row its own.
  std::vector<Value> values(size);
  std::vector<std::uint8_t> present(size);
  for (std::size_t row = 0; row < size; ++row) {
    present[row] = into.is_present(row) ? 1 : 0;
    values[row] = value_at(into, row);
  }
  for (std::size_t k = 0; k < selection.size(); ++k) {
    present[selection[k]] = part.is_present(k) ? 1 : 0;
    if (part.is_present(k)) values[selection[k]] = map_at(*part.record, selection[k]);
  }
  into.reset(Type::Dynamic, size);
  into.values = std::move(values);
  into.present = std::move(present);
}

}  // namespace mimus
