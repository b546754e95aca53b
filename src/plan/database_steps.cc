// Binding of statements that ask or change a database for each record.
#include <utility>

#include "plan/level_binder.h"
#include "target/table_target.h"

namespace mimus {

void LevelBinder::bind_asked(const Variable& variable, VariablePlan plan, LevelPlan& level) {
  auto asked = bind_iteration_selector(*variable.way.source, *variable.source_options.iteration_selector,
                                       variable.marks, names());
  if (!asked) return report(std::move(asked).error(), variable.at);
  for (const TextPlan::Piece& piece : asked->text.pieces) {
    if (piece.expression) use(*piece.expression);
  }
  asked_.insert(asked->database.get());
  plan.way = std::move(*asked);
  open_.back().variables[variable.name.text] = plan.variable;
  level.steps.emplace_back(std::move(plan));
}

Status LevelBinder::reserve_numbers(const Key& key) {
  constexpr std::string_view kGenerator = "SequenceTableGenerator";
  scope_.sequence_start.reset();
  std::string name = key.way.generator ? key.way.generator->call.name : std::string();
  if (const auto shared = scope_.shared.generators.find(name); shared != scope_.shared.generators.end()) {
    name = shared->second.name;
  }
  const std::string label = "<key> '" + key.name.text + "'";
  if (name != kGenerator && !key.database) return {};
  if (name != kGenerator || !key.database) {
    return fail("sequence.database", label + " needs both 'database' and the generator SequenceTableGenerator");
  }
  const NamedDatabase* database = find_database(key.database->text, scope_);
  if (database == nullptr) {
    return fail({.code = "sequence.database",
                 .message = "there is no database '" + key.database->text + "' for the sequence of " + label,
                 .hint = {},
                 .where = key.database->at});
  }
  if (open_.size() != 1 || open_branches_ > 0 || root_ == nullptr || !root_->count || !root_->count->number) {
    return fail("sequence.place",
                "SequenceTableGenerator numbers the records of an outermost <generate>, whose count is "
                "given in digits: " +
                    label + " stands somewhere else");
  }
  const std::string& table = root_->type ? root_->type->text : root_->name.text;
  const std::uint64_t count = scaled_count(*root_->count->number, scope_.shared.count_factor);
  MIMUS_ASSIGN(scope_.sequence_start, database->database->reserve(table, key.name.text, count));
  return {};
}

// What it changes, the rows after it see.
void LevelBinder::bind_execute(const Execute& execute, LevelPlan& level) {
  if (execute.uri.text.ends_with(".py")) return bind_python_file(execute, level);
  if (!execute.target) return;
  auto script = bind_sql_script(execute, names());
  if (!script) return report(std::move(script).error(), execute.at);
  for (const SqlScript::Piece& piece : script->pieces) {
    if (piece.expression) use(*piece.expression);
  }
  asked_.insert(script->database.get());
  plan_.in_order = plan_.row_by_row = true;
  level.steps.emplace_back(ExecutePlan{std::make_shared<const SqlScript>(std::move(*script))});
}

// An included descriptor may ask any of them.
void LevelBinder::hold_back_tables() {
  for (ProductPlan& product : plan_.products) {
    for (TargetPlan& target : product.targets) {
      if (!target.file || target.file->destination() != Destination::Table) continue;
      const auto& table = static_cast<const TableTarget&>(*target.file);
      target.at_end = plan_.row_by_row || asked_.contains(&table.database());
    }
  }
}

}  // namespace mimus
