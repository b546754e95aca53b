#include "cli/component_list.h"
#include "converter/converter.h"

namespace mimus::cli {

int list_converters(const ListArguments& arguments) {
  std::vector<ComponentText> out;
  for (const ConverterDeclaration* converter : converters()) {
    ComponentText text{.name = converter->name,
                       .summary = converter->summary,
                       .result = std::string(converter->takes) + " → " + std::string(converter->gives),
                       .parameters = converter->parameters,
                       .examples = {}};
    for (const ConverterExample& example : converter->examples) {
      text.examples.push_back(std::string(example.call) + ": " + std::string(example.from) + " → " +
                              std::string(example.to));
    }
    out.push_back(std::move(text));
  }
  return print_components(out, arguments);
}

}  // namespace mimus::cli
