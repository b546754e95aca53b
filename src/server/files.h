// What other resources need of the files' one.
#pragma once

#include <optional>
#include <string>

#include "server/call.h"

namespace mimus::server {

// Updates a file with the body of the call. `name` is checked; absent: the form's filename is the name.
[[nodiscard]] Result<Reaction> update_named_file(Call&& call, std::optional<std::string> name);

}  // namespace mimus::server
