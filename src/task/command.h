// How a child process of Mimus is started: a program and its arguments, the program's path first in none of them.
#pragma once

#include <string>
#include <vector>

namespace mimus::task {

struct Command {
  std::string program;                 // path; empty: there is no such command
  std::vector<std::string> arguments;  // without the program itself
};

// The program that runs now, with other arguments.
[[nodiscard]] inline Command self(std::vector<std::string> arguments) {
  return {.program = "/proc/self/exe", .arguments = std::move(arguments)};
}

}  // namespace mimus::task
