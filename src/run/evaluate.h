// Evaluation: a thread's columns for one plan, and the work on them: a batch of root rows at a time, level by level,
// statement by statement.
//
// The columns are reused from batch to batch. One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "data/failure.h"
#include "data/record.h"
#include "plan/plan.h"
#include "random/permutation.h"

namespace mimus {

class Evaluation {
 public:
  // The plan is borrowed.
  explicit Evaluation(const GeneratePlan& plan);

  // Computes the records of the root rows first … first + count. When a row fails, those before it are right.
  [[nodiscard]] std::optional<RowFailure> evaluate(std::uint64_t first, std::size_t count);

  // The records of the last call; valid until the next.
  [[nodiscard]] const Record& records() const { return *shapes_[plan_->level.shape]; }
  // Rows of the level that had most rows in the last call.
  [[nodiscard]] std::size_t most_rows() const { return most_rows_; }

 private:
  // A level during the evaluation of a batch.
  struct LevelRows {
    Rows rows;
    const LevelRows* parent = nullptr;
    const std::uint32_t* parents = nullptr;  // row of the parent level; nullptr: the same row
    std::size_t number = 0;
    // Rows at this position in their list, or after it, have no field of the statements to come.
    std::uint64_t bound = UINT64_MAX;
  };

  // What a list keeps from batch to batch.
  struct ListRows {
    std::vector<std::uint32_t> parents;
    std::vector<std::uint64_t> roots;
    std::vector<std::uint32_t> ordinals;
    std::vector<std::uint64_t> positions;
    std::vector<std::uint64_t> source_rows;
  };

  using Failure = std::optional<RowFailure>;

  Failure evaluate_level(const LevelPlan& level, LevelRows& rows);
  Failure run_step(const KeyPlan& key, LevelRows& rows);
  Failure run_step(const VariablePlan& variable, LevelRows& rows);
  Failure run_step(const BoundPlan& bound, LevelRows& rows);
  Failure run_step(const ListPlan& list, LevelRows& rows);
  Failure run_step(const DictPlan& dict, LevelRows& rows);
  Failure run_step(const ExtendPlan& extend, LevelRows& rows);
  Failure run_step(const ScriptedPlan& scripted, LevelRows& rows);
  Failure run_step(const ItemsPlan& items, LevelRows& rows);
  Failure run_step(const ArrayPlan& array, LevelRows& rows);
  Failure run_step(const EchoPlan& echo, LevelRows& rows);
  Failure run_step(const ConditionPlan& condition, LevelRows& rows);

  // ---- expressions (scripted_evaluate.cc)
  class Expressions;
  class RowNames;
  class RowColumns;
  [[nodiscard]] Result<Value> evaluate_row(const ExpressionPlan& expression, const LevelRows& rows,
                                           std::size_t row) const;
  [[nodiscard]] Failure evaluate_expression(const ExpressionPlan& expression, const ExpressionPlan* fallback,
                                            const LevelRows& rows, Column& out) const;
  [[nodiscard]] std::optional<Value> value_of(const NameLink& link, const LevelRows& rows, std::size_t row) const;
  [[nodiscard]] std::optional<Value> record_of(const NameLink& link, const LevelRows& rows, std::size_t row,
                                               std::size_t level_row) const;
  Failure run_branch(const BranchPlan& branch, const ConditionPlan& condition, const LevelRows& rows,
                     const std::vector<std::uint32_t>& selection);
  void merge_branch(const ConditionPlan& condition, std::vector<Record>& parts,
                    const std::vector<std::uint32_t>& selection);
  static void merge_dict(Column& into, const Column& part, const std::vector<std::uint32_t>& selection);
  void pick(const Column& in, const std::vector<std::uint32_t>& selection, Column& out) const;
  [[nodiscard]] static Diagnostic not_a_truth(const ExpressionPlan& expression, const Value& value);
  // What a script has given in one row.
  struct Given {
    bool is_list = false;
    bool is_null = false;
  };
  void store_given(const ScriptedPlan& scripted, const std::vector<Given>& given, std::vector<std::uint32_t>& offsets,
                   const LevelRows& rows);
  [[nodiscard]] bool is_own_record(const std::shared_ptr<Record>& record) const;

  void read_root(std::uint64_t first, std::size_t count);
  Failure count_elements(const ListPlan& list, const LevelRows& rows, std::vector<std::uint32_t>& offsets);
  void expand(const ListPlan& list, const LevelRows& rows, const std::vector<std::uint32_t>& offsets, ListRows& out);
  void read_elements(const ListPlan& list, const LevelRows& rows, const std::vector<std::uint32_t>& offsets,
                     ListRows& elements, Record& out);
  void read_variable(const SourcePlan& source, const LevelRows& rows, Column& out);
  Failure read_base(const ExtendPlan& extend, const LevelRows& rows, Record& inner);
  Failure evaluate_same_rows(const LevelPlan& level, const LevelRows& parent);

  [[nodiscard]] Column& column(FieldPlace place) { return shapes_[place.shape]->fields[place.field].column; }
  void start_shape(std::size_t shape, std::size_t rows);
  static void mask_bound(const LevelRows& rows, Column& column);

  const GeneratePlan* plan_;
  std::vector<std::shared_ptr<Record>> shapes_;  // by number
  std::vector<ListRows> lists_;                  // by number of the list's level
  std::vector<Column> variables_;
  std::vector<std::uint64_t> root_rows_;
  // The permutation of the pass over the generate's own source.
  std::uint64_t pass_ = UINT64_MAX;
  std::optional<Permutation> permutation_;
  std::size_t most_rows_ = 0;
  // Columns of branches whose texts are still in use.
  std::vector<Record> kept_;
};

}  // namespace mimus
