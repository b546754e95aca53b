// Siblings: numbers the elements of one level by tag and name, for their paths.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "descriptor/xml.h"
#include "random/path.h"

namespace mimus {

class Siblings {
 public:
  // `parent` is borrowed.
  explicit Siblings(const Path& parent) : parent_(parent) {}

  // An include is known by its uri, everything else by its name.
  Path next(const XmlElement& element) {
    const XmlAttribute* named = element.find(element.name == "include" ? "uri" : "name");
    const std::string name = named == nullptr ? std::string() : named->value;
    return parent_.child(element.name, name, seen_[{element.name, name}]++);
  }

 private:
  const Path& parent_;
  std::map<std::pair<std::string, std::string>, std::size_t> seen_;
};

}  // namespace mimus
