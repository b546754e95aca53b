// The data pack that is a part of the program.
#pragma once

#include <string_view>

namespace mimus {

// Aligned to 8 bytes; made by the build (cmake/DataPack.cmake).
[[nodiscard]] std::string_view embedded_pack();

}  // namespace mimus
