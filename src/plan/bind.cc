#include "plan/bind.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "data/gather.h"
#include "plan/databases.h"
#include "plan/expression.h"
#include "plan/level_binder.h"
#include "plan/sequence.h"
#include "plan/source_text.h"
#include "plan/sources.h"
#include "plan/value.h"
#include "random/permutation.h"

namespace mimus {
namespace {

std::unexpected<Diagnostic> at(Diagnostic finding, const Location& place) {
  if (finding.where.line == 0) finding.where = place;
  return fail(std::move(finding));
}

class GenerateBinder {
 public:
  GenerateBinder(const Generate& generate, const SetupScope& scope) : generate_(generate), scope_(scope) {
    if (generate.rng_seed) scope_.own_seed = generate.rng_seed;
    scope_.effects = &effects_;
    scope_.held_variables = &plan_.held_variables;
    scope_.has_new_held = &has_new_held_;
  }

  // Values of the setup that an expression has been found to change are other values for those bound before it.
  [[nodiscard]] bool has_new_held() const { return has_new_held_; }

  std::expected<GeneratePlan, Diagnostics> bind() {
    plan_.name = generate_.name.text;
    plan_.at = generate_.at;
    bind_source();
    LevelBinder levels(plan_, scope_, findings_);
    const std::uint64_t bound = levels.bind_root(generate_);
    bind_count();
    if (bound < plan_.count && plan_.products.size() > 1) plan_.tail_steps = levels.steps_before_bound();
    plan_.count = std::min(plan_.count, bound);
    plan_.products.back().page_size = page_size();
    order_rows();
    if (!findings_.empty()) return std::unexpected(std::move(findings_));
    return std::move(plan_);
  }

 private:
  void report(Diagnostic finding, const Location& place) {
    if (finding.where.line == 0) finding.where = place;
    findings_.push_back(std::move(finding));
  }

  // What one row does others may see: then they come in their order, and, where several statements share it, each row
  // wholly before the next one.
  void order_rows() {
    if (std::ranges::find(effects_, python::Effect::Writes) == effects_.end()) return;
    const auto stateful = std::ranges::count_if(effects_, [](auto effect) { return effect != python::Effect::Pure; });
    plan_.in_order = true;
    if (plan_.row_by_row) return;
    const bool is_flat = plan_.levels == 1 && plan_.held_variables.empty();
    plan_.row_by_row =
        plan_.levels > 1 ||
        (stateful > 1 && !(is_flat && join_stateful(plan_, static_cast<std::size_t>(stateful), scope_.shared)));
  }

  void bind_source() {
    const SourceOptions& options = generate_.source_options;
    SourcePlan plan{.source = nullptr,
                    .cyclic = options.cyclic,
                    .ordered = options.distribution == Distribution::Ordered,
                    .order = Stream(scope_.seed(), generate_.path.text()).sub("?order")};
    if (generate_.source) {
      const std::string& type = generate_.type ? generate_.type->text : generate_.name.text;
      auto opened = open_source(*generate_.source, type, options, RowReader::Generate, scope_, row_query());
      if (!opened) return report(std::move(opened).error(), generate_.source->at);
      plan.source = std::move(opened->rows);
    } else if (generate_.script) {
      auto rows = rows_of_script(*generate_.script);
      if (!rows) return report(std::move(rows).error(), generate_.script->at);
      plan.source = std::move(*rows);
    } else {
      return;
    }
    if (const auto findings = filter_source(plan, generate_, scope_))
      findings_.insert(findings_.end(), findings->begin(), findings->end());
    plan_.source = std::move(plan);
  }

  // Of a table in its own order no more is read than is asked for.
  [[nodiscard]] RowQuery row_query() const {
    RowQuery out{.marks = generate_.marks};
    const bool takes_first = generate_.source_options.distribution == Distribution::Ordered &&
                             generate_.rules.empty() && generate_.count && generate_.count->number;
    if (takes_first) out.most_rows = scaled(*generate_.count->number);
    return out;
  }

  Result<std::shared_ptr<const Source>> rows_of_script(const ExpressionText& script) {
    const std::string label = "script of <generate> '" + generate_.name.text + "'";
    MIMUS_ASSIGN(const ExpressionPlan expression, bind_expression(script, label, {no_levels_, no_shapes_, scope_}));
    MIMUS_ASSIGN(const Value value, evaluate_in_setup(expression));
    return rows_of_value(value, label);
  }

  void bind_count() {
    plan_.count = UINT64_MAX;
    if (generate_.count) {
      auto count = count_of_text(*generate_.count);
      if (!count) return report(std::move(count).error(), generate_.count->at);
      plan_.count = *count;
    }
    if (!plan_.source) return;
    const std::uint64_t length = whole_length(*plan_.source);
    if (length == 0 || !plan_.source->cyclic || !generate_.count) plan_.count = std::min(plan_.count, length);
    plan_.count = count_left(*plan_.source, plan_.count, {});
  }

  Result<std::uint64_t> count_of_text(const CountText& count) {
    if (count.number) return scaled(*count.number);
    MIMUS_ASSIGN(const ExpressionPlan expression,
                 bind_expression(*count.expression, "count of <generate> '" + plan_.name + "'",
                                 {no_levels_, no_shapes_, scope_}));
    MIMUS_ASSIGN(const Value value, evaluate_in_setup(expression));
    return count_of(value, "count of <generate> '" + plan_.name + "'");
  }

  [[nodiscard]] std::uint64_t scaled(std::uint64_t count) const {
    return scaled_count(count, scope_.shared.count_factor);
  }

  // Many statements make a page smaller, by the language's rule.
  [[nodiscard]] std::uint64_t page_size() const {
    if (generate_.page_size) return *generate_.page_size;
    constexpr std::uint64_t kPage = 10'000, kChildren = 25;
    const std::uint64_t page = std::clamp<std::uint64_t>(plan_.count, 1, kPage);
    const std::size_t children = generate_.children.size();
    return children <= kChildren ? page : std::max<std::uint64_t>(1, page * kChildren / children);
  }

  const Generate& generate_;
  SetupScope scope_;
  GeneratePlan plan_;
  bool has_new_held_ = false;
  std::vector<python::Effect> effects_;  // of the expressions that the interpreter evaluates
  Diagnostics findings_;
  const std::vector<OpenLevel> no_levels_;
  const std::vector<ShapePlan> no_shapes_;
};

// Expressions that name nothing but what the setup knows, for one row.
class SetupExpressions final : public RowExpressions {
 public:
  [[nodiscard]] std::optional<RowFailure> evaluate(const ExpressionPlan& expression, const ExpressionPlan* fallback,
                                                   Column& out) const override {
    auto value = evaluate_in_setup(expression);
    if (!value && fallback != nullptr) value = evaluate_in_setup(*fallback);
    if (!value) return RowFailure{0, std::move(value).error()};
    out.reset(Type::Dynamic, 1);
    out.values.clear();
    out.values.push_back(std::move(*value));
    return std::nullopt;
  }
  [[nodiscard]] std::optional<RowFailure> evaluate(const TextPlan& text, Column& out) const override {
    auto joined = joined_text(text, [](const ExpressionPlan& expression) { return evaluate_in_setup(expression); });
    if (!joined) return RowFailure{0, std::move(joined).error()};
    out.reset(Type::Dynamic, 1);
    out.values.assign(1, Value(std::move(*joined)));
    return std::nullopt;
  }
  [[nodiscard]] bool is_left_out(std::size_t) const override { return false; }
};

// A row, with the texts of a scripted source replaced.
Result<Value> filled_in_setup(Value row, const Variable& variable, const SetupScope& scope) {
  if (!variable.way.source || !variable.source_options.scripted) return row;
  const std::vector<OpenLevel> no_levels;
  const std::vector<ShapePlan> no_shapes;
  const TextScope texts({no_levels, no_shapes, scope}, *variable.way.source, variable.marks,
                        Stream(scope.seed(), variable.path.text()).sub("?text"));
  return fill_in_setup(row, texts);
}

}  // namespace

std::expected<GeneratePlan, Diagnostics> bind_generate(const Generate& generate, const SetupScope& scope) {
  GenerateBinder first(generate, scope);
  auto plan = first.bind();
  return first.has_new_held() ? GenerateBinder(generate, scope).bind() : std::move(plan);
}

namespace {

Result<OpenedSource> open_setup_source(const Variable& variable, const SetupScope& scope) {
  const AttributeText& source = *variable.way.source;
  if (!is_list_expression(source.text, scope)) {
    const std::string& type = variable.source_type ? variable.source_type->text : variable.name.text;
    return open_source(source, type, variable.source_options, RowReader::Other, scope, {variable.marks});
  }
  const std::string label = "source of <variable> '" + variable.name.text + "'";
  const std::vector<OpenLevel> no_levels;
  const std::vector<ShapePlan> no_shapes;
  MIMUS_ASSIGN(const ExpressionPlan expression, bind_expression(source, label, {no_levels, no_shapes, scope}));
  if (names_nothing(expression)) return unknown_source(source, scope);
  MIMUS_ASSIGN(const Value value, evaluate_in_setup(expression));
  auto rows = rows_of_value(value, label);
  if (!rows) return at(std::move(rows).error(), source.at);
  return OpenedSource{std::move(*rows), true};
}

}  // namespace

Result<Value> evaluate_setup_variable(const Variable& variable, const SetupScope& scope) {
  if (variable.way.entity) {
    MIMUS_ASSIGN(const EntityPlan plan, bind_entity(variable, scope));
    return entity_value(plan);
  }
  const Rows one{.first = 0, .count = 1};
  if (!variable.way.source || is_weighted(variable)) {
    const ValueSpec spec = spec_of(variable);
    const std::vector<OpenLevel> no_levels;
    const std::vector<ShapePlan> no_shapes;
    MIMUS_ASSIGN(const ValuePlan plan, bind_value(spec, {no_levels, no_shapes, scope}));
    Column column;
    if (auto failure = evaluate_value(plan, one, SetupExpressions(), column)) return fail(std::move(failure->finding));
    return filled_in_setup(value_at(column, 0), variable, scope);
  }
  if (variable.source_options.iteration_selector) {
    const std::vector<OpenLevel> no_levels;
    const std::vector<ShapePlan> no_shapes;
    MIMUS_ASSIGN(const AskedPlan plan,
                 bind_iteration_selector(*variable.way.source, *variable.source_options.iteration_selector,
                                         variable.marks, {no_levels, no_shapes, scope}));
    return ask_in_setup(plan);
  }
  MIMUS_ASSIGN(const OpenedSource opened, open_setup_source(variable, scope));
  const std::uint64_t length = opened.rows->length();
  if (length == 0) {
    return at({.code = "source.empty",
               .message = "<variable> '" + variable.name.text + "' needs a row of '" + variable.way.source->text +
                          "', which has none"},
              variable.way.source->at);
  }
  std::uint64_t row = 0;
  if (variable.source_options.distribution == Distribution::Random) {
    row = Permutation(Stream(scope.seed(), variable.path.text()).sub("?order"), {}, length)(0);
  }
  Record record;
  for (const std::string& name : opened.rows->names()) record.fields.push_back({name, {}});
  opened.rows->read({&row, 1}, record);
  record.rows = 1;
  return filled_in_setup(map_at(record, 0), variable, scope);
}

}  // namespace mimus
