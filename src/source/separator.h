// Which delimiter a CSV text has. Pure.
#pragma once

#include <string_view>

#include "base/diagnostic.h"

namespace mimus {

// Bytes at the start of a text that are enough to tell.
inline constexpr std::size_t kSeparatorSample = 64U << 10U;

// `expected`, unless the first line does not contain it and one of , ; | and tab splits all of the first lines into the
// same number of cells, at least two: then that one, and `warnings` says so. `is_whole`: the text ends with `start`;
// else its last line is left out.
[[nodiscard]] char detect_separator(std::string_view start, bool is_whole, char expected, std::string_view shown_name,
                                    Diagnostics& warnings);

}  // namespace mimus
