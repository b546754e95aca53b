#include "descriptor/schema.h"
#include "descriptor/schema_details.h"
#include "descriptor/schema_documents.h"

namespace mimus {
namespace {

constexpr std::string_view kHead =
    "# The language\n\n"
    "Made from the table of the checker: `mimus schema --format markdown`. A descriptor is one XML file whose root is\n"
    "`<setup>`. Names are case-sensitive; the order of attributes means nothing, the order of elements does. Text\n"
    "between elements is ignored but in `<echo>`. An attribute that is `{name}` as a whole is replaced by the "
    "property\n"
    "of that name, where there is one.\n\n"
    "Mistakes are reported all at once, each with its place and a stable code: [diagnostics](diagnostics.md).\n";

// Text of a table's cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    if (c == '<' || c == '>') out += '\\';
    out += c;
  }
  return out;
}

std::string link(std::string_view element) {
  return "[`<" + std::string(element) + ">`](#" + std::string(element) + ")";
}

std::string parents_of(std::string_view name) {
  std::string out;
  for (const ElementDeclaration& element : elements()) {
    for (const std::string_view child : element.children) {
      if (child == name) out += (out.empty() ? "" : ", ") + link(element.name);
    }
  }
  return out;
}

void append_attributes(std::string& out, const ElementDeclaration& element) {
  if (element.attributes.empty()) return;
  out += "\n| attribute | kind | meaning | default |\n|---|---|---|---|\n";
  for (const AttributeDeclaration& attribute : element.attributes) {
    out += "| `" + std::string(attribute.name) + "` | " + std::string(kind_name(attribute.kind)) + " | ";
    if (!attribute.available) out += "*not available yet:* ";
    out += cell(attribute.summary);
    if (!attribute.allowed.empty()) out += " (" + cell(attribute.allowed) + ")";
    out += " | ";
    if (attribute.required) {
      out += "required";
    } else if (!attribute.fallback.empty()) {
      out += "`" + cell(attribute.fallback) + "`";
    }
    out += " |\n";
  }
}

void append_element(std::string& out, const ElementDeclaration& element) {
  out += "\n## " + std::string(element.name) + "\n\n";
  if (!element.available) out += "*Not available yet.* ";
  out += cell(element.summary) + ".\n";
  if (const std::string parents = parents_of(element.name); !parents.empty()) out += "\nStands in: " + parents + ".\n";
  std::string children;
  for (const std::string_view child : element.children) children += (children.empty() ? "" : ", ") + link(child);
  if (!children.empty()) out += "\nMay contain: " + children + ".\n";
  if (element.open) out += "\nAny other attribute is accepted.\n";
  append_attributes(out, element);
  out += element_details(element.name);
}

}  // namespace

std::string schema_markdown() {
  std::string out(kHead);
  out += "\n## Kinds of attributes\n\n| kind | what may stand there |\n|---|---|\n";
  for (const KindDeclaration& kind : kinds()) {
    out += "| " + std::string(kind.name) + " | " + cell(kind.summary) + " |\n";
  }
  for (const ElementDeclaration& element : elements()) append_element(out, element);
  out += "\n## Reserved names\n\nNo element may have one of these names:";
  for (const std::string_view name : reserved_names()) {
    out += (name == reserved_names().front() ? " `" : ", `") + std::string(name) + "`";
  }
  return out + ".\n";
}

}  // namespace mimus
