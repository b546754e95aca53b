// Inner generates, for a batch of the rows around them.
//
// Their records are kept until the batch is complete. Where one row has very many of them they are made in parts, and
// each part is given away at once, so that memory does not grow with their number.
#include <algorithm>

#include "plan/sources.h"
#include "run/evaluate.h"

namespace mimus {
namespace {

// Records of one inner generate that are made at once.
constexpr std::uint32_t kPartRows = 2048;
constexpr std::uint32_t kShrink = 8;

// Offsets of the rows that are left of each list.
void count_rows(const std::vector<std::uint32_t>& parents, std::vector<std::uint32_t>& offsets) {
  std::ranges::fill(offsets, 0U);
  for (const std::uint32_t parent : parents) ++offsets[parent + 1];
  for (std::size_t k = 1; k < offsets.size(); ++k) offsets[k] += offsets[k - 1];
}

}  // namespace

// The records that the script gives for each row, cut to the count, in the order in which they are taken.
std::optional<RowFailure> Evaluation::collect_bases(const InnerGeneratePlan& inner, const LevelRows& rows,
                                                    std::vector<std::uint32_t>& offsets, ValueList& bases) const {
  const std::vector<std::uint32_t> asked = offsets;
  const bool is_counted = inner.elements.count.kind != CountPlan::Kind::Source;
  Failure failure;
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    offsets[k + 1] = offsets[k];
    if (failure) continue;
    const auto value = evaluate_row(*inner.script, rows, k);
    const auto items = value ? records_of_value(*value, inner.script->label) : Result<ValueList>(fail(value.error()));
    if (!items) {
      failure = RowFailure{k, items.error()};
      if (failure->finding.where.line == 0) failure->finding.where = inner.script->at;
      continue;
    }
    const std::uint64_t length = items->size();
    const std::uint64_t count = std::min({is_counted ? asked[k + 1] - asked[k] : length, length, inner.elements.bound});
    const Permutation shuffled(inner.order, rows.rows[k], std::max<std::uint64_t>(length, 1));
    for (std::uint64_t i = 0; i < count; ++i) {
      bases.push_back((*items)[inner.ordered ? i : shuffled(i)]);
    }
    offsets[k + 1] = static_cast<std::uint32_t>(bases.size());
  }
  return failure;
}

std::optional<RowFailure> Evaluation::evaluate_range(const InnerGeneratePlan& inner, const LevelRows& rows,
                                                     const std::vector<std::uint32_t>& offsets, const ValueList& bases,
                                                     Range range) {
  const LevelPlan& level = *inner.elements.level;
  start_shape(level.shape, range.count);
  expand(level.number, rows, offsets, range);
  if (inner.script) {
    const auto first = bases.begin() + range.first;
    shapes_[level.shape]->base.reset(Type::Dynamic, range.count);
    shapes_[level.shape]->base.values.assign(first, first + range.count);
  }
  Failure failure;
  if (inner.elements.source) {
    read_elements(inner.elements, rows, offsets, range);
    failure = failure_of(*inner.elements.source->source, inner.elements.at);
  }
  LevelRows own = inner_rows(level.number, rows);
  auto own_failure = evaluate_level(level, own);
  if (own_failure) own_failure->row = lists_[level.number].parents[own_failure->row];
  keep_earliest(failure, std::move(own_failure));
  if (level.drops) drop_rows(level);
  return failure;
}

// What the generate and those inside of it have made goes to the sink.
bool Evaluation::give_away(const InnerGeneratePlan& inner) {
  for (std::size_t p = 0; p < plan_->products.size(); ++p) {
    const ProductPlan& product = plan_->products[p];
    if (product.level < inner.elements.level->number || product.level > inner.last_level) continue;
    std::vector<std::uint64_t>& roots = lists_[product.level].roots;
    if (!roots.empty() && !sink_(p, *shapes_[product.shape], roots.size())) return false;
    roots.clear();
  }
  return true;
}

// The records for the only row of the level around, in parts.
std::optional<RowFailure> Evaluation::stream(const InnerGeneratePlan& inner, const LevelRows& rows,
                                             const std::vector<std::uint32_t>& offsets, const ValueList& bases) {
  const bool was_in_parts = in_parts_;
  const bool could_shrink = can_shrink_;
  if (!in_parts_) made_.assign(plan_->levels, 0);
  in_parts_ = true;
  list_in_parts_[inner.elements.level->number] = ++lists_in_parts_;
  const bool has_inner = inner.last_level > inner.elements.level->number;
  std::uint32_t part = has_inner || plan_->row_by_row ? 1 : kPartRows;
  Failure failure;
  for (std::uint32_t first = 0; first < offsets.back() && !failure;) {
    const Range range{first, std::min(part, offsets.back() - first)};
    const std::vector<std::uint32_t> made_before = made_;
    const std::vector<ListRank> list_ranks_before = list_ranks_;
    const std::vector<std::uint64_t> ranks_before = ranks_;
    can_shrink_ = range.count > 1;
    failure = evaluate_range(inner, rows, offsets, bases, range);
    if (oversized_) {
      oversized_ = false;
      failure.reset();
      made_ = made_before;
      list_ranks_ = list_ranks_before;
      ranks_ = ranks_before;
      part = std::max(1U, range.count / kShrink);
      continue;
    }
    if (!failure && !give_away(inner)) failure = RowFailure{};
    first += range.count;
    if (!plan_->row_by_row) part = std::min(part * 2, kPartRows);
  }
  list_in_parts_[inner.elements.level->number] = 0;
  can_shrink_ = could_shrink;
  in_parts_ = was_in_parts;
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const IncludePlan& include, LevelRows& rows) {
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    ValueMap names;
    for (const NameLink& link : include.records) {
      const auto record = value_of(link, rows, k);
      if (record) names.insert(names.end(), record->as_map()->begin(), record->as_map()->end());
    }
    std::string uri = include.include->uri.text;
    if (include.uri) {
      const auto value = evaluate_row(*include.uri, rows, k);
      if (!value) return RowFailure{k, value.error()};
      uri = text_of(*value);
    }
    if (auto status = includer_(include, uri, std::move(names), rows.rows[k]); !status) {
      return RowFailure{k, std::move(status).error()};
    }
  }
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::run_step(const InnerGeneratePlan& inner, LevelRows& rows) {
  std::vector<std::uint32_t> offsets(rows.rows.count + 1, 0);
  Failure failure;
  if (!inner.script || inner.elements.count.kind != CountPlan::Kind::Source) {
    failure = count_elements(inner.elements, rows, offsets);
  }
  ValueList bases;
  if (inner.script) keep_earliest(failure, collect_bases(inner, rows, offsets, bases));
  const std::uint32_t total = offsets.back();
  if (is_too_many(total)) return failure;
  const bool is_read = plan_->is_read[inner.variable];
  const bool has_inner = inner.last_level > inner.elements.level->number;
  const bool in_parts = has_inner || plan_->row_by_row || total > kPartRows;
  if (rows.rows.count == 1 && !can_shrink_ && !is_read && in_parts) {
    keep_earliest(failure, stream(inner, rows, offsets, bases));
    return failure;
  }
  keep_earliest(failure, evaluate_range(inner, rows, offsets, bases, {0, total}));
  if (is_read) {
    Column& list = variables_[inner.variable];
    list.reset(Type::List, rows.rows.count);
    if (inner.elements.level->drops) count_rows(lists_[inner.elements.level->number].parents, offsets);
    list.offsets = std::move(offsets);
    list.record = shapes_[inner.elements.level->record_shape()];
  }
  return failure;
}

}  // namespace mimus
