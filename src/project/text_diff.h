// Differences between two texts, line by line.
#pragma once

#include <string>
#include <string_view>

namespace mimus::project {

// A unified diff (three lines of context, no heads of files) by the algorithm of Wu, Manber, Myers and Miller (1990),
// as the library dtl has it; empty when the texts are alike. What differs in more than some thousand lines is told as
// removed and added as a whole: the time is bounded.
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after);

}  // namespace mimus::project
