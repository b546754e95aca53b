// What targets need beside the records: names of files, the values of a template. Computed as columns at the end of
// the generate's level, with the names that its statements know.
#include <algorithm>
#include <utility>

#include "base/file.h"
#include "plan/databases.h"
#include "plan/level_binder.h"
#include "plan/targets.h"
#include "plan/value.h"
#include "script/placeholders.h"

namespace mimus {
namespace {

// Literals and expressions of `targetEntity`; the failure has its place.
Result<TextPlan> bind_name_text(const AttributeText& text, const std::string& label, const NameScope& scope) {
  auto pieces = script::split_placeholders(text.text, {});
  if (!pieces) {
    pieces.error().where = text.at;
    return fail(std::move(pieces).error());
  }
  TextPlan out;
  for (script::TextPiece& piece : *pieces) {
    if (piece.source.empty()) {
      out.pieces.push_back({std::move(piece.literal), std::nullopt});
      continue;
    }
    ExpressionText source{std::move(piece.source), text.at};
    source.at.column += static_cast<int>(piece.offset) - static_cast<int>(piece.lead);
    source.at.length = 0;
    MIMUS_ASSIGN(ExpressionPlan expression, bind_expression(source, label, scope));
    out.pieces.push_back({std::string(), std::move(expression)});
  }
  return out;
}

}  // namespace

std::vector<TargetPlan> LevelBinder::bind_level_targets(const Generate& generate, LevelPlan& level) {
  std::vector<TargetPlan> targets = bind_targets(generate, table_of(generate), scope_, findings_);
  std::optional<FileNamePlan> file_name;
  for (std::size_t number = 0; number < targets.size(); ++number) {
    TargetPlan& target = targets[number];
    if (!target.file) continue;
    bind_target_values(generate, number, target, level);
    if (!generate.target_entity || target.file->destination() != Destination::Files) continue;
    const std::string label = "targetEntity of <generate> '" + generate.name.text + "'";
    if (!target.file->is_single()) {
      bind_base_name(*generate.target_entity, label, target);
    } else {
      if (!file_name) file_name = bind_file_name(*generate.target_entity, label, level);
      target.file_name = file_name;
    }
  }
  return targets;
}

// The table that a database gets the records in.
std::string LevelBinder::table_of(const Generate& generate) {
  const bool has_database = std::ranges::any_of(
      generate.targets, [&](const CallText& target) { return find_database(target.call.name, scope_) != nullptr; });
  if (generate.target_entity && has_database) {
    const std::vector<OpenLevel> no_levels;
    const std::string label = "targetEntity of <generate> '" + generate.name.text + "'";
    const auto pieces = bind_name_text(*generate.target_entity, label, {no_levels, plan_.shapes, scope_});
    auto name = pieces ? joined_text(*pieces, [](const ExpressionPlan& part) { return evaluate_in_setup(part); })
                       : Result<std::string>(fail(pieces.error()));
    if (name) return std::move(*name);
    report(std::move(name).error(), generate.target_entity->at);
  }
  return generate.type && !generate.source_options.selector ? generate.type->text : generate.name.text;
}

void LevelBinder::bind_target_values(const Generate& generate, std::size_t number, TargetPlan& target,
                                     LevelPlan& level) {
  const auto expressions = target.file->expressions();
  if (expressions.empty()) return;
  const std::string label = "template of <generate> '" + generate.name.text + "'";
  std::vector<std::string> names;
  for (const TargetExpression& expression : expressions) names.push_back(expression.source);
  target.shape = add_shape(std::move(names), false);
  level.value_shapes.push_back(*target.shape);
  const Stream stream = Stream(scope_.seed(), generate.path.text()).sub("?target").sub(std::to_string(number));
  for (std::size_t k = 0; k < expressions.size(); ++k) {
    auto bound = bind_script({expressions[k].source, expressions[k].at}, label);
    if (!bound) continue;
    bound->stream = stream.sub(std::to_string(k));
    ValuePlan value;
    value.script = std::move(*bound);
    value.label = label;
    value.at = expressions[k].at;
    level.steps.emplace_back(KeyPlan{{*target.shape, k}, std::move(value)});
  }
}

std::optional<FileNamePlan> LevelBinder::bind_file_name(const AttributeText& text, const std::string& label,
                                                        LevelPlan& level) {
  auto pieces = bind_name_text(text, label, names());
  if (!pieces) {
    report(std::move(pieces).error(), text.at);
    return std::nullopt;
  }
  ValuePlan value;
  value.text = std::move(*pieces);
  value.label = label;
  value.at = text.at;
  use(value);
  const FieldPlace place{add_shape({"name"}, false), 0};
  level.value_shapes.push_back(place.shape);
  level.steps.emplace_back(KeyPlan{place, std::move(value)});
  return FileNamePlan{place, text.at};
}

// Of a file of many records: the same for all, so that it may name only what the setup knows.
void LevelBinder::bind_base_name(const AttributeText& text, const std::string& label, TargetPlan& target) {
  const std::vector<OpenLevel> no_levels;
  auto pieces = bind_name_text(text, label, {no_levels, plan_.shapes, scope_});
  auto name = pieces ? joined_text(*pieces, [](const ExpressionPlan& part) { return evaluate_in_setup(part); })
                     : Result<std::string>(fail(std::move(pieces).error()));
  if (!name) return report(std::move(name).error(), text.at);
  if (!is_output_name(*name)) return report(not_a_file_name(*name), text.at);
  target.name = std::move(*name);
}

}  // namespace mimus
