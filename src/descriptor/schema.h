// The language's elements and attributes, declared once: the checker, the reference pages and the editor read this.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace mimus {

enum class AttributeKind {
  Text,           // any text
  Name,           // not empty
  Boolean,        // true false 1 0 yes no on off y n t f
  Integer,        // optional sign and digits
  Natural,        // digits; not 0
  Fraction,       // a number from 0 to 1
  Count,          // digits or {name}
  NestedCount,    // digits or {expression}
  TypeName,       // string int float bool
  Choice,         // one of `allowed`, separated by blanks
  Literals,       // Python literals, separated by commas
  Pattern,        // a regular expression
  GeneratorCall,  // Name or Name(arguments)
  TargetList,     // Name, Name(arguments), … separated by commas
  ConverterList,  // Name; Name(arguments); … separated by semicolons
  DateFormat,     // strftime codes
  Expression,     // a Python expression
  MarkedText,     // a text with variables between marks: __name__
};

struct AttributeDeclaration {
  std::string_view name;
  AttributeKind kind;
  std::string_view summary;
  std::string_view fallback = {};  // what holds when it is not given; empty: nothing does
  std::string_view allowed = {};
  bool required = false;
  // False: a word of the language that this engine does not carry out yet; using it is an error that says so.
  bool available = true;
};

struct ElementDeclaration {
  std::string_view name;
  std::string_view summary;
  std::span<const std::string_view> children;
  std::span<const AttributeDeclaration> attributes;
  bool available = true;
  bool open = false;      // any other attribute is accepted
  bool has_text = false;  // its text means something
};

struct KindDeclaration {
  std::string_view name;
  std::string_view summary;
};

// In the order of AttributeKind.
[[nodiscard]] std::span<const KindDeclaration> kinds();
[[nodiscard]] inline std::string_view kind_name(AttributeKind kind) {
  return kinds()[static_cast<std::size_t>(kind)].name;
}

// All elements of the language.
[[nodiscard]] std::span<const ElementDeclaration> elements();
[[nodiscard]] const ElementDeclaration* find_element(std::string_view name);
[[nodiscard]] const AttributeDeclaration* find_attribute(const ElementDeclaration& element, std::string_view name);

// Names that no element may have: those of the generators of old.
[[nodiscard]] std::span<const std::string_view> reserved_names();

}  // namespace mimus
