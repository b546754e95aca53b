// Locales: "de_DE", "de-DE", "de".
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus {

// "de" and "de-DE" as "de_DE"; "" and None as "en_US". Fails with generator.argument for what names no locale.
[[nodiscard]] Result<std::string> normal_locale(std::string_view text);
// The country of a locale: "DE"; of a bare country its own.
[[nodiscard]] std::string country_of_locale(std::string_view locale);

}  // namespace mimus
