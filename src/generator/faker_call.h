// The methods of `fake` in expressions and of the module faker in Python files: those of DataFakerGenerator.
//
// Pure, thread-safe.
#pragma once

#include <string_view>

#include "base/result.h"
#include "script/call.h"

namespace mimus {

// The value of a call (script::FakerMethods). Fails with script.attribute for methods and locales that are unknown,
// with script.value for arguments that a method does not take.
[[nodiscard]] Result<Value> call_faker(const script::FakerCall& call, Timestamp now, script::Draws& draws);

}  // namespace mimus
