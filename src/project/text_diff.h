// Differences between two texts, line by line.
#pragma once

#include <string>
#include <string_view>

namespace mimus::project {

// A unified diff (three lines of context, no heads of files) along a longest common subsequence of lines (Wagner,
// Fischer, "The String-to-String Correction Problem", 1974); empty when the texts are alike. What differs in more than
// 2,000 lines is told as removed and added as a whole: time and memory are bounded.
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after);

}  // namespace mimus::project
