// The OpenAPI 3.1 documents, made from the table of routes and the schemas of the objects: one of the External API, for
// machines, and one of the session API, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/router.h"

namespace mimus::server {

// Of the External API: everything but the session API.
[[nodiscard]] std::string make_openapi(const std::vector<Route>& routes, std::string_view version);
// Of the session API.
[[nodiscard]] std::string make_platform_openapi(const std::vector<Route>& routes, std::string_view version);

// The schemas of the objects: JSON objects, name to schema. A document has those that it refers to.
[[nodiscard]] std::string_view schemas_json();           // of files, tasks, artifacts (schemas.cc)
[[nodiscard]] std::string_view platform_schemas_json();  // of people (platform_schemas.cc)
[[nodiscard]] std::string_view project_schemas_json();   // of projects, versions, tokens, demos (project_schemas.cc)

}  // namespace mimus::server
