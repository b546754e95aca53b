// Databases by their names in a descriptor: settings, rows of tables and queries.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "plan/expression.h"
#include "plan/scope.h"
#include "source/source.h"

namespace mimus {

// Failures of all functions have their place.

// Makes a <database> known, with the settings of its environment file. database.setting, database.dbms,
// database.unavailable, database.duplicate, file.outside.
[[nodiscard]] Status add_database(const Connection& connection, const SetupScope& scope);

// The database of that id; nullptr: there is none.
[[nodiscard]] const NamedDatabase* find_database(std::string_view id, const SetupScope& scope);

// What an attribute says of the rows of a database.
struct TableQuery {
  AttributeText table;
  std::optional<AttributeText> column = {};  // none: all of them
  std::uint64_t most_rows = UINT64_MAX;
};
[[nodiscard]] Result<std::shared_ptr<const Source>> open_table(const NamedDatabase& database, const TableQuery& query,
                                                               const SetupScope& scope);

// The rows of a query whose variables name what the setup knows.
[[nodiscard]] Result<std::shared_ptr<const Source>> open_query(const NamedDatabase& database,
                                                               const AttributeText& selector, const TextMarks& marks,
                                                               const SetupScope& scope);

// A query for each row of something.
struct AskedPlan {
  std::shared_ptr<Database> database;
  TextPlan text;
  Location at;
};
// source.selector when the source is no database.
[[nodiscard]] Result<AskedPlan> bind_iteration_selector(const AttributeText& source, const AttributeText& selector,
                                                        const TextMarks& marks, const NameScope& names);
[[nodiscard]] Result<Value> ask_in_setup(const AskedPlan& plan);

// A selector on a source that is no database.
[[nodiscard]] Diagnostic not_a_database(const AttributeText& source, const AttributeText& selector);

}  // namespace mimus
