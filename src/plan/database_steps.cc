// Binding of statements that ask or change a database for each record.
#include <utility>

#include "plan/level_binder.h"

namespace mimus {

void LevelBinder::bind_asked(const Variable& variable, VariablePlan plan, LevelPlan& level) {
  auto asked = bind_iteration_selector(*variable.way.source, *variable.source_options.iteration_selector,
                                       variable.marks, names());
  if (!asked) return report(std::move(asked).error(), variable.at);
  for (const TextPlan::Piece& piece : asked->text.pieces) {
    if (piece.expression) use(*piece.expression);
  }
  plan.way = std::move(*asked);
  open_.back().variables[variable.name.text] = plan.variable;
  level.steps.emplace_back(std::move(plan));
}

}  // namespace mimus
