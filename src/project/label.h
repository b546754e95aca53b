// What people call their projects and tokens. Private to this room.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::project {

// Fails with `code` when the text is empty or only blanks, has over 200 bytes, is not UTF-8 or holds control
// characters.
[[nodiscard]] Status check_label(std::string_view text, const std::string& code);

}  // namespace mimus::project
