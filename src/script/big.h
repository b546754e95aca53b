// Integers beyond 64 bits, on their decimal digits. Pure, thread-safe.
#pragma once

#include "base/result.h"
#include "data/value.h"
#include "script/ast.h"

namespace mimus::script {

// An integer operation on ints of any size (bools must be ints already). Power with a non-negative exponent only.
[[nodiscard]] Result<Value> big_binary(Operator op, const Value& a, const Value& b);
[[nodiscard]] Value big_negate(const Value& value);
[[nodiscard]] Value big_invert(const Value& value);
// -1, 0, 1.
[[nodiscard]] int big_compare(const Value& a, const Value& b);
// The nearest double, ties to even; infinite when beyond. Exact comparison with a finite double: -1, 0, 1.
[[nodiscard]] double big_to_float(const Value& value);
[[nodiscard]] int big_compare_float(const Value& value, double real);
// a / b, correctly rounded. b is not zero. Fails with script.overflow.
[[nodiscard]] Result<Value> big_true_divide(const Value& a, const Value& b);
// Digits of a base from 2 to 36, lower case, with '-' when negative; and back (the digits are checked already).
[[nodiscard]] std::string big_digits(const Value& value, unsigned base);
// A finite double truncated.
[[nodiscard]] Value big_from_float(double real);

}  // namespace mimus::script
