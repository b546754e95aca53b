// What a project's owner may choose. Private to this room.
#pragma once

#include "base/result.h"
#include "store/rows.h"

namespace mimus::project {

// project.bad_settings; `fields` name what is wrong.
[[nodiscard]] Status check_settings(const store::ProjectSettings& settings);

}  // namespace mimus::project
