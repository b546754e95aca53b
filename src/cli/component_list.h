// The lists of generators, converters and entities, in three dresses: text, JSON, and the tables of the reference
// pages.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "descriptor/parameters.h"

namespace mimus::cli {

struct AttributeText {
  std::string_view name;
  std::string type;
  std::string_view summary;
};

struct ComponentText {
  std::string_view name;
  std::string_view summary;
  std::string result;  // "date and time", or "text → text"; may be empty
  std::span<const ParameterDeclaration> parameters;
  std::vector<std::string> examples;
  std::vector<AttributeText> attributes = {};  // of entities
};

// Prints to stdout; returns kOk.
int print_components(const std::vector<ComponentText>& components, const ListArguments& arguments);

// A text as a cell of a table of Markdown.
[[nodiscard]] std::string cell_of(std::string_view text);

}  // namespace mimus::cli
