#include "run/rules.h"

#include <algorithm>

#include "data/gather.h"
#include "run/evaluate.h"
#include "script/operators.h"

namespace mimus {

std::optional<RowFailure> Evaluation::run_step(const DropPlan& drop, LevelRows& rows) {
  std::vector<std::uint8_t>& dropped = dropped_[rows.number];
  dropped.resize(rows.rows.count, 0);
  for (std::size_t k = 0; k < dropped.size(); ++k) {
    if (dropped[k] != 0) continue;
    const auto concerns = evaluate_row(drop.condition, rows, k);
    if (!concerns) return RowFailure{k, concerns.error()};
    if (!script::is_true(*concerns)) continue;
    const auto holds = evaluate_row(drop.then, rows, k);
    if (!holds) return RowFailure{k, holds.error()};
    if (!script::is_true(*holds)) dropped[k] = 1;
  }
  return std::nullopt;
}

// Takes the rows away that the rules have dropped.
void Evaluation::drop_rows(const LevelPlan& level) {
  const std::vector<std::uint8_t>& dropped = dropped_[level.number];
  std::vector<std::uint32_t> kept;
  for (std::uint32_t k = 0; k < dropped.size(); ++k) {
    if (dropped[k] == 0) kept.push_back(k);
  }
  if (kept.size() == dropped.size()) return;
  std::vector<std::size_t> shapes = level.value_shapes;
  shapes.push_back(level.shape);
  for (const std::size_t shape : shapes) {
    Record some;
    gather(*shapes_[shape], kept, some);
    some.rows = kept.size();
    // The texts must outlive the columns that they are picked from.
    own_memory(some);
    *shapes_[shape] = std::move(some);
  }
  ListRows& list = lists_[level.number];
  const auto pick_rows = [&](auto& values) {
    if (values.size() != dropped.size()) return;
    for (std::size_t k = 0; k < kept.size(); ++k) values[k] = values[kept[k]];
    values.resize(kept.size());
  };
  pick_rows(list.parents);
  pick_rows(list.roots);
  pick_rows(list.ordinals);
  pick_rows(list.positions);
}

Result<std::vector<std::uint64_t>> keep_rows(const GeneratePlan& filter) {
  constexpr std::uint64_t kBatchRows = 2048;
  std::vector<std::uint64_t> out;
  // Neither inner records nor includes stand in it.
  Evaluation::Lists lists(filter.listed);
  Evaluation evaluation(filter, lists, {}, {});
  const ProductPlan& rows = filter.products.back();
  for (std::uint64_t first = 0; first < filter.count; first += kBatchRows) {
    const std::uint64_t count = std::min(kBatchRows, filter.count - first);
    if (auto failure = evaluation.evaluate(first, count)) return fail(std::move(failure->finding));
    const std::size_t kept = evaluation.count_records(rows, first + count);
    for (std::size_t k = 0; k < kept; ++k) out.push_back(evaluation.root_row(rows, k));
  }
  return out;
}

}  // namespace mimus
