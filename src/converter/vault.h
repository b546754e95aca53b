// Vault: tokens and the texts they stand for, kept for those who may know them.
#pragma once

#include <string_view>

#include "base/result.h"

namespace mimus {

class Vault {
 public:
  virtual ~Vault() = default;
  // Any thread; the same pair may come any number of times. Fails when there is no room for it.
  [[nodiscard]] virtual Status add(std::string_view token, std::string_view value) = 0;
};

}  // namespace mimus
