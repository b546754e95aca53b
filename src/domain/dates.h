// Ages and dates of entities, from the run's clock.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "domain/making.h"

namespace mimus {

// The least and the greatest age: of the variable's attributes, else of the arguments, else the one given to 65.
[[nodiscard]] std::pair<std::int64_t, std::int64_t> age_range(const Entity& entity, std::int64_t least);

// Births of people who are between `least` and `most` years old, as Timestamps; `seconds` of them, at least one.
struct BirthRange {
  std::int64_t first = 0;
  std::uint64_t seconds = 1;
};
[[nodiscard]] BirthRange births_between(Timestamp now, std::int64_t least, std::int64_t most);

// The completed years from the first need to now.
void fill_ages(Making& making);

// Midnight of the run's day, so many years before it.
[[nodiscard]] std::int64_t years_before(Timestamp now, std::int64_t years);
[[nodiscard]] inline std::int64_t midnight(Timestamp now) { return now.micros - now.micros % kMicrosPerDay; }
// A day as "2026-01-31".
void append_day(std::string& out, std::int64_t micros);

}  // namespace mimus
