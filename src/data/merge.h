// Putting values of some rows into a column of more rows.
#pragma once

#include <cstdint>
#include <span>

#include "data/record.h"

namespace mimus {

// out[rows[k]] = part[k]; the other rows keep what `into` holds for them. `rows` ascends. Texts of both are borrowed.
void merge(Column& into, const Column& part, std::span<const std::uint32_t> rows);

}  // namespace mimus
