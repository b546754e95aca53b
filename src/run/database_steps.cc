// Statements that ask a database for each record, for a batch.
#include <algorithm>
#include <unordered_map>

#include "plan/value.h"
#include "run/evaluate.h"

namespace mimus {

// Equal queries of a batch are asked once.
std::optional<RowFailure> Evaluation::ask(const AskedPlan& plan, const LevelRows& rows, Column& out) {
  const std::size_t count = rows.rows.count;
  out.reset(Type::Dynamic, count);
  out.values.resize(count);
  std::unordered_map<std::string, Value> known;
  for (std::size_t k = 0; k < count; ++k) {
    auto text =
        joined_text(plan.text, [&](const ExpressionPlan& expression) { return evaluate_row(expression, rows, k); });
    if (!text) return RowFailure{k, std::move(text).error()};
    const auto [entry, is_new] = known.try_emplace(std::move(*text));
    if (is_new) {
      auto answer = plan.database->ask(entry->first);
      if (!answer) {
        RowFailure failure{k, std::move(answer).error()};
        failure.finding.where = plan.at;
        return failure;
      }
      entry->second = std::move(*answer);
    }
    out.values[k] = entry->second;
  }
  mask_bound(rows, out);
  return std::nullopt;
}

// What the file defines becomes values of variables of the level.
std::optional<RowFailure> Evaluation::run_python(const PythonFilePlan& plan, const LevelRows& rows, std::size_t row) {
  auto names = plan.run(rows.rows[row]);
  if (!names) return RowFailure{row, std::move(names).error()};
  for (const auto& [name, variable] : plan.variables) {
    Column& out = variables_[variable];
    if (out.size != rows.rows.count || out.type != Type::Dynamic) {
      out.reset(Type::Dynamic, rows.rows.count);
      out.values.resize(rows.rows.count);
      out.make_present();
      std::ranges::fill(out.present, std::uint8_t{0});
    }
    const Value* value = find(*names, name);
    if (value == nullptr) continue;
    out.values[row] = *value;
    out.make_present()[row] = 1;
  }
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::run_step(const ExecutePlan& execute, LevelRows& rows) {
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    if (!rows.over.empty() && rows.over[k] != 0) continue;
    if (execute.python) {
      if (auto failure = run_python(*execute.python, rows, k)) return failure;
      continue;
    }
    auto done = run_sql_script(*execute.script,
                               [&](const ExpressionPlan& expression) { return evaluate_row(expression, rows, k); });
    if (!done) return RowFailure{k, std::move(done).error()};
  }
  return std::nullopt;
}

}  // namespace mimus
