// Expressions on whole columns: kernels for what makes up most of use. What they do not cover, or where a value leaves
// what they cover (an integer overflows, a null, a division by zero), is left to evaluate.h, with the same result.
//
// Pure, thread-safe as long as the columns are.
#pragma once

#include <optional>
#include <string_view>

#include "data/column.h"
#include "script/ast.h"

namespace mimus::script {

// Where the names of an expression get their columns.
class ColumnNames {
 public:
  virtual ~ColumnNames() = default;
  // The column of a name, or of a field of a record under way (`n.x`): rows() values, none of them absent. nullptr when
  // it is not known to be that.
  [[nodiscard]] virtual const Column* find(const Node& name_or_path) const = 0;
  [[nodiscard]] virtual std::size_t rows() const = 0;
  // Whether a name is that of a data name; if not, it may be a function's.
  [[nodiscard]] virtual bool is_data_name(std::string_view name) const = 0;
};

// The values for all rows, none null, all of one simple type; nullopt: not here. Texts are the column's own.
[[nodiscard]] std::optional<Column> evaluate_columns(const Node& node, const ColumnNames& names);

}  // namespace mimus::script
