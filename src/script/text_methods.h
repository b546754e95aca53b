// Methods of texts.
#pragma once

#include "script/call.h"

namespace mimus::script {

[[nodiscard]] bool is_text_method(std::string_view name);
[[nodiscard]] Result<Value> call_text_method(const std::string& self, std::string_view name,
                                             const CallArguments& arguments);

}  // namespace mimus::script
