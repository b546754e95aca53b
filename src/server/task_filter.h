// Lists of tasks, with filters as parameters of the query.
#pragma once

#include "base/result.h"
#include "server/call.h"
#include "store/rows.h"

namespace mimus::server {

// The tasks that fit the filters, newest first, page by page.
[[nodiscard]] Result<Reaction> list_tasks(Call&& call);
// status, trigger, entry, created_by, from, until; of the path's project when it has one. request.invalid.
[[nodiscard]] Result<store::TaskFilter> parse_task_filter(const Call& call);

}  // namespace mimus::server

namespace mimus::server::declare {

// Those, and limit and cursor.
[[nodiscard]] std::vector<ParameterDeclaration> task_filters();

}  // namespace mimus::server::declare
