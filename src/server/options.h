// Small JSON bodies as plain values. Errors: request.syntax; request.invalid, whose `fields` name each wrong member.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "task/tasks.h"

namespace mimus::server {

struct TaskRequest {
  task::TaskOptions options;
  std::string canonical;  // equal for requests that mean the same: whatever the order of members or the blanks
};

// The options of generate; an empty body is an empty object.
[[nodiscard]] Result<TaskRequest> parse_task_request(std::string_view body);

// {"entry", "content", "rows", "seed", "now"}, all optional.
[[nodiscard]] Result<task::PreviewRequest> parse_preview_request(std::string_view body);

struct LintRequest {
  std::string entry;                   // empty: the whole project
  std::optional<std::string> content;  // of the entry
};
// {"entry", "content"}, both optional; `content` needs `entry`.
[[nodiscard]] Result<LintRequest> parse_lint_request(std::string_view body);

// {"force": true}; an empty body is an empty object.
[[nodiscard]] Result<bool> parse_force(std::string_view body);

}  // namespace mimus::server
