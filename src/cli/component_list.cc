#include "cli/component_list.h"

#include <cstdio>

#include "cli/terminal.h"

namespace mimus::cli {
namespace {

std::string json_of(const ParameterDeclaration& parameter) {
  std::string json = "{";
  append_member(json, "name", parameter.name);
  append_member(json, "type", type_name(parameter.type));
  append_member(json, "default", parameter.fallback);
  append_member(json, "range", parameter.range);
  append_member(json, "summary", parameter.summary);
  json += std::string(", \"required\": ") + (parameter.required ? "true" : "false");
  return json + "}";
}

std::string json_of(const ComponentText& component) {
  std::string json = "{";
  append_member(json, "name", component.name);
  append_member(json, "summary", component.summary);
  append_member(json, "result", component.result);
  json += ", \"parameters\": [";
  for (const ParameterDeclaration& parameter : component.parameters) {
    if (json.back() != '[') json += ", ";
    json += json_of(parameter);
  }
  json += "], \"examples\": [";
  for (const std::string& example : component.examples) {
    if (json.back() != '[') json += ", ";
    std::string member;
    append_member(member, "", example);
    json += member.substr(member.find(": ") + 2);
  }
  json += "]";
  if (component.attributes.empty()) return json + "}";
  json += ", \"attributes\": [";
  for (const AttributeText& attribute : component.attributes) {
    if (json.back() != '[') json += ", ";
    json += "{";
    append_member(json, "name", attribute.name);
    append_member(json, "type", attribute.type);
    append_member(json, "summary", attribute.summary);
    json += "}";
  }
  return json + "]}";
}

std::string text_of(const ComponentText& component) {
  std::string text = std::string(component.name) + ": " + std::string(component.summary) + "\n";
  for (const ParameterDeclaration& parameter : component.parameters) {
    text += "    " + std::string(parameter.name) + ": " + std::string(type_name(parameter.type));
    if (!parameter.fallback.empty()) text += " = " + std::string(parameter.fallback);
    text += "  " + std::string(parameter.summary);
    if (parameter.required) text += ", required";
    if (!parameter.range.empty()) text += " (" + std::string(parameter.range) + ")";
    text += "\n";
  }
  for (const std::string& example : component.examples) text += "    e.g. " + example + "\n";
  for (const AttributeText& attribute : component.attributes) {
    text +=
        "    ." + std::string(attribute.name) + ": " + attribute.type + "  " + std::string(attribute.summary) + "\n";
  }
  return text;
}

std::string markdown_of(const ComponentText& component) {
  std::string text = "## " + std::string(component.name) + "\n\n" + cell_of(component.summary);
  if (!component.result.empty()) text += " (" + component.result + ")";
  text += "\n\n";
  if (!component.parameters.empty()) text += "| parameter | type | default | meaning |\n|---|---|---|---|\n";
  for (const ParameterDeclaration& parameter : component.parameters) {
    text += "| `" + std::string(parameter.name) + "` | " + std::string(type_name(parameter.type)) + " | " +
            (parameter.required ? "required" : cell_of(parameter.fallback)) + " | " + cell_of(parameter.summary);
    if (!parameter.range.empty()) text += " (" + cell_of(parameter.range) + ")";
    text += " |\n";
  }
  if (!component.parameters.empty()) text += "\n";
  if (!component.attributes.empty()) text += "| attribute | type | meaning |\n|---|---|---|\n";
  for (const AttributeText& attribute : component.attributes) {
    text += "| `" + std::string(attribute.name) + "` | " + attribute.type + " | " + cell_of(attribute.summary) + " |\n";
  }
  for (const std::string& example : component.examples) text += "    " + example + "\n";
  return text + "\n";
}

}  // namespace

std::string cell_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

int print_components(const std::vector<ComponentText>& components, const ListArguments& arguments) {
  std::string out;
  for (const ComponentText& component : components) {
    if (arguments.json || arguments.format == "json") {
      out += (out.empty() ? "[" : ",\n ") + json_of(component);
    } else {
      out += arguments.format == "markdown" ? markdown_of(component) : text_of(component);
    }
  }
  if (out.starts_with('[')) out += "]\n";
  std::fputs(out.c_str(), stdout);
  return kOk;
}

}  // namespace mimus::cli
