// Binding of generates inside of a generate, and of what every generate makes: its product.
#include <algorithm>
#include <utility>

#include "plan/level_binder.h"
#include "plan/sources.h"

namespace mimus {
namespace {

constexpr std::uint64_t kPageSize = 10'000;

}  // namespace

// Its page size, when none is given, depends on its count: the caller knows that.
void LevelBinder::add_product(const Generate& generate, const LevelPlan& level, std::vector<TargetPlan> targets) {
  ProductPlan product{.name = generate.name.text,
                      .capture_name = {},
                      .at = generate.at,
                      .level = level.number,
                      .shape = level.record_shape(),
                      .page_size = generate.page_size.value_or(kPageSize),
                      .targets = std::move(targets),
                      .drops = level.drops};
  for (std::size_t k = 1; k < open_.size(); ++k) product.capture_name += open_[k].name + "|";
  product.capture_name += product.name;
  plan_.products.push_back(std::move(product));
}

std::optional<CountPlan> LevelBinder::bind_generate_count(const Generate& generate, const std::string& label) {
  CountPlan out;
  if (!generate.count) return out;
  if (generate.count->number) {
    out.kind = CountPlan::Kind::Fixed;
    out.least = out.most = *generate.count->number;
    return out;
  }
  out.kind = CountPlan::Kind::Expression;
  out.expression = bind_script(*generate.count->expression, "count of " + label);
  if (!out.expression) return std::nullopt;
  return out;
}

void LevelBinder::bind_inner_generate(const Generate& generate, LevelPlan& level) {
  const std::string label = "<generate> '" + generate.name.text + "'";
  auto count = bind_generate_count(generate, label);
  if (!count) return;
  const SourceOptions& options = generate.source_options;
  InnerGeneratePlan plan{.elements = {.count = std::move(*count),
                                      .source = {},
                                      .shuffle = Shuffle::All,
                                      .level = nullptr,
                                      .label = label,
                                      .at = generate.at},
                         .script = {},
                         .ordered = options.distribution == Distribution::Ordered,
                         .order = Stream(scope_.seed(), generate.path.text()).sub("?order")};
  std::size_t shape = 0;
  if (generate.source) {
    const std::string& type = generate.type ? generate.type->text : generate.name.text;
    auto opened = open_source(*generate.source, type, options, RowReader::Generate, scope_, {generate.marks});
    if (!opened) return report(std::move(opened).error(), generate.source->at);
    shape = add_shape(opened->rows->names(), opened->rows->has_base());
    plan.elements.source = SourcePlan{
        .source = std::move(opened->rows), .cyclic = options.cyclic, .ordered = plan.ordered, .order = plan.order};
    if (auto findings = filter_source(*plan.elements.source, generate, scope_)) {
      findings_.insert(findings_.end(), findings->begin(), findings->end());
      return;
    }
  } else {
    if (generate.script) {
      plan.script = bind_script(*generate.script, "script of " + label);
      if (!plan.script) return;
    }
    shape = add_shape({}, generate.script.has_value());
  }
  row_shapes_.push_back({shape});
  bounds_.push_back({plan_.levels});
  std::optional<ScriptedRows> texts;
  if (plan.elements.source && options.scripted) {
    texts.emplace(ScriptedRows{.source = *generate.source,
                               .marks = generate.marks,
                               .path = generate.path,
                               .fields = plan.elements.source->source->names().size(),
                               .tentative = true});
  }
  // What stands in a branch begins anew in the records of a list inside of it.
  const std::size_t branches = std::exchange(open_branches_, 0);
  ++open_lists_;
  std::vector<TargetPlan> targets;
  plan.elements.level = bind_children(generate.name.text, generate.children, shape, texts, &generate, &targets);
  --open_lists_;
  open_branches_ = branches;
  plan.elements.bound = bounds_.back().most;
  plan.elements.list_bounds = std::move(bounds_.back().lists);
  bounds_.pop_back();
  row_shapes_.pop_back();
  plan.last_level = plan_.levels - 1;
  add_product(generate, *plan.elements.level, std::move(targets));
  plan.variable = plan_.variables++;
  open_.back().variables[generate.name.text] = plan.variable;
  level.steps.emplace_back(std::move(plan));
}

void LevelBinder::bind_include(const Include& include, LevelPlan& level) {
  IncludePlan plan{.include = &include, .uri = {}, .records = record_links(names()), .label = "<include>"};
  if (include.expression) {
    plan.uri = bind_script(*include.expression, "uri of <include>");
    if (!plan.uri) return;
  }
  std::vector<std::size_t> variables;
  collect_variables(plan.records, variables);
  use_whole(variables);
  plan.seed = Stream(scope_.seed(), include.path.text()).sub("?include");
  plan_.in_order = plan_.row_by_row = true;
  level.steps.emplace_back(std::move(plan));
}

}  // namespace mimus
