#include "plan/execute.h"

#include "base/file.h"

namespace mimus {
namespace {

constexpr std::size_t kMaxScriptBytes = std::size_t{16} << 20U;

std::unexpected<Diagnostic> at(Diagnostic finding, const Location& place) {
  finding.where = place;
  return fail(std::move(finding));
}

}  // namespace

Result<ValueMap> execute_python(const Execute& execute, const SetupScope& scope) {
  SharedScope& shared = scope.shared;
  const std::string& uri = execute.uri.text;
  auto path = resolve_below(shared.root, (shared.folder / uri).lexically_relative(shared.root).string());
  if (!path) return at(std::move(path).error(), execute.uri.at);
  std::error_code error;
  if (!fs::is_regular_file(*path, error)) {
    return at({.code = "execute.missing",
               .message = "no Python file '" + uri + "'",
               .hint = "paths are relative to the main descriptor's folder"},
              execute.uri.at);
  }
  auto text = read_file(*path, kMaxScriptBytes);
  if (!text) return at(std::move(text).error(), execute.uri.at);
  auto session = shared.python->session();
  if (!session) return at(std::move(session).error(), execute.at);
  ValueMap known;
  for (const auto& [name, value] : shared.script_names) known.emplace_back(name, value);
  auto names = (*session)->execute(*text, uri, known, Stream(scope.seed(), execute.path.text()));
  if (!names) {
    Diagnostic cause = std::move(names).error();
    cause.message = "<execute> '" + uri + "': " + cause.message;
    return at(std::move(cause), execute.at);
  }
  return names;
}

}  // namespace mimus
