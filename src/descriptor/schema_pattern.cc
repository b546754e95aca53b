#include "descriptor/schema_pattern.h"

namespace mimus {
namespace {

constexpr std::string_view kProperty = "\\{[a-zA-Z_][a-zA-Z0-9_.]*\\}";

// A word in any case: [tT][rR][uU][eE].
std::string any_case(std::string_view word) {
  std::string out;
  for (const char c : word) {
    const bool is_letter = c >= 'a' && c <= 'z';
    out += is_letter ? std::string{'[', c, static_cast<char>(c - 32), ']'} : std::string(1, c);
  }
  return out;
}

std::string one_of(std::string_view words, bool in_any_case) {
  std::string out;
  while (!words.empty()) {
    const auto end = words.find(' ');
    const std::string_view word = words.substr(0, end);
    out += (out.empty() ? "" : "|") + (in_any_case ? any_case(word) : std::string(word));
    words = end == std::string_view::npos ? std::string_view() : words.substr(end + 1);
  }
  return out;
}

std::string own_pattern(const AttributeDeclaration& attribute) {
  switch (attribute.kind) {
    case AttributeKind::Boolean:
      return one_of("true false 1 0 yes no on off y n t f", true);
    case AttributeKind::Integer:
    case AttributeKind::Natural:
      return "\\s*[+\\-]?[0-9]+\\s*";
    case AttributeKind::Fraction:
      return "\\s*[+\\-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+\\-]?[0-9]+)?\\s*";
    case AttributeKind::Count:
      return "[0-9]+";
    case AttributeKind::NestedCount:
      return "[0-9]+|\\{.+\\}";
    case AttributeKind::TypeName:
      return one_of("string int float bool", false);
    case AttributeKind::Choice:
      return one_of(attribute.allowed, false);
    case AttributeKind::Name:
    case AttributeKind::GeneratorCall:
    case AttributeKind::Pattern:
    case AttributeKind::DateFormat:
    case AttributeKind::Literals:
      return "(.|\\s)+";
    default:
      return {};
  }
}

}  // namespace

std::string attribute_pattern(const AttributeDeclaration& attribute) {
  const std::string own = own_pattern(attribute);
  return own.empty() ? own : own + "|" + std::string(kProperty);
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace mimus
