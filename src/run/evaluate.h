// Evaluation: a thread's columns for one plan, and the work on them: a batch of root rows at a time, level by level,
// statement by statement.
//
// The columns are reused from batch to batch. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/failure.h"
#include "data/record.h"
#include "plan/plan.h"
#include "random/permutation.h"

namespace mimus {

class Evaluation {
 public:
  // Takes records of an inner generate that are too many to be kept until the batch is complete; `product` is its
  // number. The records are valid during the call. They come in the order of the run, those of the generates inside of
  // it first. False ends the work; the caller knows why.
  using Sink = std::function<bool(std::size_t product, const Record& records, std::size_t count)>;

  // Carries out an <include> for one row: `names` are what its descriptor may name beside the setup's.
  using Includer = std::function<Status(const IncludePlan& include, const std::string& uri, ValueMap names, Row row)>;

  // Lists that all threads read, by number; made from the first record.
  using Lists = std::vector<std::shared_ptr<const ValueList>>;

  // Plan and lists are borrowed. Lists that are not there yet are made when the first record is evaluated.
  Evaluation(const GeneratePlan& plan, Lists& lists, Sink sink, Includer includer);

  // Computes the records of the root rows first … first + count. When a row fails, those before it are right.
  [[nodiscard]] std::optional<RowFailure> evaluate(std::uint64_t first, std::size_t count);
  // The same for the first steps only of one row, for the inner products in them.
  [[nodiscard]] std::optional<RowFailure> evaluate_tail(std::uint64_t row, std::size_t steps);
  // True when the last call has come upon too many inner records for so many root rows: what it has made is void, and
  // it should be made again with fewer.
  [[nodiscard]] bool is_oversized() const { return oversized_; }

  // The root row of the last call at which a counter has come to its end: it and those after it are no records.
  [[nodiscard]] std::optional<std::uint64_t> end() const { return end_; }

  // The records of a product from the last call, but for those the sink has got; valid until the next call. `end`:
  // counting those of the root rows before it.
  [[nodiscard]] const Record& records(const ProductPlan& product) const { return *shapes_[product.shape]; }
  // The values that a target gets for the same records, by the number of their shape.
  [[nodiscard]] const Record& values(std::size_t shape) const { return *shapes_[shape]; }
  [[nodiscard]] std::size_t count_records(const ProductPlan& product, std::uint64_t end) const;
  // The root row of a record of the product.
  [[nodiscard]] std::uint64_t root_row(const ProductPlan& product, std::size_t record) const {
    return lists_[product.level].roots[record];
  }
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
    // The same, by row; empty: none.
    std::vector<std::uint8_t> over = {};
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
  Failure run_step(const SequencePlan& sequence, LevelRows& rows);
  Failure run_step(const TextedPlan& texted, LevelRows& rows);
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
  Failure run_step(const InnerGeneratePlan& inner, LevelRows& rows);
  Failure run_step(const IncludePlan& include, LevelRows& rows);
  Failure run_step(const ExecutePlan& execute, LevelRows& rows);
  Failure run_step(const TextsPlan& texts, LevelRows& rows);
  Failure run_step(const LastTextsPlan& texts, LevelRows& rows);
  Failure run_step(const ReferencePlan& reference, LevelRows& rows);
  Failure run_step(const DropPlan& drop, LevelRows& rows);
  Failure run_step(const ConvertPlan& convert, LevelRows& rows);
  Failure run_step(const ConvertRecordsPlan& convert, LevelRows& rows);
  void drop_rows(const LevelPlan& level);

  // ---- expressions (scripted_evaluate.cc)
  class Expressions;
  class RowNames;
  class RowColumns;
  // `stream`: instead of the expression's own.
  [[nodiscard]] Result<Value> evaluate_row(const ExpressionPlan& expression, const LevelRows& rows, std::size_t row,
                                           const Stream* stream = nullptr) const;
  [[nodiscard]] Failure evaluate_expression(const ExpressionPlan& expression, const ExpressionPlan* fallback,
                                            const LevelRows& rows, Column& out) const;
  // Without the row and the names in the message.
  [[nodiscard]] Result<Value> try_row(const ExpressionPlan& expression, const LevelRows& rows, std::size_t row,
                                      const Stream* stream = nullptr) const;
  [[nodiscard]] Result<Value> try_natively(const ExpressionPlan& expression, const LevelRows& rows, std::size_t row,
                                           const Stream& stream) const;
  // Adds which record it was, and the values of the names that the expression uses.
  void explain(Diagnostic& finding, const ExpressionPlan& expression, const LevelRows& rows, std::size_t row) const;
  // The same by the interpreter (python_evaluate.cc).
  [[nodiscard]] Failure evaluate_in_python(const ExpressionPlan& expression, const ExpressionPlan* fallback,
                                           const LevelRows& rows, Column& out) const;
  [[nodiscard]] Column column_of_name(const ExpressionPlan& expression, const std::string& name,
                                      const LevelRows& rows) const;
  [[nodiscard]] Result<Value> evaluate_row_in_python(const ExpressionPlan& expression, const LevelRows& rows,
                                                     std::size_t row, const Stream& stream) const;
  [[nodiscard]] std::optional<Value> value_of(const NameLink& link, const LevelRows& rows, std::size_t row) const;
  [[nodiscard]] std::optional<Value> record_of(const NameLink& link, const LevelRows& rows, std::size_t row,
                                               std::size_t level_row) const;
  static void hold_lists(Column& column);
  void drop_full_masks(const ConditionPlan& condition);
  Failure run_one_by_one(const ConditionPlan& condition, const LevelRows& rows);
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

  // ---- texts of scripted sources (source_texts.cc)

  // What is left for the end of the records of one shape.
  struct LeftTexts {
    struct Cell {
      std::size_t field, row;
      Value original, now;
    };
    std::vector<std::pair<std::size_t, Value>> rows;  // of the base: row, and its map as the source gave it
    std::vector<Cell> cells;                          // of fields, field by field
  };
  struct CompiledTexts {
    std::unordered_map<std::string, Result<CompiledText>> texts;
    std::size_t bytes = 0;
  };
  [[nodiscard]] const Result<CompiledText>& compiled_text(const TextScope& scope, const std::string& text);
  [[nodiscard]] Result<Value> text_value(const TextScope& scope, const std::string& text, const std::string& path,
                                         const LevelRows& rows, std::size_t row);
  // With the names of `scope`, and where that fails with those of `then`; where there is no such, the text stays and
  // `left` tells so, or, without `left`, the failure is the result.
  [[nodiscard]] Result<Value> fill_in_row(const TextScope& scope, const TextScope* then, bool* left, const Value& value,
                                          const std::string& path, const LevelRows& rows, std::size_t row);
  Failure fill_variable(const TextScope& texts, const LevelRows& rows, Column& column);
  Failure fill_base(const TextsPlan& texts, Record& record, LeftTexts& left, const LevelRows& rows);
  Failure fill_field(const TextsPlan& texts, Record& record, std::size_t field, LeftTexts& left, const LevelRows& rows);
  Failure finish_base(const LastTextsPlan& texts, std::size_t shape, const LeftTexts& left, const LevelRows& rows);
  Failure finish_fields(const LastTextsPlan& texts, const LeftTexts& left, const LevelRows& rows);

  void start(std::uint64_t first, std::size_t count);
  [[nodiscard]] static Failure failure_of(const Source& source, const Location& at);
  // More elements than one batch should have, of rows that can be made fewer.
  [[nodiscard]] bool is_too_many(std::uint32_t elements);
  void read_root(std::uint64_t first, std::size_t count);
  Failure count_elements(const ElementsPlan& plan, const LevelRows& rows, std::vector<std::uint32_t>& offsets);
  // Of the elements first … first + count of all of the batch; `offsets` says which row they belong to.
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  void expand(std::size_t level, const LevelRows& rows, const std::vector<std::uint32_t>& offsets, Range range);
  void read_elements(const ElementsPlan& plan, const LevelRows& rows, const std::vector<std::uint32_t>& offsets,
                     Range range);
  [[nodiscard]] LevelRows inner_rows(std::size_t level, const LevelRows& rows) const;

  // ---- inner generates (inner_generate.cc)
  Failure collect_bases(const InnerGeneratePlan& inner, const LevelRows& rows, std::vector<std::uint32_t>& offsets,
                        ValueList& bases) const;
  Failure evaluate_range(const InnerGeneratePlan& inner, const LevelRows& rows,
                         const std::vector<std::uint32_t>& offsets, const ValueList& bases, Range range);
  Failure stream(const InnerGeneratePlan& inner, const LevelRows& rows, const std::vector<std::uint32_t>& offsets,
                 const ValueList& bases);
  [[nodiscard]] bool give_away(const InnerGeneratePlan& inner);
  Failure ask(const AskedPlan& plan, const LevelRows& rows, Column& out);
  Failure read_listed(const VariablePlan& variable, const ListedPlan& plan, LevelRows& rows);
  Failure read_first_list(const ListedPlan& plan, LevelRows& rows, Column& out);
  [[nodiscard]] Result<ValueList> list_of(const ExpressionPlan& script, const LevelRows& rows, std::size_t row) const;
  Failure read_variable(const SourcePlan& source, const LevelRows& rows, Column& out);
  Failure read_base(const ExtendPlan& extend, const LevelRows& rows, Record& inner);
  Failure evaluate_same_rows(const LevelPlan& level, const LevelRows& parent);

  [[nodiscard]] Column& column(FieldPlace place) { return shapes_[place.shape]->fields[place.field].column; }
  void start_shape(std::size_t shape, std::size_t rows);
  static void mask_bound(const LevelRows& rows, Column& column);
  // How often a value has been carried out before each row.
  [[nodiscard]] std::vector<std::uint64_t> ranks(const RankPlan& rank, const ValuePlan& value, const LevelRows& rows);
  Failure run_python(const PythonFilePlan& plan, const LevelRows& rows, std::size_t row);
  void hold_values(std::size_t variable, Column& out) const;
  // Where a generator of Python has no more values, which is no failure.
  void end_scripted(Failure& failure, LevelRows& rows, Column& out);
  void end_counter(const KeyPlan& key, const LevelRows& rows, const std::vector<std::uint64_t>& ranks, Column& out);

  const GeneratePlan* plan_;
  Lists* shared_lists_;
  std::vector<std::shared_ptr<Record>> shapes_;  // by number
  std::vector<ListRows> lists_;                  // by number of the list's level
  std::vector<Column> variables_;
  std::vector<std::unique_ptr<EntityBatch>> entities_;  // by number of the variable
  std::vector<std::uint64_t> root_rows_;
  // The permutation of the pass over the generate's own source.
  std::uint64_t pass_ = UINT64_MAX;
  std::optional<Permutation> permutation_;
  std::size_t most_rows_ = 0;
  Sink sink_;
  Includer includer_;
  std::optional<std::uint64_t> end_;
  std::vector<std::uint64_t> ranks_;         // by number: how often, in the rows before the batch and in it
  std::vector<std::uint64_t> ranks_before_;  // in the rows before the batch
  bool oversized_ = false;
  // The batch, or the part of an inner generate's records under way, has several rows: it can be made smaller.
  bool can_shrink_ = false;
  // While the records of one root row are made in parts: by level, how many of it the parts before have had.
  bool in_parts_ = false;
  std::vector<std::uint32_t> made_;
  // The same for counters in a list that is made in parts: by level, which list it is (0: none); by number of the rank,
  // how often in which list.
  struct ListRank {
    std::uint64_t list = 0;
    std::uint64_t rank = 0;
  };
  std::uint64_t lists_in_parts_ = 0;
  std::vector<std::uint64_t> list_in_parts_;
  std::vector<ListRank> list_ranks_;
  std::map<std::size_t, std::vector<std::uint8_t>> dropped_;  // by level: rows that its rules take away
  std::map<std::size_t, LeftTexts> left_;                     // by shape
  std::map<const TextScope*, CompiledTexts> compiled_;
  // Columns of branches whose texts are still in use.
  std::vector<Record> kept_;
};

}  // namespace mimus
