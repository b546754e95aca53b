#include "generator/generator.h"

#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "cli/terminal.h"

namespace mimus::cli {
namespace {

std::string_view type_name(ParameterType type) {
  switch (type) {
    case ParameterType::Int:
      return "int";
    case ParameterType::Float:
      return "float";
    case ParameterType::Bool:
      return "bool";
    case ParameterType::String:
      return "string";
  }
  return "";
}

std::string json_of(const ParameterDeclaration& parameter) {
  std::string json = "{";
  append_member(json, "name", parameter.name);
  append_member(json, "type", type_name(parameter.type));
  append_member(json, "default", parameter.fallback);
  append_member(json, "range", parameter.range);
  append_member(json, "summary", parameter.summary);
  return json + "}";
}

std::string json_of(const GeneratorDeclaration& generator) {
  std::string json = "{";
  append_member(json, "name", generator.name);
  append_member(json, "summary", generator.summary);
  json += ", \"parameters\": [";
  for (const ParameterDeclaration& parameter : generator.parameters) {
    if (json.back() != '[') json += ", ";
    json += json_of(parameter);
  }
  return json + "]}";
}

void print_text(const GeneratorDeclaration& generator) {
  std::string text = std::string(generator.name) + ": " + std::string(generator.summary) + "\n";
  for (const ParameterDeclaration& parameter : generator.parameters) {
    text += "    " + std::string(parameter.name) + ": " + std::string(type_name(parameter.type));
    if (!parameter.fallback.empty()) text += " = " + std::string(parameter.fallback);
    text += "  " + std::string(parameter.summary);
    if (!parameter.range.empty()) text += " (" + std::string(parameter.range) + ")";
    text += "\n";
  }
  for (const std::string_view example : generator.examples) text += "    e.g. " + std::string(example) + "\n";
  std::fputs(text.c_str(), stdout);
}

}  // namespace

int list_generators(const GeneratorsArguments& arguments) {
  std::string json = "[";
  for (const GeneratorDeclaration* generator : generators()) {
    if (!arguments.json) {
      print_text(*generator);
      continue;
    }
    if (json.size() > 1) json += ",\n ";
    json += json_of(*generator);
  }
  if (arguments.json) std::printf("%s]\n", json.c_str());
  return kOk;
}

}  // namespace mimus::cli
