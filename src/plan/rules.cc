// Binding of the rules of a generate: <sourceConstraints>, <mapping>, <targetConstraints>.
#include <algorithm>
#include <utility>

#include "plan/level_binder.h"
#include "plan/sources.h"
#include "random/permutation.h"
#include "source/filtered.h"

namespace mimus {

// The fields of the record itself come first, whatever level it stands in.
std::optional<ExpressionPlan> LevelBinder::bind_rule_part(const ExpressionText& text, std::string_view part) {
  NameScope scope = names();
  scope.own_first = true;
  auto expression = bind_expression(text, "'" + std::string(part) + "' of <rule>", scope);
  if (!expression) {
    report(std::move(expression).error(), text.at);
    return std::nullopt;
  }
  use(*expression);
  return std::move(*expression);
}

void LevelBinder::bind_rules(const Generate& generate, RulesKind kind, LevelPlan& level) {
  for (const Rules& rules : generate.rules) {
    if (rules.kind != kind) continue;
    for (const Rule& rule : rules.rules) {
      auto condition = bind_rule_part(rule.condition, "if");
      auto then = bind_rule_part(rule.then, "then");
      if (!condition || !then) continue;
      const Stream stream(scope_.seed(), generate.path.text());
      const std::string number = std::to_string(rules_++);
      condition->stream = stream.sub("?if" + number);
      then->stream = stream.sub("?then" + number);
      if (rule.field) {
        bind_assignment(rule, std::move(*condition), std::move(*then), level);
      } else {
        level.drops = true;
        level.steps.emplace_back(DropPlan{std::move(*condition), std::move(*then)});
      }
    }
  }
}

void LevelBinder::bind_assignment(const Rule& rule, ExpressionPlan condition, ExpressionPlan then, LevelPlan& level) {
  ConditionPlan plan;
  plan.kept_only = true;
  const std::size_t shapes_before = row_shapes_.back().size();
  LevelPlan branch{.number = level.number, .shape = level.shape, .steps = {}};
  const auto place = place_of(*rule.field, branch);
  if (!place) return;
  ValuePlan value;
  value.script = std::move(then);
  value.label = "<rule>";
  value.at = rule.then.at;
  dicts_.erase({place->shape, place->field});
  assigned_.insert({place->shape, place->field});
  branch.steps.emplace_back(KeyPlan{.place = *place, .value = std::move(value)});
  plan.branches.push_back({std::move(condition), std::move(branch.steps)});
  close_condition(plan, shapes_before, plan_.variables);
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_filter(const Generate& generate) {
  const Source& source = *plan_.source->source;
  plan_.level.number = plan_.levels++;
  plan_.level.shape = add_shape(source.names(), source.has_base());
  open_.push_back({.name = {}, .number = plan_.level.number, .shape = plan_.level.shape, .variables = {}});
  row_shapes_.push_back({plan_.level.shape});
  if (generate.source && generate.source_options.scripted) {
    const std::size_t fields = source.names().size();
    const auto texts = text_scope({*generate.source, generate.marks, generate.path, fields, true}, true);
    plan_.level.steps.emplace_back(TextsPlan{plan_.level.shape, fields, texts, true});
  }
  bind_rules(generate, RulesKind::SourceConstraints, plan_.level);
  row_shapes_.pop_back();
  open_.pop_back();
  plan_.products.push_back({.name = generate.name.text,
                            .capture_name = {},
                            .at = generate.at,
                            .level = plan_.level.number,
                            .shape = plan_.level.shape});
}

std::optional<Diagnostics> filter_source(SourcePlan& plan, const Generate& generate, const SetupScope& scope) {
  const bool has_rules = std::ranges::any_of(generate.rules, [](const Rules& rules) {
    return rules.kind == RulesKind::SourceConstraints && !rules.rules.empty();
  });
  if (!has_rules) return std::nullopt;
  GeneratePlan filter;
  filter.name = generate.name.text;
  filter.at = generate.at;
  filter.count = plan.source->length();
  filter.source = SourcePlan{.source = plan.source, .cyclic = false, .ordered = true};
  Diagnostics findings;
  LevelBinder(filter, scope, findings).bind_filter(generate);
  if (!findings.empty()) return findings;
  auto kept = scope.shared.keep_rows(filter);
  if (!kept) return Diagnostics{std::move(kept).error()};
  plan.filtered = std::make_shared<FilteredSource>(plan.source, std::move(*kept));
  plan.source = plan.filtered;
  return std::nullopt;
}

std::uint64_t whole_length(const SourcePlan& plan) {
  return plan.filtered ? plan.filtered->whole_length() : plan.source->length();
}

std::uint64_t count_left(const SourcePlan& plan, std::uint64_t asked, Row list) {
  const std::uint64_t length = whole_length(plan);
  if (!plan.filtered || length == 0) return asked;
  const std::uint64_t rounds = asked / length;
  const std::uint64_t rest = asked % length;
  std::uint64_t left = plan.filtered->kept_before(rest);
  if (!plan.ordered && rest > 0) {
    left = 0;
    const Permutation order(plan.order.sub("?kept"), list, length);
    for (std::uint64_t row = 0; row < rest; ++row) left += plan.filtered->is_kept(order(row)) ? 1 : 0;
  }
  return rounds * plan.filtered->length() + left;
}

}  // namespace mimus
