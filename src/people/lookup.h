// Looking up a user inside of a transaction. Private to this room.
#pragma once

#include <string_view>

#include "base/result.h"
#include "store/store.h"

namespace mimus::people {

// By id, or by e-mail when there is an '@'. user.not_found.
[[nodiscard]] Result<store::User> find_user(store::Reader& rows, std::string_view id);

}  // namespace mimus::people
