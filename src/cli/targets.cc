#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "cli/component_list.h"
#include "cli/terminal.h"
#include "target/target.h"

namespace mimus::cli {
namespace {

std::string json_of(const TargetDeclaration& target) {
  std::string json = "{";
  append_member(json, "name", target.name);
  append_member(json, "summary", target.summary);
  json += ", \"parameters\": [";
  for (const TargetParameter& parameter : target.parameters) {
    json += json.back() == '[' ? "{" : ", {";
    append_member(json, "name", parameter.name);
    append_member(json, "default", parameter.fallback);
    append_member(json, "summary", parameter.summary);
    json += "}";
  }
  return json + "]}";
}

std::string text_of_target(const TargetDeclaration& target) {
  std::string text = std::string(target.name) + ": " + std::string(target.summary) + "\n";
  for (const TargetParameter& parameter : target.parameters) {
    text += "    " + std::string(parameter.name);
    if (!parameter.fallback.empty()) text += " = " + std::string(parameter.fallback);
    text += "  " + std::string(parameter.summary) + "\n";
  }
  return text;
}

std::string markdown_of(const TargetDeclaration& target) {
  std::string text = "## " + std::string(target.name) + "\n\n" + std::string(target.summary) + "\n\n";
  if (target.parameters.empty()) return text;
  text += "| parameter | default | meaning |\n|---|---|---|\n";
  for (const TargetParameter& parameter : target.parameters) {
    text += "| `" + std::string(parameter.name) + "` | " + cell_of(parameter.fallback) + " | " +
            cell_of(parameter.summary) + " |\n";
  }
  return text + "\n";
}

}  // namespace

int list_targets(const ListArguments& arguments) {
  std::string out;
  for (const TargetDeclaration* target : targets()) {
    if (arguments.json || arguments.format == "json") {
      out += (out.empty() ? "[" : ",\n ") + json_of(*target);
    } else {
      out += arguments.format == "markdown" ? markdown_of(*target) : text_of_target(*target);
    }
  }
  if (out.starts_with('[')) out += "]\n";
  std::fputs(out.c_str(), stdout);
  return kOk;
}

}  // namespace mimus::cli
