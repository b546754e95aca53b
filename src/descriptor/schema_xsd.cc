#include "descriptor/schema_documents.h"
#include "descriptor/schema_pattern.h"

namespace mimus {
namespace {

void append_documentation(std::string& out, std::string_view text) {
  out += "<xs:annotation><xs:documentation>" + xml_text(text) + "</xs:documentation></xs:annotation>";
}

void append_attribute(std::string& out, const AttributeDeclaration& attribute) {
  out += "    <xs:attribute name=\"" + std::string(attribute.name) + "\"";
  if (attribute.required) out += " use=\"required\"";
  out += ">";
  append_documentation(out, attribute.summary);
  out += "<xs:simpleType><xs:restriction base=\"xs:string\">";
  if (const std::string pattern = attribute_pattern(attribute); !pattern.empty()) {
    out += "<xs:pattern value=\"" + xml_text(pattern) + "\"/>";
  }
  out += "</xs:restriction></xs:simpleType></xs:attribute>\n";
}

std::string reference(std::string_view name, std::string_view occurs = {}) {
  return "<xs:element name=\"" + std::string(name) + "\" type=\"" + std::string(name) + "\"" + std::string(occurs) +
         "/>";
}

void append_children(std::string& out, const ElementDeclaration& element) {
  if (element.name == "condition") {
    out += "    <xs:sequence>" + reference("if") + reference("else-if", " minOccurs=\"0\" maxOccurs=\"unbounded\"") +
           reference("else", " minOccurs=\"0\"") + "</xs:sequence>\n";
    return;
  }
  std::string choices;
  for (const std::string_view child : element.children) {
    if (find_element(child)->available) choices += reference(child);
  }
  if (choices.empty()) return;
  out += "    <xs:choice minOccurs=\"0\" maxOccurs=\"unbounded\">" + choices + "</xs:choice>\n";
}

void append_type(std::string& out, const ElementDeclaration& element) {
  out += "  <xs:complexType name=\"" + std::string(element.name) + "\" mixed=\"true\">\n    ";
  append_documentation(out, element.summary);
  out += "\n";
  append_children(out, element);
  for (const AttributeDeclaration& attribute : element.attributes) {
    if (attribute.available) append_attribute(out, attribute);
  }
  if (element.open) out += "    <xs:anyAttribute namespace=\"##any\" processContents=\"skip\"/>\n";
  out += "  </xs:complexType>\n";
}

}  // namespace

std::string schema_xsd() {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n"
      "  <xs:element name=\"setup\" type=\"setup\"/>\n";
  for (const ElementDeclaration& element : elements()) {
    if (element.available) append_type(out, element);
  }
  return out + "</xs:schema>\n";
}

}  // namespace mimus
