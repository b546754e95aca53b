// Writes tables as a data pack (the format: pack.h), as datapack/build.mjs does.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

namespace mimus {

struct PackColumn {
  std::string name;
  std::variant<std::vector<std::string>, std::vector<std::int64_t>, std::vector<double>> cells;
};
// By the tables' names; the columns of a table have as many cells as each other.
using PackTables = std::map<std::string, std::vector<PackColumn>>;

// The bytes of a pack: the same for the same tables. Fails with pack.text: a text of more than 65,535 bytes.
[[nodiscard]] Result<std::string> encode_pack(const PackTables& tables);

}  // namespace mimus
