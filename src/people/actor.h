// Who acts, for leases, the audit log and whoever reads them. A plain value.
#pragma once

#include <string>
#include <string_view>

namespace mimus::people {

struct Actor {
  std::string id;                    // of the token or user; leases are held by it
  std::string name;                  // for people
  std::string_view kind = "system";  // "token", "user", "cli", "system"
  std::string address;               // of the client; empty for what happens on the machine itself
};

// A command in a terminal of the machine: whoever may read the data folder.
[[nodiscard]] inline Actor command_line() { return {.id = {}, .name = "command line", .kind = "cli", .address = {}}; }

}  // namespace mimus::people
