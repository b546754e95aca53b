// The names of a country's people by sex: F, M, X. Immutable.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "pack/pack.h"

namespace mimus::contract {

class PersonNames {
 public:
  struct OfSex {
    std::vector<std::string> given;
    std::vector<std::string> family;
  };

  PersonNames() = default;
  explicit PersonNames(const Dataset& dataset);

  // X has the given names of both, each once.
  [[nodiscard]] const OfSex& of(char sex) const { return names_[sex == 'F' ? 0 : sex == 'M' ? 1 : 2]; }

 private:
  std::array<OfSex, 3> names_;
};

}  // namespace mimus::contract
