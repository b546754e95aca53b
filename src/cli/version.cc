#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "run/run.h"

namespace mimus::cli {

int version(const VersionArguments& arguments) {
  if (arguments.json) {
    std::string json = "{";
    append_member(json, "engine_version", engine_version());
    append_member(json, "datapack_version", datapack_version());
    std::printf("%s}\n", json.c_str());
  } else {
    std::printf("mimus %s (data pack %s)\n", std::string(engine_version()).c_str(),
                std::string(datapack_version()).c_str());
  }
  return kOk;
}

}  // namespace mimus::cli
