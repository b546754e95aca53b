// Statements that expressions govern, for a batch.
#include <algorithm>
#include <deque>

#include "data/gather.h"
#include "data/merge.h"
#include "plan/value.h"
#include "run/expressions.h"
#include "script/evaluate.h"
#include "script/kernel.h"
#include "script/operators.h"

namespace mimus {
namespace {

// A column of values with the memory of its texts.
void set_values(Column& out, const std::vector<Value>& values) {
  const auto made = column_of(values);
  out = *made;
  out.owner = made;
}

}  // namespace

// The names of an expression in one row.
class Evaluation::RowNames final : public script::Names {
 public:
  RowNames(const Evaluation& evaluation, const ExpressionPlan& expression, const LevelRows& rows, std::size_t row)
      : evaluation_(evaluation), expression_(expression), rows_(rows), row_(row) {}

  [[nodiscard]] std::optional<Value> find(std::string_view name) const override {
    const auto known = std::ranges::find(expression_.names, name, &NameBinding::name);
    if (known == expression_.names.end()) return std::nullopt;
    for (const NameLink& link : known->links) {
      if (link.kind == NameLink::Kind::Base) {
        if (auto value = base_entry(link, known->name)) return value;
      } else if (auto value = evaluation_.value_of(link, rows_, row_)) {
        return value;
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<Value> base_entry(const NameLink& link, const std::string& name) const {
    const LevelRows* level = &rows_;
    std::size_t row = row_;
    while (level->number != link.level && level->parent != nullptr) {
      if (level->parents != nullptr) row = level->parents[row];
      level = level->parent;
    }
    const Value base = value_at(evaluation_.shapes_[link.field.shape]->base, row);
    const ValueMap* map = base.as_map();
    const Value* entry = map == nullptr ? nullptr : mimus::find(*map, name);
    return entry == nullptr ? std::nullopt : std::optional(*entry);
  }

  const Evaluation& evaluation_;
  const ExpressionPlan& expression_;
  const LevelRows& rows_;
  std::size_t row_;
};

std::optional<Value> Evaluation::value_of(const NameLink& link, const LevelRows& rows, std::size_t row) const {
  if (link.kind == NameLink::Kind::Value) return link.value;
  const LevelRows* level = &rows;
  std::size_t level_row = row;
  while (level->number != link.level && level->parent != nullptr) {
    if (level->parents != nullptr) level_row = level->parents[level_row];
    level = level->parent;
  }
  if (link.kind == NameLink::Kind::Record) return record_of(link, rows, row, level_row);
  const Column& column = link.kind == NameLink::Kind::Field ? shapes_[link.field.shape]->fields[link.field.field].column
                                                            : variables_[link.variable];
  if (level_row >= column.size || !column.is_present(level_row)) return std::nullopt;
  return value_at(column, level_row);
}

// The variables and fields so far of a nested record under way.
std::optional<Value> Evaluation::record_of(const NameLink& link, const LevelRows& rows, std::size_t row,
                                           std::size_t level_row) const {
  ValueMap out;
  const auto put = [&](const std::string& name, Value value) {
    const auto known = std::ranges::find(out, name, &ValueMap::value_type::first);
    if (known == out.end()) {
      out.emplace_back(name, std::move(value));
    } else {
      known->second = std::move(value);
    }
  };
  for (const auto& [name, variable] : link.variables) {
    const Column& column = variables_[variable];
    if (level_row < column.size) put(name, value_at(column, level_row));
  }
  const Value fields = map_at(*shapes_[link.field.shape], level_row, link.inner_name);
  for (const auto& [name, value] : *fields.as_map()) put(name, value);
  for (const NameLink& inner : link.inner) {
    if (auto value = value_of(inner, rows, row)) put(link.inner_name, std::move(*value));
  }
  return Value::map(std::move(out));
}

Result<Value> Evaluation::evaluate_row(const ExpressionPlan& expression, const LevelRows& rows, std::size_t row,
                                       const Stream* stream) const {
  const RowNames names(*this, expression, rows, row);
  auto value = script::evaluate(*expression.tree, {.names = names,
                                                   .now = expression.now,
                                                   .stream = stream == nullptr ? expression.stream : *stream,
                                                   .row = rows.rows[row]});
  if (!value) return fail(located(std::move(value).error(), expression));
  return value;
}

// The columns of an expression's names, where every row has a value of one simple place.
class Evaluation::RowColumns final : public script::ColumnNames {
 public:
  RowColumns(const Evaluation& evaluation, const ExpressionPlan& expression, const LevelRows& rows)
      : evaluation_(evaluation), expression_(expression), rows_(rows) {}

  [[nodiscard]] const Column* find(const script::Node& node) const override {
    if (node.kind == script::NodeKind::Name) {
      const NameBinding* binding = find_binding(node.text);
      return binding == nullptr ? nullptr : column_of_link(binding->links.front());
    }
    // n.x: a field of the record under way of a nested level.
    if (node.kind != script::NodeKind::Attribute || node.children[0]->kind != script::NodeKind::Name) return nullptr;
    const NameBinding* binding = find_binding(node.children[0]->text);
    if (binding == nullptr || binding->links.front().kind != NameLink::Kind::Record) return nullptr;
    const NameLink& record = binding->links.front();
    if (record.inner_name == node.text) return nullptr;
    const Record& shape = *evaluation_.shapes_[record.field.shape];
    const auto field = std::ranges::find(shape.fields, node.text, &Field::name);
    if (field == shape.fields.end() || shape.has_base) return nullptr;
    return at_level(field->column, record.level);
  }

  [[nodiscard]] std::size_t rows() const override { return rows_.rows.count; }
  [[nodiscard]] bool is_data_name(std::string_view name) const override { return find_binding(name) != nullptr; }

 private:
  [[nodiscard]] const NameBinding* find_binding(std::string_view name) const {
    const auto known = std::ranges::find(expression_.names, name, &NameBinding::name);
    return known == expression_.names.end() ? nullptr : &*known;
  }

  [[nodiscard]] const Column* column_of_link(const NameLink& link) const {
    if (link.kind == NameLink::Kind::Field) {
      return at_level(evaluation_.shapes_[link.field.shape]->fields[link.field.field].column, link.level);
    }
    if (link.kind == NameLink::Kind::Variable) return at_level(evaluation_.variables_[link.variable], link.level);
    return nullptr;
  }

  // The column of an outer level for the rows of this one.
  [[nodiscard]] const Column* at_level(const Column& column, std::size_t level) const {
    if (!column.present.empty() || column.size == 0) return nullptr;
    std::vector<std::uint32_t> picked;
    bool same = true;
    for (const LevelRows* at = &rows_; at->number != level && at->parent != nullptr; at = at->parent) {
      if (at->parents == nullptr) continue;
      if (same) {
        picked.assign(at->parents, at->parents + rows_.rows.count);
      } else {
        for (std::uint32_t& row : picked) row = at->parents[row];
      }
      same = false;
    }
    if (same) return column.size == rows_.rows.count ? &column : nullptr;
    gather(column, picked, gathered_.emplace_back());
    return &gathered_.back();
  }

  const Evaluation& evaluation_;
  const ExpressionPlan& expression_;
  const LevelRows& rows_;
  mutable std::deque<Column> gathered_;  // stay where they are
};

std::optional<RowFailure> Evaluation::evaluate_expression(const ExpressionPlan& expression,
                                                          const ExpressionPlan* fallback, const LevelRows& rows,
                                                          Column& out) const {
  const RowColumns columns(*this, expression, rows);
  if (auto column = script::evaluate_columns(*expression.tree, columns)) {
    out = std::move(*column);
    return std::nullopt;
  }
  std::vector<Value> values(rows.rows.count);
  Failure failure;
  for (std::size_t k = 0; k < values.size() && !failure; ++k) {
    if (!rows.over.empty() && rows.over[k] != 0) continue;
    auto value = evaluate_row(expression, rows, k);
    if (!value && fallback != nullptr) value = evaluate_row(*fallback, rows, k);
    if (value) {
      values[k] = std::move(*value);
    } else {
      failure = RowFailure{k, std::move(value).error()};
    }
  }
  set_values(out, values);
  return failure;
}

std::optional<RowFailure> Evaluation::Expressions::evaluate(const ExpressionPlan& expression,
                                                            const ExpressionPlan* fallback, Column& out) const {
  return evaluation_.evaluate_expression(expression, fallback, rows_, out);
}

std::optional<RowFailure> Evaluation::Expressions::evaluate(const TextPlan& text, Column& out) const {
  std::vector<Value> values(rows_.rows.count);
  Failure failure;
  for (std::size_t k = 0; k < values.size() && !failure; ++k) {
    if (!rows_.over.empty() && rows_.over[k] != 0) continue;
    auto joined = joined_text(
        text, [&](const ExpressionPlan& expression) { return evaluation_.evaluate_row(expression, rows_, k); });
    if (joined) {
      values[k] = Value(std::move(*joined));
    } else {
      failure = RowFailure{k, std::move(joined).error()};
    }
  }
  set_values(out, values);
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const EchoPlan& echo, LevelRows& rows) {
  Column ignored;
  return Expressions(*this, rows).evaluate(echo.text, ignored);
}

std::optional<RowFailure> Evaluation::run_step(const ArrayPlan& array, LevelRows& rows) {
  Column& out = column(array.place);
  const std::size_t count = rows.rows.count;
  std::vector<Value> values(count);
  Failure failure;
  for (std::size_t k = 0; k < count && !failure; ++k) {
    if (!array.script) {
      ValueList items;
      for (std::uint64_t i = 0; i < array.count; ++i) {
        const std::uint64_t root = rows.rows[k].root;
        const std::uint32_t ordinal = static_cast<std::uint32_t>(rows.rows[k].ordinal * array.count + i);
        Column one;
        array.generator->generate({.count = 1, .roots = &root, .ordinals = &ordinal}, array.stream, one);
        items.push_back(value_at(one, 0));
      }
      values[k] = Value::list(std::move(items));
      continue;
    }
    auto value = evaluate_row(*array.script, rows, k);
    if (!value) {
      failure = RowFailure{k, std::move(value).error()};
      continue;
    }
    const ValueList* items = value->as_list();
    const auto is_simple = [](const Value& item) {
      return item.as_text() != nullptr || item.as_int() != nullptr || item.as_bool() != nullptr ||
             item.as_float() != nullptr || item.as_big() != nullptr;
    };
    const auto same = [&](const Value& item) {
      const auto kind = [](const Value& v) { return v.as_text() != nullptr ? 0 : v.as_float() != nullptr ? 1 : 2; };
      return is_simple(item) && kind(item) == kind(items->front());
    };
    if (items == nullptr || !std::ranges::all_of(*items, same)) {
      failure = RowFailure{
          k,
          {.code = "array.type",
           .message = array.label + ": the script must give a list of texts, of numbers or of truths, all of one type",
           .where = array.script->at}};
    }
    values[k] = std::move(*value);
  }
  out.reset(Type::Dynamic, count);
  out.values = std::move(values);
  mask_bound(rows, out);
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const ItemsPlan& items, LevelRows& rows) {
  const std::size_t count = rows.rows.count;
  std::vector<ValueList> lists(count);
  Failure failure;
  for (const ItemPlan& item : items.items) {
    start_shape(item.level->shape, count);
    LevelRows inner{.rows = rows.rows, .parent = &rows};
    keep_earliest(failure, evaluate_level(*item.level, inner));
    for (std::size_t k = 0; k < count; ++k) {
      bool wanted = true;
      if (item.condition && !failure) {
        const auto holds = evaluate_row(*item.condition, rows, k);
        if (!holds) {
          keep_earliest(failure, RowFailure{k, holds.error()});
        } else if (holds->as_bool() == nullptr) {
          keep_earliest(failure, RowFailure{k, not_a_truth(*item.condition, *holds)});
        } else {
          wanted = *holds->as_bool();
        }
      }
      lists[k].push_back(wanted ? map_at(*shapes_[item.level->shape], k) : Value());
    }
  }
  Column& out = column(items.place);
  out.reset(Type::Dynamic, count);
  out.values.resize(count);
  for (std::size_t k = 0; k < count; ++k) out.values[k] = Value::list(std::move(lists[k]));
  mask_bound(rows, out);
  return failure;
}

// ---- records that a script gives

std::optional<RowFailure> Evaluation::run_step(const ScriptedPlan& scripted, LevelRows& rows) {
  const std::size_t count = rows.rows.count;
  std::vector<Given> given(count);
  Failure failure;
  std::vector<std::uint32_t> offsets(count + 1, 0);
  std::vector<std::uint32_t> wanted(count + 1, 0);
  if (scripted.count.kind != CountPlan::Kind::Source) {
    const ElementsPlan counting{
        .count = scripted.count, .source = {}, .level = nullptr, .label = scripted.label, .at = scripted.at};
    failure = count_elements(counting, rows, wanted);
  }
  ValueList bases;
  for (std::size_t k = 0; k < count; ++k) {
    auto value = evaluate_row(scripted.script, rows, k);
    if (value && scripted.open) value = scripted.open(text_of(*value));
    bool fallback = false;
    if (!value && scripted.fallback) {
      value = evaluate_row(*scripted.fallback, rows, k);
      fallback = true;
    }
    const bool is_list = value && value->as_list() != nullptr;
    const bool is_map = value && value->as_map() != nullptr;
    const bool all_maps =
        is_list && std::ranges::all_of(*value->as_list(), [](const Value& item) { return item.as_map() != nullptr; });
    given[k].is_list = is_list;
    given[k].is_null = value && value->is_null() && fallback;
    if (!value) {
      keep_earliest(failure, RowFailure{k, value.error()});
    } else if (!is_map && !all_maps && !given[k].is_null) {
      keep_earliest(failure,
                    RowFailure{k,
                               {.code = "nested.script",
                                .message = scripted.label + ": the script must give a dict or a list of dicts, not " +
                                           std::string(kind_name(*value)),
                                .where = scripted.script.at}});
    }
    if (!failure && is_map) bases.push_back(std::move(*value));
    if (!failure && all_maps) {
      const ValueList& items = *value->as_list();
      std::size_t n = items.size();
      if (scripted.count.kind != CountPlan::Kind::Source) {
        const std::size_t asked = wanted[k + 1] - wanted[k];
        n = scripted.cyclic && !items.empty() ? asked : std::min(asked, items.size());
      }
      const std::optional<Permutation> shuffled =
          scripted.shuffle && n > 0 ? std::optional(Permutation(*scripted.shuffle, rows.rows[k], n)) : std::nullopt;
      for (std::size_t i = 0; i < n; ++i) bases.push_back(items[(shuffled ? (*shuffled)(i) : i) % items.size()]);
    }
    offsets[k + 1] = static_cast<std::uint32_t>(bases.size());
  }
  start_shape(scripted.list_shape, bases.size());
  Record& record = *shapes_[scripted.list_shape];
  record.base.reset(Type::Dynamic, bases.size());
  record.base.values = std::move(bases);
  expand(scripted.level->number, rows, offsets, {0, offsets.back()});
  LevelRows inner = inner_rows(scripted.level->number, rows);
  auto inner_failure = evaluate_level(*scripted.level, inner);
  if (inner_failure) {
    inner_failure->row = lists_[scripted.level->number].parents[inner_failure->row];
    keep_earliest(failure, std::move(inner_failure));
  }
  store_given(scripted, given, offsets, rows);
  return failure;
}

// A list where the script gave lists, dicts where it gave dicts.
void Evaluation::store_given(const ScriptedPlan& scripted, const std::vector<Given>& given,
                             std::vector<std::uint32_t>& offsets, const LevelRows& rows) {
  Column& out = column(scripted.place);
  const std::size_t count = given.size();
  const bool all_lists = std::ranges::all_of(given, &Given::is_list);
  if (all_lists) {
    out.reset(Type::List, count);
    out.offsets = std::move(offsets);
    out.record = shapes_[scripted.list_shape];
  } else {
    const Record& record = *shapes_[scripted.list_shape];
    out.reset(Type::Dynamic, count);
    out.values.resize(count);
    for (std::size_t k = 0; k < count; ++k) {
      if (given[k].is_null || (offsets[k] == offsets[k + 1] && !given[k].is_list)) {
        out.make_valid()[k] = 0;
        continue;
      }
      if (!given[k].is_list) {
        out.values[k] = map_at(record, offsets[k]);
        continue;
      }
      ValueList items;
      for (std::uint32_t i = offsets[k]; i < offsets[k + 1]; ++i) items.push_back(map_at(record, i));
      out.values[k] = Value::list(std::move(items));
    }
  }
  mask_bound(rows, out);
}

// ---- conditions

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
  // Where the branches together have made a field of every row, no mask is needed.
  for (const std::size_t shape : condition.shapes) {
    for (Field& field : shapes_[shape]->fields) {
      std::vector<std::uint8_t>& present = field.column.present;
      if (std::ranges::find(present, 0) == present.end()) present.clear();
    }
  }
  return failure;
}

bool Evaluation::is_own_record(const std::shared_ptr<Record>& record) const {
  return record != nullptr && std::ranges::find(shapes_, record) != shapes_.end();
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
