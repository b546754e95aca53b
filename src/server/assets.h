// Files that are part of the program: its pages, and those of Swagger UI. Made by the build (cmake/Assets.cmake).
#pragma once

#include <span>
#include <string_view>

namespace mimus::server {

struct Asset {
  std::string_view name;  // "swagger-ui.css"
  std::string_view bytes;
};

[[nodiscard]] std::span<const Asset> assets();
// The bytes of one; empty when there is none of that name.
[[nodiscard]] std::string_view asset(std::string_view name);

}  // namespace mimus::server
