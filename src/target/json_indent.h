// JSON over several lines, indented by four blanks, as Python's json.dumps(value, indent=4) writes it.
#pragma once

#include <string>

#include "data/value.h"

namespace mimus {

[[nodiscard]] std::string indented_json(const Value& value);

}  // namespace mimus
