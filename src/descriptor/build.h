// From elements to the model: the rules of each element.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor/load.h"
#include "descriptor/model.h"
#include "descriptor/reader.h"

namespace mimus {

// What building one descriptor file needs; all borrowed.
struct BuildContext {
  Properties& properties;                // grows with each <include> of properties
  std::vector<std::string>& generators;  // names of <generator>s; grows with each
  bool& has_scripts;                     // becomes true with the first <execute> of a Python file
  const Components& components;
  Diagnostics& findings;
  // Reads what an <include> names; fills in the setup of a descriptor, or adds properties.
  std::function<void(Include& include)> include;
};

// The model of a root element; findings go to the context.
[[nodiscard]] Setup build_setup(const XmlElement& root, const SetupDefaults& inherited, const Path& path,
                                const BuildContext& context);

}  // namespace mimus
