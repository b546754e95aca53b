#include "plan/execute.h"

#include "plan/level_binder.h"
#include "plan/sources.h"

namespace mimus {
namespace {

std::unexpected<Diagnostic> in_file(Diagnostic cause, const PythonFile& file) {
  cause.message = "<execute> of '" + file.name + "': " + cause.message;
  cause.where = file.at;
  return fail(std::move(cause));
}

}  // namespace

Result<PythonFile> read_python_file(const Execute& execute, const SetupScope& scope) {
  auto text = read_project_file(execute.uri.text, scope);
  if (!text) {
    text.error().where = execute.uri.at;
    return fail(std::move(text).error());
  }
  return PythonFile{.text = std::move(*text),
                    .name = execute.uri.text,
                    .at = execute.uri.at,
                    .stream = Stream(scope.seed(), execute.path.text())};
}

Result<std::vector<std::string>> names_of(const PythonFile& file, const SetupScope& scope) {
  auto session = scope.shared.python->session();
  if (!session) return in_file(std::move(session).error(), file);
  auto names = (*session)->defined_names(file.text, file.name);
  if (!names) return in_file(std::move(names).error(), file);
  return names;
}

Result<ValueMap> run_python_file(const PythonFile& file, SharedScope& shared) {
  auto session = shared.python->session();
  if (!session) return in_file(std::move(session).error(), file);
  ValueMap known;
  for (const auto& [name, value] : shared.script_names) known.emplace_back(name, value);
  auto names = (*session)->execute(file.text, file.name, known, file.stream);
  if (!names) return in_file(std::move(names).error(), file);
  for (const auto& [name, value] : *names) shared.script_names[name] = value;
  return names;
}

void LevelBinder::bind_python_file(const Execute& execute, LevelPlan& level) {
  auto file = read_python_file(execute, scope_);
  if (!file) return report(std::move(file).error(), execute.at);
  const auto names = names_of(*file, scope_);
  if (!names) return report(names.error(), execute.at);
  PythonFilePlan plan;
  for (const std::string& name : *names) {
    const std::size_t variable = plan_.variables++;
    use_whole({variable});
    open_.back().variables[name] = variable;
    plan.variables.emplace_back(name, variable);
  }
  plan.run = [file = std::move(*file), &shared = scope_.shared](Row row) {
    PythonFile own = file;
    own.stream = Stream(file.stream.draw(row));
    return run_python_file(own, shared);
  };
  plan_.in_order = plan_.row_by_row = true;
  level.steps.emplace_back(ExecutePlan{.script = nullptr, .python = std::move(plan)});
}

}  // namespace mimus
