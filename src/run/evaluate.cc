#include "run/evaluate.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "data/gather.h"
#include "plan/sources.h"
#include "plan/value.h"
#include "run/expressions.h"

namespace mimus {
namespace {

// Elements of one list; all lists of a batch together stay below 2^32.
constexpr std::uint64_t kMaxElements = 1'000'000'000;
// Elements for several rows at once; more of them: fewer rows.
constexpr std::uint32_t kMostAtOnce = 1U << 16U;

Diagnostic too_many(const ElementsPlan& plan, std::uint64_t count) {
  return {.code = "nested.too_many",
          .message = plan.label + " would have " + std::to_string(count) + " elements in one record; at most " +
                     std::to_string(kMaxElements) + " are possible",
          .where = plan.at};
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

Evaluation::Evaluation(const GeneratePlan& plan, Lists& lists, Sink sink, Includer includer)
    : plan_(&plan),
      shared_lists_(&lists),
      lists_(plan.levels),
      variables_(plan.variables),
      entities_(plan.variables),
      sink_(std::move(sink)),
      includer_(std::move(includer)),
      ranks_(plan.ranks),
      ranks_before_(plan.ranks),
      list_in_parts_(plan.levels),
      list_ranks_(plan.ranks) {
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
  if (!rows.over.empty()) {
    for (std::size_t k = 0; k < rows.rows.count; ++k) {
      if (rows.over[k] != 0) column.make_present()[k] = 0;
    }
  }
  if (rows.bound == UINT64_MAX) return;
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    if (rows.rows.position(k) >= rows.bound) column.make_present()[k] = 0;
  }
}

// Of a source whose file has changed under the run.
std::optional<RowFailure> Evaluation::failure_of(const Source& source, const Location& at) {
  Status status = source.status();
  if (status) return std::nullopt;
  RowFailure failure{0, std::move(status).error()};
  failure.finding.where = at;
  return failure;
}

void Evaluation::start(std::uint64_t first, std::size_t count) {
  most_rows_ = count;
  kept_.clear();
  if (oversized_) {
    ranks_ = ranks_before_;
  } else {
    ranks_before_ = ranks_;
  }
  oversized_ = false;
  end_.reset();
  can_shrink_ = count > 1;
  for (const ProductPlan& product : plan_->products) lists_[product.level].roots.clear();
  lists_[plan_->level.number].roots.resize(count);
  for (std::size_t k = 0; k < count; ++k) lists_[plan_->level.number].roots[k] = first + k;
  start_shape(plan_->level.shape, count);
  if (plan_->source) read_root(first, count);
}

std::optional<RowFailure> Evaluation::evaluate(std::uint64_t first, std::size_t count) {
  start(first, count);
  if (plan_->source) {
    if (auto failure = failure_of(*plan_->source->source, plan_->at)) return failure;
  }
  LevelRows rows{.rows = {.first = first, .count = count}};
  auto failure = evaluate_level(plan_->level, rows);
  if (plan_->level.drops) drop_rows(plan_->level);
  return failure;
}

std::optional<RowFailure> Evaluation::evaluate_tail(std::uint64_t row, std::size_t steps) {
  start(row, 1);
  lists_[plan_->level.number].roots.clear();
  LevelRows rows{.rows = {.first = row, .count = 1}, .number = plan_->level.number};
  for (std::size_t k = 0; k < steps; ++k) {
    auto failure = std::visit([&](const auto& plan) { return run_step(plan, rows); }, plan_->level.steps[k]);
    if (failure) return failure;
  }
  return std::nullopt;
}

std::size_t Evaluation::count_records(const ProductPlan& product, std::uint64_t end) const {
  const std::vector<std::uint64_t>& roots = lists_[product.level].roots;
  return static_cast<std::size_t>(std::ranges::lower_bound(roots, end) - roots.begin());
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
  for (const std::size_t shape : level.value_shapes) start_shape(shape, rows.rows.count);
  if (level.drops) dropped_[level.number].clear();
  Failure failure;
  for (const StepPlan& step : level.steps) {
    keep_earliest(failure, std::visit([&](const auto& plan) { return run_step(plan, rows); }, step));
    if (oversized_) return failure;
  }
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const KeyPlan& key, LevelRows& rows) {
  Column& out = column(key.place);
  std::vector<std::uint64_t> positions;
  Rows own = rows.rows;
  own.single = own.single || key.restart;
  if (key.rank) {
    positions = ranks(*key.rank, key.value, rows);
    own.positions = positions.data();
  }
  if (key.value.generator && key.value.generator->counts_run()) own.single = false;
  Failure failure = evaluate_value(key.value, own, Expressions(*this, rows), out);
  end_scripted(failure, rows, out);
  if (key.rank) end_counter(key, rows, positions, out);
  mask_bound(rows, out);
  return failure;
}

// Rows without an attribute hold their text alone.
std::optional<RowFailure> Evaluation::run_step(const TextedPlan& texted, LevelRows& rows) {
  const Record& record = *shapes_[texted.shape];
  const std::size_t count = rows.rows.count;
  std::vector<std::uint8_t> tagged(count, 0);
  for (std::size_t f = 1; f < record.fields.size(); ++f) {
    for (std::size_t k = 0; k < count; ++k) {
      if (record.fields[f].column.is_present(k)) tagged[k] = 1;
    }
  }
  const auto plain = static_cast<std::size_t>(std::ranges::count(tagged, 0));
  if (plain == 0) return std::nullopt;
  Column& out = column(texted.place);
  const std::vector<std::uint8_t> present = std::move(out.present);
  const Column& text = record.fields[0].column;
  if (plain == count) {
    std::vector<std::uint32_t> all(count);
    std::iota(all.begin(), all.end(), 0U);
    gather(text, all, out);
  } else {
    out.reset(Type::Dynamic, count);
    out.values.resize(count);
    for (std::size_t k = 0; k < count; ++k) out.values[k] = tagged[k] != 0 ? map_at(record, k) : value_at(text, k);
  }
  out.present = present;
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::run_step(const BoundPlan& bound, LevelRows& rows) {
  rows.bound = std::min(rows.bound, bound.length);
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::run_step(const VariablePlan& variable, LevelRows& rows) {
  Column& out = variables_[variable.variable];
  Failure failure;
  if (const auto* value = std::get_if<ValuePlan>(&variable.way)) {
    std::vector<std::uint64_t> positions;
    Rows own = rows.rows;
    if (variable.rank) {
      positions = ranks(*variable.rank, *value, rows);
      own.positions = positions.data();
    }
    if (value->generator && value->generator->counts_run()) own.single = false;
    failure = evaluate_value(*value, own, Expressions(*this, rows), out);
    end_scripted(failure, rows, out);
  } else if (const auto* listed = std::get_if<ListedPlan>(&variable.way)) {
    failure = read_listed(variable, *listed, rows);
  } else if (const auto* asked = std::get_if<AskedPlan>(&variable.way)) {
    failure = ask(*asked, rows, out);
  } else if (const auto* entity = std::get_if<EntityPlan>(&variable.way)) {
    std::unique_ptr<EntityBatch>& batch = entities_[variable.variable];
    if (!batch) batch = std::make_unique<EntityBatch>(entity->entity);
    batch->start(rows.rows, entity->stream);
    fill_fields(*batch, *entity->fields, rows.rows.count, out);
  } else {
    failure = read_variable(std::get<SourcePlan>(variable.way), rows, out);
  }
  if (variable.texts) keep_earliest(failure, fill_variable(*variable.texts, rows, out));
  hold_values(variable.variable, out);
  return failure;
}

// A row of the source for each record, as a map; in lists from its start again.
std::optional<RowFailure> Evaluation::read_variable(const SourcePlan& source, const LevelRows& rows, Column& out) {
  const std::uint64_t length = source.source->length();
  const std::size_t count = rows.rows.count;
  out.reset(length == 0 ? Type::Null : Type::Dynamic, count);
  if (length == 0) return std::nullopt;
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
  if (auto failure = failure_of(*source.source, plan_->at)) return failure;
  out.values.resize(count);
  for (std::size_t k = 0; k < count; ++k) out.values[k] = map_at(record, k);
  return std::nullopt;
}

// How many elements there are in each row, as offsets.
std::optional<RowFailure> Evaluation::count_elements(const ElementsPlan& plan, const LevelRows& rows,
                                                     std::vector<std::uint32_t>& offsets) {
  const CountPlan& count = plan.count;
  const std::size_t size = rows.rows.count;
  const std::uint64_t length = plan.source ? whole_length(*plan.source) : UINT64_MAX;
  const bool limited = plan.source && (!plan.source->cyclic || length == 0);
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
    if (plan.source) n = count_left(*plan.source, n, rows.rows[k]);
    n = std::min(n, plan.bound);
    for (const ExpressionPlan& list : plan.list_bounds) {
      if (failure) break;
      const auto items = list_of(list, rows, k);
      if (items) {
        n = std::min<std::uint64_t>(n, items->size());
      } else {
        failure = RowFailure{k, items.error()};
      }
    }
    if (n > kMaxElements - std::min<std::uint64_t>(offsets[k], kMaxElements)) {
      if (!failure) failure = RowFailure{k, too_many(plan, n)};
      n = 0;
    }
    offsets[k + 1] = offsets[k] + static_cast<std::uint32_t>(failure ? 0 : n);
  }
  return failure;
}

bool Evaluation::is_too_many(std::uint32_t elements) {
  if (elements > kMostAtOnce && can_shrink_) oversized_ = true;
  return oversized_;
}

// The identities of the elements: root row, running number within it, position in the list.
void Evaluation::expand(std::size_t level, const LevelRows& rows, const std::vector<std::uint32_t>& offsets,
                        Range range) {
  ListRows& out = lists_[level];
  out.parents.resize(range.count);
  out.roots.resize(range.count);
  out.ordinals.resize(range.count);
  out.positions.resize(range.count);
  std::uint64_t root = UINT64_MAX;
  std::uint32_t ordinal = 0;
  const std::uint32_t end = range.first + range.count;
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    const std::uint64_t own = rows.rows[k].root;
    if (own != root) ordinal = in_parts_ ? made_[level] : 0;
    root = own;
    for (std::uint32_t i = std::max(offsets[k], range.first); i < std::min(offsets[k + 1], end); ++i) {
      const std::uint32_t place = i - range.first;
      out.parents[place] = static_cast<std::uint32_t>(k);
      out.roots[place] = root;
      out.ordinals[place] = ordinal++;
      out.positions[place] = i - offsets[k];
    }
  }
  if (in_parts_) made_[level] = ordinal;
}

// The rows of the source: as many as there are elements, in their order or in random order.
void Evaluation::read_elements(const ElementsPlan& plan, const LevelRows& rows,
                               const std::vector<std::uint32_t>& offsets, Range range) {
  const SourcePlan& source = *plan.source;
  const std::uint64_t length = source.source->length();
  ListRows& elements = lists_[plan.level->number];
  elements.source_rows.resize(range.count);
  const std::uint32_t end = range.first + range.count;
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    const std::uint32_t first = std::max(offsets[k], range.first);
    const std::uint32_t last = std::min(offsets[k + 1], end);
    if (first >= last) continue;
    std::uint64_t* indices = elements.source_rows.data() + (first - range.first);
    const std::uint32_t position = first - offsets[k];
    const std::uint32_t count = last - first;
    if (source.ordered) {
      for (std::uint32_t i = 0; i < count; ++i) indices[i] = (position + i) % length;
    } else if (plan.shuffle == Shuffle::Taken) {
      const Permutation shuffled(source.order, rows.rows[k], offsets[k + 1] - offsets[k]);
      for (std::uint32_t i = 0; i < count; ++i) indices[i] = shuffled(position + i) % length;
    } else {
      const Permutation shuffled(source.order, rows.rows[k], length);
      for (std::uint32_t i = 0; i < count; ++i) indices[i] = shuffled((position + i) % length);
    }
  }
  source.source->read(elements.source_rows, *shapes_[plan.level->shape]);
}

// The rows of a list's level, as expand() has made them.
Evaluation::LevelRows Evaluation::inner_rows(std::size_t level, const LevelRows& rows) const {
  const ListRows& elements = lists_[level];
  return {.rows = {.count = elements.parents.size(),
                   .roots = elements.roots.data(),
                   .ordinals = elements.ordinals.data(),
                   .positions = elements.positions.data()},
          .parent = &rows,
          .parents = elements.parents.data()};
}

std::optional<RowFailure> Evaluation::run_step(const ListPlan& list, LevelRows& rows) {
  const ElementsPlan& plan = list.elements;
  Column& out = column(list.place);
  out.reset(Type::List, rows.rows.count);
  Failure failure = count_elements(plan, rows, out.offsets);
  const std::uint32_t total = out.offsets.back();
  if (is_too_many(total)) return failure;
  start_shape(plan.level->shape, total);
  out.record = shapes_[plan.level->shape];
  expand(plan.level->number, rows, out.offsets, {0, total});
  if (plan.source) {
    read_elements(plan, rows, out.offsets, {0, total});
    keep_earliest(failure, failure_of(*plan.source->source, plan.at));
  }
  LevelRows inner = inner_rows(plan.level->number, rows);
  keep_earliest(failure, in_parent(evaluate_level(*plan.level, inner), lists_[plan.level->number].parents));
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
