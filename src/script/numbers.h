// int(), float() and round(). Pure, thread-safe.
#pragma once

#include "script/call.h"

namespace mimus::script {

[[nodiscard]] Result<Value> to_whole(const CallArguments& arguments);
[[nodiscard]] Result<Value> to_real(const CallArguments& arguments);
[[nodiscard]] Result<Value> rounded(const CallArguments& arguments);

// round(value, digits) of a finite float: the float nearest to the decimal with so many digits, halves (of the exact
// binary value) to even.
[[nodiscard]] double round_float(double value, int digits);

// A whole number of more digits is neither read from decimal digits nor written as such: CPython's limit.
inline constexpr std::size_t kMaxDecimalDigits = 4300;
// Fails with script.value when the value is such a number, or holds one.
[[nodiscard]] Status check_digits(const Value& value);

}  // namespace mimus::script
