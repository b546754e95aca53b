#include "plan/targets.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "plan/databases.h"
#include "plan/sources.h"
#include "target/table_target.h"

namespace mimus {
namespace {

Diagnostic unknown_target(const std::string& name, const SetupScope& scope) {
  std::vector<std::string_view> names;
  for (const TargetDeclaration* declared : targets()) names.push_back(declared->name);
  for (const auto& [id, store] : scope.shared.memstores) names.push_back(id);
  for (const auto& [id, database] : scope.shared.databases.by_id) names.push_back(id);
  std::string hint = suggest(name, names);
  if (hint.empty()) {
    for (const std::string_view known : names) hint += (hint.empty() ? "known: " : ", ") + std::string(known);
  }
  return {.code = "target.unknown", .message = "unknown target '" + name + "'", .hint = std::move(hint)};
}

// The target that a call makes; the failure has its place.
Result<TargetPlan> bind_target(const TargetDeclaration& declared, const CallText& text, const Generate& generate,
                               const SetupScope& scope) {
  const std::string& name = generate.name.text;
  auto target =
      make_target(declared, text.call,
                  {.generate_name = name,
                   .default_separator = scope.setup.defaults.separator.empty() ? scope.shared.csv_delimiter
                                                                               : scope.setup.defaults.separator,
                   .default_csv_encoding = scope.shared.csv_encoding,
                   .default_line_separator = scope.setup.defaults.line_separator,
                   .read_file = [&](const std::string& path) { return read_project_file(path, scope); }});
  if (!target) {
    Diagnostic finding = std::move(target).error();
    if (finding.where.column == 0) return fail(std::move(finding));
    Location where = text.at;
    where.column += finding.where.column;
    finding.where = where;
    return fail(std::move(finding));
  }
  if (!is_output_name(name) || name.contains('/')) {
    return fail({.code = "target.file_name",
                 .message = "the name of <generate> '" + name.substr(0, 80) + "' cannot be the name of a file",
                 .hint = "no slashes, control characters or leading dot, at most 200 bytes"});
  }
  return TargetPlan{
      .file = std::shared_ptr<const FileTarget>(std::move(*target)), .memstore = nullptr, .name = name, .shape = {}};
}

// The records as rows of a table.
Result<TargetPlan> bind_table(const NamedDatabase& database, const std::string& table) {
  MIMUS_ASSIGN(TableShape shape, database.database->find_table(table));
  return TargetPlan{.file = std::make_shared<TableTarget>(database.database, std::move(shape), database.null_columns),
                    .memstore = nullptr,
                    .name = {},
                    .shape = {}};
}

}  // namespace

Diagnostic not_a_file_name(const std::string& name) {
  return {.code = "target.file_name",
          .message = "'" + name.substr(0, 80) + "' cannot be the name of a file",
          .hint =
              "a path below the output folder: no part empty, with a leading dot or of more than 200 bytes, no "
              "backslashes or control characters"};
}

std::vector<TargetPlan> bind_targets(const Generate& generate, const std::string& table, const SetupScope& scope,
                                     Diagnostics& findings) {
  std::vector<TargetPlan> out;
  bool has_store = false;
  for (const CallText& text : generate.targets) {
    Location place = text.at;
    place.column += static_cast<int>(text.call.offset);
    place.length = static_cast<int>(text.text.size());
    const auto report = [&](Diagnostic finding) {
      if (finding.where.line == 0) finding.where = place;
      findings.push_back(std::move(finding));
    };
    if (const TargetDeclaration* declared = find_target(text.call.name)) {
      auto target = bind_target(*declared, text, generate, scope);
      if (target) {
        out.push_back(std::move(*target));
      } else {
        report(std::move(target).error());
      }
    } else if (const auto store = scope.shared.memstores.find(text.call.name); store != scope.shared.memstores.end()) {
      if (!has_store) out.push_back({.file = nullptr, .memstore = &store->second, .name = {}, .shape = {}});
      has_store = true;
    } else if (const NamedDatabase* database = find_database(text.call.name, scope)) {
      auto target = bind_table(*database, table);
      if (target) {
        out.push_back(std::move(*target));
      } else {
        report(std::move(target).error());
      }
    } else if (const auto dot = text.call.name.find('.');
               dot != std::string::npos && find_database(text.call.name.substr(0, dot), scope) != nullptr) {
      report({.code = "target.operation",
              .message = "a database does not support the operation '" + text.call.name.substr(dot + 1) + "'",
              .hint = "target=\"" + text.call.name.substr(0, dot) + "\" inserts the records"});
    } else {
      report(unknown_target(text.call.name, scope));
    }
  }
  return out;
}

}  // namespace mimus
