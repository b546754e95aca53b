// The text of a token: making and checking it. Private to this room; the form is described in tokens.h.
#pragma once

#include <string>
#include <string_view>

namespace mimus::project {

// A new secret from the operating system's generator.
[[nodiscard]] std::string make_token_text();

}  // namespace mimus::project
