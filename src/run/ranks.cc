// Counters that some rows leave out: what they count is how often they have been carried out.
#include <algorithm>

#include "plan/value.h"
#include "run/evaluate.h"
#include "run/expressions.h"

namespace mimus {

std::vector<std::uint64_t> Evaluation::ranks(const RankPlan& plan, const ValuePlan& value, const LevelRows& rows) {
  std::vector<std::uint64_t> out(rows.rows.count);
  const std::vector<bool> nulls = draw_nulls(value, rows.rows);
  const bool in_list = plan.scope == RankPlan::Scope::List;
  const Expressions expressions(*this, rows);
  const std::uint64_t list = in_list ? list_in_parts_[rows.number] : 0;
  ListRank& known = list_ranks_[plan.number];
  std::uint64_t rank = !in_list ? ranks_[plan.number] : list != 0 && known.list == list ? known.rank : 0;
  for (std::size_t k = 0; k < out.size(); ++k) {
    const bool is_new_list = in_list && rows.parents != nullptr && k > 0 && rows.parents[k] != rows.parents[k - 1];
    if (is_new_list) rank = 0;
    out[k] = rank;
    if ((nulls.empty() || !nulls[k]) && (in_list || !expressions.is_left_out(k))) ++rank;
  }
  if (!in_list) ranks_[plan.number] = rank;
  known = {list, rank};
  return out;
}

// A counter that has no more values ends the run's records; in a list its field is missing from there on.
void Evaluation::end_counter(const KeyPlan& key, const LevelRows& rows, const std::vector<std::uint64_t>& ranks,
                             Column& out) {
  const std::uint64_t length = key.value.generator->length().value_or(UINT64_MAX);
  for (std::size_t k = 0; k < ranks.size(); ++k) {
    if (ranks[k] < length || !out.is_valid(k)) continue;
    if (key.rank->scope == RankPlan::Scope::List) {
      out.make_present()[k] = 0;
      continue;
    }
    end_ = std::min(end_.value_or(UINT64_MAX), rows.rows[k].root);
    return;
  }
}

}  // namespace mimus
