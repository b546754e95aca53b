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

}  // namespace mimus::script
