#include <sys/utsname.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "run/run.h"

namespace mimus::cli {
namespace {

void print_line(const char* name, const std::string& value) { std::printf("%-18s %s\n", name, value.c_str()); }

}  // namespace

int info() {
  utsname system{};
  const bool known = uname(&system) == 0;
  std::error_code error;
  const bool has_settings = std::filesystem::exists("mimus.toml", error);
  const auto demos = demo_folder({});
  std::printf("System Information\n");
  print_line("Mimus version", std::string(engine_version()));
  print_line("Data pack", std::string(datapack_version()));
  if (known) print_line("Operating system", std::string(system.sysname) + " " + system.release + " " + system.machine);
  print_line("Cores", std::to_string(std::thread::hardware_concurrency()));
  print_line("Settings", has_settings ? "mimus.toml" : "default");
  print_line("Output folder", "output/ beside the descriptor");
  print_line("Demos", demos ? demos->string() : "not found");
  return kOk;
}

}  // namespace mimus::cli
