// What several entities say of the place they are in.
#pragma once

#include <string>

#include "domain/entity.h"

namespace mimus {

inline constexpr ParameterDeclaration kDatasetParameter{
    "dataset", ParameterType::String, "", "a country's code, as US", "country of the data", true};

// The dataset's country in its main language; that of the United States where it is not known.
[[nodiscard]] std::string country_name(const Entity& entity);
[[nodiscard]] std::string country_code(const Entity& entity);
// Its code by ISO 4217.
[[nodiscard]] std::string main_currency(const Entity& entity);

}  // namespace mimus
