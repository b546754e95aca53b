// Lists in text columns, as JSON. Private to this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/rows.h"

namespace mimus::store {

// [["name", value], …]: in their order, and integers stay apart from floats.
[[nodiscard]] std::string write_parameters(const std::vector<TaskParameter>& parameters);
[[nodiscard]] Result<std::vector<TaskParameter>> parse_parameters(std::string_view text);

// [{"severity", "code", "message", …}, …]; members that are empty are left out.
[[nodiscard]] std::string write_findings(const Diagnostics& findings);
[[nodiscard]] Result<Diagnostics> parse_findings(std::string_view text);

}  // namespace mimus::store
