// Errors as the world sees them: RFC 9457 problems made from a Diagnostic.
//
// The code of a Diagnostic decides the status, by one table. What has no line in the table is a fault of ours: it is
// answered with an id and nothing else, and logged with that id.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "server/http.h"

namespace mimus::server {

struct ProblemKind {
  std::string_view code;
  int status;
  std::string_view meaning;  // for the reference
};

// All codes that clients may see.
[[nodiscard]] std::span<const ProblemKind> problem_kinds();
[[nodiscard]] int problem_status(std::string_view code);  // 500 for one that is not in the table

// The members of a problem as a JSON object. `instance` is the path of the request, or a URN. `unknown_status`: the
// status of codes that are not in the table; those of a task's error come from the engine.
[[nodiscard]] std::string problem_json(const Diagnostic& diagnostic, std::string_view instance,
                                       int unknown_status = 500);

// The answer, with the fields that belong to its status (WWW-Authenticate, Retry-After). Faults of ours go to stderr.
[[nodiscard]] Response problem(const Diagnostic& diagnostic, std::string_view path);

// Fields of every answer of the API.
void add_api_headers(Headers& headers, std::string_view caching = "no-store");

}  // namespace mimus::server
