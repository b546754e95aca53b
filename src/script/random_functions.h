// random.* and uuid.uuid4(), drawn from the stream of the statement.
#pragma once

#include <optional>

#include "script/call.h"

namespace mimus::script {

// A whole number of start, start + step, … (count of them).
struct WholeDraw {
  std::int64_t start = 0;
  std::uint64_t count = 1;
  std::int64_t step = 1;
  [[nodiscard]] std::int64_t at(std::uint64_t draw) const {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(start) +
                                     bounded(draw, count) * static_cast<std::uint64_t>(step));
  }
};
// What random.randint() and random.randrange() of these arguments draw; nullopt for other functions, and where they
// fail.
[[nodiscard]] std::optional<WholeDraw> whole_draw(std::string_view path, const CallArguments& arguments);

[[nodiscard]] bool is_random_function(std::string_view path);
[[nodiscard]] Result<Value> call_random_function(std::string_view path, const CallArguments& arguments, Draws& draws);

}  // namespace mimus::script
