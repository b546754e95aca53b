// The files of the web page, part of the program: its document index.html, and what the document loads. Made by the
// build (web/build.mjs); NAME.br and NAME.gz are NAME compressed, where that is smaller.
#pragma once

#include <span>
#include <string_view>

#include "server/assets.h"

namespace mimus::server {

[[nodiscard]] std::span<const Asset> page_files();

}  // namespace mimus::server
