// random.* and uuid.uuid4(), drawn from the stream of the statement.
#pragma once

#include <optional>

#include "script/call.h"

namespace mimus::script {

[[nodiscard]] bool is_random_function(std::string_view path);
[[nodiscard]] Result<Value> call_random_function(std::string_view path, const CallArguments& arguments, Draws& draws);

}  // namespace mimus::script
