#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "descriptor/schema_documents.h"

namespace mimus::cli {

int schema(const SchemaArguments& arguments) {
  std::string text;
  if (arguments.format == "rng") {
    text = schema_rng();
  } else if (arguments.format == "json") {
    text = schema_json();
  } else if (arguments.format == "markdown") {
    text = schema_markdown();
  } else {
    text = schema_xsd();
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kOk;
}

}  // namespace mimus::cli
