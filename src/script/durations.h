// Arithmetic of dates and lengths of time, exact as Python's. Pure, thread-safe.
#pragma once

#include <optional>

#include "base/result.h"
#include "data/value.h"
#include "script/ast.h"

namespace mimus::script {

// An operator on values of which one is a date, a time stamp or a length of time; nullopt: these types do not have it.
[[nodiscard]] std::optional<Result<Value>> time_binary(Operator op, const Value& a, const Value& b);

// So many microseconds, a whole number of any size. Fails with script.overflow beyond Python's 999,999,999 days, and
// with script.not_covered beyond what is kept here.
[[nodiscard]] Result<Value> duration_of(const Value& micros);

// The number, whole or a float, times so many microseconds, rounded half to even.
[[nodiscard]] Result<Value> duration_of(const Value& number, std::int64_t unit_micros);

// In seconds, the nearest float.
[[nodiscard]] Result<Value> seconds_of(Duration duration);

}  // namespace mimus::script
