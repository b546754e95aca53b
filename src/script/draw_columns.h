// Calls of random functions with literal arguments, for all rows of a batch at once: the values that evaluate() gives.
// Pure, thread-safe.
#pragma once

#include <optional>

#include "data/column.h"
#include "random/philox.h"
#include "script/kernel.h"

namespace mimus::script {

// Of random.random(), uniform(), randint(), randrange() and choice() as a whole expression; nullopt: not here.
[[nodiscard]] std::optional<Column> draw_columns(const Node& node, const ColumnNames& names, const Rows& rows,
                                                 const Stream& stream);

}  // namespace mimus::script
