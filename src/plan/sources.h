// Sources by their names in a descriptor: files below the project's folder, and memstores.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "plan/scope.h"
#include "random/philox.h"
#include "source/source.h"

namespace mimus {

// Failures of all functions have the attribute's place.

// The values of a .wgt.csv or .optl.csv file (texts), or the rows of a .wgt.ent.csv file (maps), with their weights.
struct WeightedChoices {
  std::vector<Value> values;
  std::vector<double> weights;
};
[[nodiscard]] Result<WeightedChoices> open_weights(const AttributeText& source, const SourceOptions& options,
                                                   const SetupScope& scope);

// Who reads the rows: XML documents are read by <generate> only.
enum class RowReader { Generate, Other };

// What matters to databases alone.
struct RowQuery {
  TextMarks marks = {};                  // of the selector's variables
  std::uint64_t most_rows = UINT64_MAX;  // of a table: nobody asks for more
};

// A file of rows, a memstore's records of `type`, or the rows of a database: of the selector, or the table `type`.
// source.unknown when it is none of them, source.kind when that reader does not take such files, source.selector when
// there is a selector for something else.
[[nodiscard]] Result<OpenedSource> open_source(const AttributeText& source, const std::string& type,
                                               const SourceOptions& options, RowReader reader, const SetupScope& scope,
                                               const RowQuery& query = {});

// True when a variable's source is no file, store or database, so that it must be an expression.
[[nodiscard]] bool is_list_expression(const std::string& source, const SetupScope& scope);
// {expression}
[[nodiscard]] bool is_braced(std::string_view text);
// source.unknown
[[nodiscard]] std::unexpected<Diagnostic> unknown_source(const AttributeText& source, const SetupScope& scope);

// The bytes of a file of the project, by its path from the main descriptor's folder. Fails as read_file() does, without
// a place.
[[nodiscard]] Result<std::string> read_project_file(const std::string& name, const SetupScope& scope);

struct SourcePlan;

// Takes away what the generate's <sourceConstraints> do not leave; what went wrong.
[[nodiscard]] std::optional<Diagnostics> filter_source(SourcePlan& plan, const Generate& generate,
                                                       const SetupScope& scope);
// Rows of a source, with those that rules have taken away.
[[nodiscard]] std::uint64_t whole_length(const SourcePlan& plan);
// How many of the first `asked` rows are left; `list` is the row whose list they are.
[[nodiscard]] std::uint64_t count_left(const SourcePlan& plan, std::uint64_t asked, Row list);

// The records that an expression gives: a list of dicts, or one dict. Fails with generate.script.
[[nodiscard]] Result<std::shared_ptr<const Source>> rows_of_value(const Value& value, std::string_view label);

// The records themselves.
[[nodiscard]] Result<ValueList> records_of_value(const Value& value, std::string_view label);

}  // namespace mimus
