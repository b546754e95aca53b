// Binding of the texts of scripted sources.
#include <algorithm>
#include <utility>

#include "plan/level_binder.h"

namespace mimus {

// Texts may name anything that is known: all of it must be there.
std::shared_ptr<const TextScope> LevelBinder::text_scope(const ScriptedRows& rows, bool in_setup) {
  const std::vector<OpenLevel> no_levels;
  const std::vector<OpenLevel>& levels = in_setup ? no_levels : open_;
  for (const OpenLevel& level : levels) {
    for (const auto& [name, variable] : level.variables) use_whole({variable});
  }
  return std::make_shared<TextScope>(NameScope{levels, plan_.shapes, scope_}, rows.source, rows.marks,
                                     Stream(scope_.seed(), rows.path.text()).sub("?text"));
}

std::optional<LevelBinder::ScriptedRows> LevelBinder::texts_of(const NestedKey& nested, std::size_t fields) {
  if (!nested.source || !nested.source_options.scripted) return std::nullopt;
  return ScriptedRows{.source = *nested.source, .marks = nested.marks, .path = nested.path, .fields = fields};
}

void LevelBinder::bind_last_texts(const ScriptedRows& rows, std::shared_ptr<const TextScope> first, LevelPlan& level) {
  LastTextsPlan plan{.shape = level.shape, .first = std::move(first), .last = text_scope(rows), .extended = {}};
  std::vector<std::size_t> outer{level.shape};
  for (const ExtendedEntry& entry : extended_) {
    if (std::ranges::find(outer, entry.outer) == outer.end()) continue;
    outer.push_back(entry.shape);
    plan.extended.push_back(entry);
  }
  level.steps.emplace_back(std::move(plan));
}

}  // namespace mimus
