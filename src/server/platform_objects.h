// The objects of the session API as JSON (their schemas are in platform_schemas.cc).
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "project/files.h"
#include "project/projects.h"
#include "project/tokens.h"
#include "server/json.h"
#include "store/rows.h"

namespace mimus::server {

// `role`: the caller's in the project.
void append(Json& json, const project::Project& project, std::optional<store::ProjectRole> role);
void append(Json& json, const project::Version& version);
void append(Json& json, const project::Token& token);
void append(Json& json, const project::Demo& demo);
void append_members(Json& json, const project::Demo& demo);

// request.invalid unless `value` is one of `allowed`.
[[nodiscard]] Status check_choice(std::string_view name, std::string_view value,
                                  std::initializer_list<std::string_view> allowed);

}  // namespace mimus::server
