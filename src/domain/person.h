// What entities that are people have in common.
#pragma once

#include <cstdint>
#include <utility>

#include "domain/entity.h"

namespace mimus {

// Numbers of the genders in the dictionary of `gender`.
enum : std::uint32_t { kFemale = 0, kMale = 1, kOther = 2 };

// Fails with entity.age.
[[nodiscard]] Status check_ages(const Arguments& arguments, const EntityEnvironment& environment);

}  // namespace mimus
