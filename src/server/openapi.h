// The OpenAPI 3.1 document, made from the table of routes and the schemas of the objects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/router.h"

namespace mimus::server {

[[nodiscard]] std::string make_openapi(const std::vector<Route>& routes, std::string_view version);

// The schemas of all objects: one JSON object, name to schema (schemas.cc).
[[nodiscard]] std::string_view schemas_json();

}  // namespace mimus::server
