// The files of Python's side (library/*.py), kept in the program.
#pragma once

#include <span>
#include <string_view>

namespace mimus::python {

struct Asset {
  std::string_view name;
  std::string_view bytes;
};

[[nodiscard]] std::span<const Asset> assets();
// Empty when there is none of that name.
[[nodiscard]] std::string_view asset(std::string_view name);

}  // namespace mimus::python
