#include "base/text.h"
#include "descriptor/schema.h"
#include "descriptor/schema_documents.h"

namespace mimus {
namespace {

void append_text(std::string& out, std::string_view name, std::string_view value) {
  append_json_string(out, name);
  out += ": ";
  append_json_string(out, value);
}

void append_flag(std::string& out, std::string_view name, bool value) {
  out += ", ";
  append_json_string(out, name);
  out += value ? ": true" : ": false";
}

template <class Names>
void append_names(std::string& out, std::string_view name, const Names& names) {
  out += ", ";
  append_json_string(out, name);
  out += ": [";
  bool first = true;
  for (const std::string_view each : names) {
    if (!first) out += ", ";
    first = false;
    append_json_string(out, each);
  }
  out += "]";
}

void append_attribute(std::string& out, const AttributeDeclaration& attribute) {
  out += "\n      {";
  append_text(out, "name", attribute.name);
  out += ", ";
  append_text(out, "kind", kind_name(attribute.kind));
  out += ", ";
  append_text(out, "summary", attribute.summary);
  out += ", ";
  append_text(out, "default", attribute.fallback);
  std::vector<std::string_view> allowed;
  if (!attribute.allowed.empty()) allowed = split(attribute.allowed, ' ');
  append_names(out, "allowed", allowed);
  append_flag(out, "required", attribute.required);
  append_flag(out, "available", attribute.available);
  out += "}";
}

void append_element(std::string& out, const ElementDeclaration& element) {
  out += "\n    {";
  append_text(out, "name", element.name);
  out += ", ";
  append_text(out, "summary", element.summary);
  append_names(out, "children", element.children);
  append_flag(out, "available", element.available);
  append_flag(out, "open", element.open);
  append_flag(out, "has_text", element.has_text);
  out += ", \"attributes\": [";
  for (const AttributeDeclaration& attribute : element.attributes) {
    append_attribute(out, attribute);
    if (&attribute != &element.attributes.back()) out += ",";
  }
  out += "]}";
}

}  // namespace

std::string schema_json() {
  std::string out = "{\"elements\": [";
  for (const ElementDeclaration& element : elements()) {
    append_element(out, element);
    if (&element != &elements().back()) out += ",";
  }
  out += "],\n  \"kinds\": [";
  for (const KindDeclaration& kind : kinds()) {
    out += "\n    {";
    append_text(out, "name", kind.name);
    out += ", ";
    append_text(out, "summary", kind.summary);
    out += &kind == &kinds().back() ? "}" : "},";
  }
  out += "]";
  append_names(out, "reserved_names", reserved_names());
  return out + "}\n";
}

}  // namespace mimus
