#include "generator/generator.h"

#include "cli/component_list.h"

namespace mimus::cli {

int list_generators(const ListArguments& arguments) {
  std::vector<ComponentText> out;
  for (const GeneratorDeclaration* generator : generators()) {
    out.push_back({.name = generator->name,
                   .summary = generator->summary,
                   .result = std::string(type_name(generator->result)),
                   .parameters = generator->parameters,
                   .examples = {generator->examples.begin(), generator->examples.end()}});
  }
  return print_components(out, arguments);
}

}  // namespace mimus::cli
