// Binding of the statements of a generate and of the levels inside of it.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "plan/expression.h"
#include "plan/plan.h"
#include "plan/scope.h"

namespace mimus {

class LevelBinder {
 public:
  // Adds shapes, levels and steps to `plan`, whose source is bound already; findings to `findings`. All borrowed.
  LevelBinder(GeneratePlan& plan, const SetupScope& scope, Diagnostics& findings)
      : plan_(plan), scope_(scope), findings_(findings) {}

  // The generate's own level and product; returns how many records its variables and counters allow.
  [[nodiscard]] std::uint64_t bind_root(const Generate& generate);
  // Instead: the <sourceConstraints> of the generate, over the rows of the plan's source.
  void bind_filter(const Generate& generate);
  // The root level's steps before the one that allows no more.
  [[nodiscard]] std::size_t steps_before_bound() const { return steps_before_bound_; }

 private:
  using ShapeField = std::pair<std::size_t, std::size_t>;

  void bind_steps(const std::vector<Statement>& statements, LevelPlan& level);
  void bind_step(const Statement& statement, LevelPlan& level);
  // What `bind` adds to the level becomes a branch that runs where the condition holds; `otherwise` the other one.
  void bind_guarded(const std::optional<ExpressionText>& condition, const std::string& label, LevelPlan& level,
                    const std::function<void(LevelPlan&)>& bind, const std::optional<ExpressionText>& otherwise,
                    const AttributeText& name);
  void bind_condition(const Condition& condition, LevelPlan& level);
  void bind_scripted(const NestedKey& nested, LevelPlan& level);
  void bind_items(const ListElement& list, LevelPlan& level);
  void bind_array(const Array& array, LevelPlan& level);
  void bind_echo(const Echo& echo, LevelPlan& level);
  void bind_reference(const Reference& reference, LevelPlan& level);
  // ---- rules.cc
  void bind_rules(const Generate& generate, RulesKind kind, LevelPlan& level);
  void bind_assignment(const Rule& rule, ExpressionPlan condition, ExpressionPlan then, LevelPlan& level);
  [[nodiscard]] std::optional<ExpressionPlan> bind_rule_part(const ExpressionText& text, std::string_view part);
  void bind_inner_generate(const Generate& generate, LevelPlan& level);
  void bind_include(const Include& include, LevelPlan& level);
  // What a counter counts; none: the position of its row. `has_gaps`: not every row carries it out.
  [[nodiscard]] std::optional<RankPlan> rank_of(const ValuePlan& value, bool has_gaps);
  [[nodiscard]] std::optional<CountPlan> bind_generate_count(const Generate& generate, const std::string& label);
  void add_product(const Generate& generate, const LevelPlan& level, std::vector<TargetPlan> targets);
  // The targets of the generate, whose level is complete but still open: what they need is computed at its end.
  [[nodiscard]] std::string table_of(const Generate& generate);
  [[nodiscard]] std::vector<TargetPlan> bind_level_targets(const Generate& generate, LevelPlan& level);
  void bind_target_values(const Generate& generate, std::size_t number, TargetPlan& target, LevelPlan& level);
  [[nodiscard]] std::optional<FileNamePlan> bind_file_name(const AttributeText& text, const std::string& label,
                                                           LevelPlan& level);
  void bind_base_name(const AttributeText& text, const std::string& label, TargetPlan& target);
  [[nodiscard]] std::optional<ExpressionPlan> bind_script(const ExpressionText& text, const std::string& label);
  void use(const ExpressionPlan& expression, bool has_fallback = false);
  void use(const ValuePlan& value);
  // Something may read all of the variables.
  void use_whole(const std::vector<std::size_t>& variables);
  void bind_entity_variable(const Variable& variable, LevelPlan& level);
  [[nodiscard]] NameScope names() const { return {open_, plan_.shapes, scope_}; }
  void close_condition(ConditionPlan& condition, std::size_t shapes_before, std::size_t variables_before);
  void bind_key(const Key& key, LevelPlan& level);
  // The value of a key that has elements, and these.
  void bind_texted(const Key& key, ValuePlan value, std::optional<RankPlan> rank, const FieldPlace& place,
                   LevelPlan& level);
  // Into the field "@name" of a shape.
  void bind_element(const ElementAttribute& element, std::size_t shape, LevelPlan& level);
  void bind_variable(const Variable& variable, LevelPlan& level);
  // ---- database_steps.cc
  void bind_asked(const Variable& variable, VariablePlan plan, LevelPlan& level);
  void bind_python_file(const Execute& execute, LevelPlan& level);
  void bind_execute(const Execute& execute, LevelPlan& level);
  // Of a <key> that a SequenceTableGenerator numbers: reserves its numbers. Fails with sequence.*, database.*.
  [[nodiscard]] Status reserve_numbers(const Key& key);
  // Tables of databases whose state the rows depend on are written when all rows are there.
  void hold_back_tables();
  [[nodiscard]] std::optional<ListedPlan> bind_listed(const Variable& variable, const LevelPlan& level);
  void bind_opened(const NestedKey& nested, LevelPlan& level);
  [[nodiscard]] ScriptedPlan scripted_plan(const NestedKey& nested, ExpressionPlan script);
  void bind_scripted(const NestedKey& nested, ScriptedPlan plan, LevelPlan& level);
  void bind_nested(const NestedKey& nested, LevelPlan& level);
  void bind_list(const NestedKey& nested, LevelPlan& level);
  // Statements of a list that may see each other's changes are carried out element by element. `before`: how many
  // expressions of the interpreter had been bound.
  void order_elements(LevelPlan& list, std::size_t before);
  void bind_dict(const NestedKey& nested, LevelPlan& level);
  void bind_extend(const NestedKey& nested, LevelPlan& level);
  // The rows of a scripted source that a level's records begin with.
  struct ScriptedRows {
    const AttributeText& source;
    const TextMarks& marks;
    const Path& path;
    std::size_t fields = 0;
    // What fails is tried again at the end, with the names of the record.
    bool tentative = false;
  };
  // The statements of a list, or of an inner generate, whose rules and targets are bound after them.
  [[nodiscard]] std::unique_ptr<LevelPlan> bind_children(const std::string& name,
                                                         const std::vector<Statement>& children, std::size_t shape,
                                                         const std::optional<ScriptedRows>& texts = std::nullopt,
                                                         const Generate* generate = nullptr,
                                                         std::vector<TargetPlan>* targets = nullptr);
  [[nodiscard]] std::unique_ptr<LevelPlan> bind_same_rows(const NestedKey& nested, std::size_t shape);
  [[nodiscard]] static std::optional<ScriptedRows> texts_of(const NestedKey& nested, std::size_t fields);
  [[nodiscard]] std::shared_ptr<const TextScope> text_scope(const ScriptedRows& rows, bool in_setup = false);
  void bind_last_texts(const ScriptedRows& rows, std::shared_ptr<const TextScope> first, LevelPlan& level);
  [[nodiscard]] CountPlan bind_count(const NestedKey& nested);
  // ---- conversion_steps.cc
  struct FieldConverters {
    const std::vector<CallText>& converters;
    const AttributeText& name;
    const Path& path;
    std::string label;
    bool each = false;
  };
  // Of the record or list in a field, after the statement that has made it.
  void bind_converters(const FieldConverters& field, LevelPlan& level);
  // Of the records of a generate, at the end of its level.
  void bind_record_converters(const Generate& generate, LevelPlan& level);
  void bind_bound(std::optional<std::uint64_t> length, LevelPlan& level);

  [[nodiscard]] std::size_t add_shape(std::vector<std::string> fields, bool has_base);
  [[nodiscard]] std::size_t add_field(std::size_t shape, const std::string& name);
  [[nodiscard]] std::optional<FieldPlace> place_of(const AttributeText& name, LevelPlan& level);
  [[nodiscard]] std::optional<std::size_t> open_dict(std::size_t shape, const std::string& name, const Location& at,
                                                     LevelPlan& level);
  void report(Diagnostic finding, const Location& place);
  void prune(LevelPlan& level);

  GeneratePlan& plan_;
  const Generate* root_ = nullptr;
  SetupScope scope_;  // with the seed of the part that is being bound
  Diagnostics& findings_;
  std::vector<OpenLevel> open_;
  std::map<ShapeField, std::size_t> dicts_;  // fields that hold a dict of ours: its shape
  std::set<ShapeField> assigned_;            // fields that hold another value of ours
  std::set<std::size_t> used_variables_;
  std::map<std::size_t, EntityPlan> entities_;  // the variables that hold one
  std::set<const Database*> asked_;             // databases that rows ask or change while they are made
  std::vector<ExtendedEntry> extended_;         // all of them
  std::size_t rules_ = 0;                       // bound so far
  // For each list (and the generate) that is open: the shapes with a record for each of its rows.
  std::vector<std::vector<std::size_t>> row_shapes_;
  // How many records the generates that are open can have, outermost first.
  struct GenerateBound {
    std::size_t level = 0;
    std::uint64_t most = UINT64_MAX;
    std::vector<ExpressionPlan> lists = {};
  };
  std::vector<GenerateBound> bounds_;
  std::size_t steps_before_bound_ = 0;
  std::size_t open_lists_ = 0;     // and inner generates: levels whose counters begin anew
  std::size_t open_branches_ = 0;  // of conditions: their counters do not go on
};

}  // namespace mimus
