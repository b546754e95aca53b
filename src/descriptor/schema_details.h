// What the reference page says about an element beyond its table: rules between attributes, examples.
#pragma once

#include <string_view>

namespace mimus {

// Markdown, beginning and ending with a line feed; empty when there is nothing to say.
[[nodiscard]] std::string_view element_details(std::string_view element);

}  // namespace mimus
