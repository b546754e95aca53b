// Picking rows: a column or record made of some rows of another, in any order and as often as wanted.
//
// Texts are not copied: the result's views stay valid as long as the memory of what they came from. own() gives a copy
// that stands alone. Pure, thread-safe as long as the results are not shared.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "data/record.h"

namespace mimus {

// out[k] = in[rows[k]].
void gather(const Column& in, std::span<const std::uint32_t> rows, Column& out);
// The same for each field, and the base. `out.fields` is made anew.
void gather(const Record& in, std::span<const std::uint32_t> rows, Record& out);

// Copies the texts that the record borrows, so that it stands alone; it is nobody else's.
void own_memory(Record& record);

// The first `count` rows of a record, all memory its own; nothing in it is shared with `record` but dictionaries.
[[nodiscard]] std::shared_ptr<const Record> own(const Record& record, std::size_t count);

}  // namespace mimus
