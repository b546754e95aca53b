// What entities that are people have in common.
#pragma once

#include <cstdint>
#include <utility>

#include "domain/making.h"

namespace mimus {

// Numbers of the genders in the dictionary of `gender`.
inline constexpr std::uint32_t kFemale = 0, kMale = 1, kOther = 2;

// As tables of demographics have it: "F", "M"; empty for others.
[[nodiscard]] std::string_view sex_letter(std::string_view gender);
// The conditions of someone of that age and gender, by the demographics of the environment, which has some.
[[nodiscard]] Value sampled_conditions(const Cell& cell, std::int64_t age, std::string_view gender);

// Fails with entity.age.
[[nodiscard]] Status check_ages(const Arguments& arguments, const EntityEnvironment& environment);

}  // namespace mimus
