#include "descriptor/schema_documents.h"
#include "descriptor/schema_pattern.h"

namespace mimus {
namespace {

// Where an editor finds the schema of a document.
constexpr std::string_view kOfSchema =
    "      <zeroOrMore><attribute><nsName ns=\"http://www.w3.org/2001/XMLSchema-instance\"/><text/></attribute>"
    "</zeroOrMore>\n";

std::string reference(std::string_view name) { return "<ref name=\"" + std::string(name) + "\"/>"; }

void append_attribute(std::string& out, const AttributeDeclaration& attribute) {
  out += attribute.required ? "      " : "      <optional>";
  out += "<attribute name=\"" + std::string(attribute.name) + "\">";
  out += "<a:documentation>" + xml_text(attribute.summary) + "</a:documentation>";
  if (const std::string pattern = attribute_pattern(attribute); !pattern.empty()) {
    out += "<data type=\"string\"><param name=\"pattern\">" + xml_text(pattern) + "</param></data>";
  } else {
    out += "<text/>";
  }
  out += attribute.required ? "</attribute>\n" : "</attribute></optional>\n";
}

// Any attribute that is not declared.
void append_open(std::string& out, const ElementDeclaration& element) {
  std::string declared;
  for (const AttributeDeclaration& attribute : element.attributes) {
    declared += "<name>" + std::string(attribute.name) + "</name>";
  }
  if (!declared.empty()) declared = "<except>" + declared + "</except>";
  out += "      <zeroOrMore><attribute><anyName>" + declared + "</anyName><text/></attribute></zeroOrMore>\n";
}

void append_children(std::string& out, const ElementDeclaration& element) {
  if (element.name == "condition") {
    out += "      " + reference("if") + "<zeroOrMore>" + reference("else-if") + "</zeroOrMore><optional>" +
           reference("else") + "</optional>\n";
    return;
  }
  std::string choices;
  for (const std::string_view child : element.children) {
    if (find_element(child)->available) choices += reference(child);
  }
  if (!choices.empty()) out += "      <zeroOrMore><choice>" + choices + "</choice></zeroOrMore>\n";
}

void append_definition(std::string& out, const ElementDeclaration& element) {
  const std::string name(element.name);
  out += "  <define name=\"" + name + "\">\n    <element name=\"" + name + "\"><a:documentation>" +
         xml_text(element.summary) + "</a:documentation><mixed>\n";
  for (const AttributeDeclaration& attribute : element.attributes) {
    if (attribute.available) append_attribute(out, attribute);
  }
  if (element.open) append_open(out, element);
  if (element.name == "setup") out += kOfSchema;
  append_children(out, element);
  // The content of <mixed> must not be empty.
  out += "      <empty/>\n    </mixed></element>\n  </define>\n";
}

}  // namespace

std::string schema_rng() {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<grammar xmlns=\"http://relaxng.org/ns/structure/1.0\""
      " xmlns:a=\"http://relaxng.org/ns/compatibility/annotations/1.0\""
      " datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\">\n"
      "  <start><ref name=\"setup\"/></start>\n";
  for (const ElementDeclaration& element : elements()) {
    if (element.available) append_definition(out, element);
  }
  return out + "</grammar>\n";
}

}  // namespace mimus
