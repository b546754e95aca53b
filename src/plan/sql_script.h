// SqlScript: a file of SQL for <execute>, whose text is like a Python f-string: {expression} stands for the text of its
// value, {{ and }} for braces.
//
// The expression ends at its own brace: those of dicts, of texts in quotes and of nested f-strings are told apart.
// Quotes and backslashes outside of expressions mean what they mean in SQL.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "database/database.h"
#include "plan/expression.h"
#include "plan/scope.h"

namespace mimus {

struct SqlScript {
  struct Piece {
    std::string literal;
    std::size_t offset = 0;  // of the piece in the file
    std::optional<ExpressionPlan> expression;
  };
  std::shared_ptr<Database> database;
  std::string file;  // as the descriptor names it
  std::string text;  // of the file
  std::vector<Piece> pieces;
};

// The script of an <execute> of a .sql file for its target. Failures have their place, in the descriptor or the file:
// execute.database, file.not_found, file.encoding, execute.syntax, script.syntax.
[[nodiscard]] Result<SqlScript> bind_sql_script(const Execute& execute, const NameScope& names);

// Runs it with the values of its expressions. Failures have their place in the file.
[[nodiscard]] Status run_sql_script(const SqlScript& script,
                                    const std::function<Result<Value>(const ExpressionPlan&)>& value_of);

}  // namespace mimus
