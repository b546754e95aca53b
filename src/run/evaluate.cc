#include "run/evaluate.h"

#include <algorithm>
#include <cassert>

#include "plan/value.h"
#include "run/expressions.h"

namespace mimus {
namespace {

// Elements of one list; all lists of a batch together stay below 2^32.
constexpr std::uint64_t kMaxElements = 1'000'000'000;

Diagnostic too_many(const ListPlan& list, std::uint64_t count) {
  return {.code = "nested.too_many",
          .message = list.label + " would have " + std::to_string(count) + " elements in one record; at most " +
                     std::to_string(kMaxElements) + " are possible",
          .where = list.at};
}

// Of a failure in a row of a list: the record in which the list stands.
std::optional<RowFailure> in_parent(std::optional<RowFailure> failure, const std::vector<std::uint32_t>& parents) {
  if (failure) failure->row = parents[failure->row];
  return failure;
}

// The entry of a map; nullopt when there is none.
std::optional<Value> entry_of(const Value& value, const std::string& name) {
  const ValueMap* map = value.as_map();
  const Value* entry = map == nullptr ? nullptr : find(*map, name);
  return entry == nullptr ? std::nullopt : std::optional(*entry);
}

}  // namespace

Evaluation::Evaluation(const GeneratePlan& plan) : plan_(&plan), lists_(plan.levels), variables_(plan.variables) {
  for (const ShapePlan& shape : plan.shapes) {
    auto record = std::make_shared<Record>();
    record->has_base = shape.has_base;
    for (const std::string& name : shape.fields) record->fields.push_back({name, {}});
    shapes_.push_back(std::move(record));
  }
}

// No field has a value yet.
void Evaluation::start_shape(std::size_t shape, std::size_t rows) {
  Record& record = *shapes_[shape];
  record.rows = rows;
  if (record.has_base) record.base.reset(Type::Null, rows);
  for (Field& field : record.fields) {
    field.column.reset(Type::Null, rows);
    field.column.present.assign(rows, 0);
  }
}

void Evaluation::mask_bound(const LevelRows& rows, Column& column) {
  if (rows.bound == UINT64_MAX) return;
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    if (rows.rows.position(k) >= rows.bound) column.make_present()[k] = 0;
  }
}

std::optional<RowFailure> Evaluation::evaluate(std::uint64_t first, std::size_t count) {
  most_rows_ = count;
  kept_.clear();
  start_shape(plan_->level.shape, count);
  if (plan_->source) read_root(first, count);
  LevelRows rows{.rows = {.first = first, .count = count}};
  return evaluate_level(plan_->level, rows);
}

// The rows of the generate's own source: one permutation for each pass, in random order.
void Evaluation::read_root(std::uint64_t first, std::size_t count) {
  const SourcePlan& plan = *plan_->source;
  const std::uint64_t length = plan.source->length();
  root_rows_.resize(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint64_t row = first + k;
    if (plan.ordered) {
      root_rows_[k] = row % length;
      continue;
    }
    if (row / length != pass_) {
      pass_ = row / length;
      permutation_.emplace(plan.order, Row{pass_, 0}, length);
    }
    root_rows_[k] = (*permutation_)(row % length);
  }
  plan.source->read(root_rows_, *shapes_[plan_->level.shape]);
}

std::optional<RowFailure> Evaluation::evaluate_level(const LevelPlan& level, LevelRows& rows) {
  most_rows_ = std::max(most_rows_, rows.rows.count);
  rows.number = level.number;
  Failure failure;
  for (const StepPlan& step : level.steps) {
    keep_earliest(failure, std::visit([&](const auto& plan) { return run_step(plan, rows); }, step));
  }
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const KeyPlan& key, LevelRows& rows) {
  Column& out = column(key.place);
  Failure failure = evaluate_value(key.value, rows.rows, Expressions(*this, rows), out);
  mask_bound(rows, out);
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const BoundPlan& bound, LevelRows& rows) {
  rows.bound = std::min(rows.bound, bound.length);
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::run_step(const VariablePlan& variable, LevelRows& rows) {
  Column& out = variables_[variable.variable];
  if (const auto* value = std::get_if<ValuePlan>(&variable.way)) {
    return evaluate_value(*value, rows.rows, Expressions(*this, rows), out);
  }
  read_variable(std::get<SourcePlan>(variable.way), rows, out);
  return std::nullopt;
}

// A row of the source for each record, as a map; in lists from its start again.
void Evaluation::read_variable(const SourcePlan& source, const LevelRows& rows, Column& out) {
  const std::uint64_t length = source.source->length();
  const std::size_t count = rows.rows.count;
  out.reset(length == 0 ? Type::Null : Type::Dynamic, count);
  if (length == 0) return;
  std::vector<std::uint64_t> indices(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint64_t position = rows.rows.position(k);
    indices[k] = position % length;
    if (source.ordered) continue;
    const Row list = rows.parent == nullptr ? Row{position / length, 0}
                                            : rows.parent->rows[rows.parents == nullptr ? k : rows.parents[k]];
    indices[k] = Permutation(source.order, list, length)(indices[k]);
  }
  Record record;
  for (const std::string& name : source.source->names()) record.fields.push_back({name, {}});
  source.source->read(indices, record);
  out.values.resize(count);
  for (std::size_t k = 0; k < count; ++k) out.values[k] = map_at(record, k);
}

// How many elements the list has in each row, as offsets.
std::optional<RowFailure> Evaluation::count_elements(const ListPlan& list, const LevelRows& rows,
                                                     std::vector<std::uint32_t>& offsets) {
  const CountPlan& count = list.count;
  const std::size_t size = rows.rows.count;
  const std::uint64_t length = list.source ? list.source->source->length() : UINT64_MAX;
  const bool limited = list.source && (!list.source->cyclic || length == 0);
  std::vector<std::uint64_t> draws;
  if (count.kind == CountPlan::Kind::Range && count.most > count.least) {
    draws.resize(size);
    count.stream.fill(rows.rows, 0, draws.data());
  }
  offsets.resize(size + 1);
  offsets[0] = 0;
  Failure failure;
  for (std::size_t k = 0; k < size; ++k) {
    std::uint64_t n = count.kind == CountPlan::Kind::Source ? length : count.least;
    if (!draws.empty()) n += bounded(draws[k], count.most - count.least + 1);
    if (count.kind == CountPlan::Kind::Expression && !failure) {
      const auto value = evaluate_row(*count.expression, rows, k);
      auto number = value ? count_of(*value, count.expression->label) : Result<std::uint64_t>(fail(value.error()));
      if (number) {
        n = *number;
      } else {
        failure = RowFailure{k, std::move(number).error()};
        if (failure->finding.where.line == 0) failure->finding.where = count.expression->at;
      }
    }
    if (limited) n = std::min(n, length);
    if (n > kMaxElements - std::min<std::uint64_t>(offsets[k], kMaxElements)) {
      if (!failure) failure = RowFailure{k, too_many(list, n)};
      n = 0;
    }
    offsets[k + 1] = offsets[k] + static_cast<std::uint32_t>(failure ? 0 : n);
  }
  return failure;
}

// The identities of the elements: root row, running number within it, position in the list.
void Evaluation::expand(const ListPlan&, const LevelRows& rows, const std::vector<std::uint32_t>& offsets,
                        ListRows& out) {
  const std::size_t total = offsets.back();
  out.parents.resize(total);
  out.roots.resize(total);
  out.ordinals.resize(total);
  out.positions.resize(total);
  std::uint64_t root = UINT64_MAX;
  std::uint32_t ordinal = 0;
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    const std::uint64_t own = rows.rows[k].root;
    if (own != root) ordinal = 0;
    root = own;
    for (std::uint32_t i = offsets[k]; i < offsets[k + 1]; ++i) {
      out.parents[i] = static_cast<std::uint32_t>(k);
      out.roots[i] = root;
      out.ordinals[i] = ordinal++;
      out.positions[i] = i - offsets[k];
    }
  }
}

// The rows of the list's source: as many as the list has, in their order or, among themselves, in random order.
void Evaluation::read_elements(const ListPlan& list, const LevelRows& rows, const std::vector<std::uint32_t>& offsets,
                               ListRows& elements, Record& out) {
  const SourcePlan& plan = *list.source;
  const std::uint64_t length = plan.source->length();
  elements.source_rows.resize(offsets.back());
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    const std::uint32_t count = offsets[k + 1] - offsets[k];
    if (count == 0) continue;
    std::uint64_t* indices = elements.source_rows.data() + offsets[k];
    if (plan.ordered) {
      for (std::uint32_t i = 0; i < count; ++i) indices[i] = i % length;
    } else {
      const Permutation shuffled(plan.order, rows.rows[k], count);
      for (std::uint32_t i = 0; i < count; ++i) indices[i] = shuffled(i) % length;
    }
  }
  plan.source->read(elements.source_rows, out);
}

std::optional<RowFailure> Evaluation::run_step(const ListPlan& list, LevelRows& rows) {
  Column& out = column(list.place);
  out.reset(Type::List, rows.rows.count);
  Failure failure = count_elements(list, rows, out.offsets);
  const std::size_t shape = list.level->shape;
  start_shape(shape, out.offsets.back());
  out.record = shapes_[shape];
  ListRows& elements = lists_[list.level->number];
  expand(list, rows, out.offsets, elements);
  if (list.source) read_elements(list, rows, out.offsets, elements, *shapes_[shape]);
  LevelRows inner{.rows = {.count = elements.parents.size(),
                           .roots = elements.roots.data(),
                           .ordinals = elements.ordinals.data(),
                           .positions = elements.positions.data()},
                  .parent = &rows,
                  .parents = elements.parents.data()};
  keep_earliest(failure, in_parent(evaluate_level(*list.level, inner), elements.parents));
  mask_bound(rows, out);
  return failure;
}

// A level whose records stand one in each record of its parent: a counter in it never goes on.
std::optional<RowFailure> Evaluation::evaluate_same_rows(const LevelPlan& level, const LevelRows& parent) {
  LevelRows inner{.rows = parent.rows, .parent = &parent};
  inner.rows.single = true;
  return evaluate_level(level, inner);
}

std::optional<RowFailure> Evaluation::run_step(const DictPlan& dict, LevelRows& rows) {
  const std::size_t count = rows.rows.count;
  Column& out = column(dict.place);
  out.reset(Type::Struct, count);
  start_shape(dict.shape, count);
  Record& inner = *shapes_[dict.shape];
  out.record = shapes_[dict.shape];
  if (dict.base) {
    inner.base.reset(Type::Dynamic, count);
    inner.base.form = Form::Constant;
    inner.base.values.assign(1, *dict.base);
  }
  Failure failure;
  if (dict.level) failure = evaluate_same_rows(*dict.level, rows);
  mask_bound(rows, out);
  return failure;
}

// The maps that are extended, as the base of the inner records.
std::optional<RowFailure> Evaluation::read_base(const ExtendPlan& extend, const LevelRows& rows, Record& inner) {
  const Record& outer = *shapes_[extend.place.shape];
  const std::size_t count = rows.rows.count;
  inner.base.reset(Type::Dynamic, count);
  inner.base.values.resize(count);
  for (std::size_t k = 0; k < count; ++k) {
    std::optional<Value> entry;
    if (extend.from == ExtendPlan::From::Field) {
      if (outer.fields[extend.place.field].column.is_present(k))
        entry = value_at(outer.fields[extend.place.field].column, k);
    } else {
      entry = entry_of(value_at(outer.base, k), extend.name);
    }
    if (!entry && extend.create) entry = Value::map({});
    if (!entry) {
      return RowFailure{k,
                        {.code = "nested.missing",
                         .message = extend.label + " extends the field '" + extend.name + "', which is not there",
                         .hint = "type=\"dict\" makes a new record",
                         .where = extend.at}};
    }
    if (entry->as_map() == nullptr) {
      return RowFailure{k,
                        {.code = "nested.extend",
                         .message = extend.label + " extends the field '" + extend.name +
                                    "', which is no record but of type " + std::string(kind_name(*entry)),
                         .hint = "type=\"dict\" puts a new record in its place",
                         .where = extend.at}};
    }
    inner.base.values[k] = std::move(*entry);
  }
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::run_step(const ExtendPlan& extend, LevelRows& rows) {
  Failure failure;
  if (extend.from != ExtendPlan::From::Dict) {
    Record& inner = *shapes_[extend.shape];
    start_shape(extend.shape, rows.rows.count);
    failure = read_base(extend, rows, inner);
    Column& out = column(extend.place);
    out.reset(Type::Struct, rows.rows.count);
    out.record = shapes_[extend.shape];
    mask_bound(rows, out);
  }
  if (extend.level) keep_earliest(failure, evaluate_same_rows(*extend.level, rows));
  return failure;
}

}  // namespace mimus
