// Pieces of messages about a request. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mimus::contract {

// The beginning of a text, at most some 200 bytes of UTF-8, whole characters.
[[nodiscard]] std::string shortened(std::string text);
// "a, b, c"; the first `most` of them.
[[nodiscard]] std::string listed(const std::vector<std::string>& words, std::size_t most = 60);

}  // namespace mimus::contract
