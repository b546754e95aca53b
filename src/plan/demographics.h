// <demographics>: the tables of its folder.
#pragma once

#include "descriptor/model.h"
#include "domain/population.h"
#include "plan/scope.h"

namespace mimus {

// age_pyramid.dmgrp.csv and condition_rates.dmgrp.csv of the folder. Fails with demographics.file, demographics.value
// and the codes of files, at the element or at the line of the table.
[[nodiscard]] Result<std::shared_ptr<const Population>> read_population(const Demographics& demographics,
                                                                        const SetupScope& scope);

}  // namespace mimus
