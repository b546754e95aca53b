// Regular expressions (those of XML Schema) for the attributes of the language.
#pragma once

#include <string>

#include "descriptor/schema.h"

namespace mimus {

// Empty: any text.
[[nodiscard]] std::string attribute_pattern(const AttributeDeclaration& attribute);

// Text of XML, with its markup characters replaced.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace mimus
