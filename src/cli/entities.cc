#include "cli/component_list.h"
#include "domain/entity.h"

namespace mimus::cli {
namespace {

std::string type_of(const AttributeDeclaration& attribute) {
  if (attribute.entity.empty()) return std::string(type_name(attribute.type));
  return (attribute.many ? "list of " : "") + std::string(attribute.entity);
}

}  // namespace

int list_entities(const ListArguments& arguments) {
  std::vector<ComponentText> out;
  for (const EntityDeclaration* entity : entities()) {
    ComponentText text{.name = entity->name,
                       .summary = entity->summary,
                       .result = {},
                       .parameters = entity->parameters,
                       .examples = {}};
    for (const AttributeDeclaration& attribute : entity->attributes) {
      if (attribute.name.starts_with('?')) continue;
      text.attributes.push_back({.name = attribute.name, .type = type_of(attribute), .summary = attribute.summary});
    }
    out.push_back(std::move(text));
  }
  return print_components(out, arguments);
}

}  // namespace mimus::cli
