// What the commands share: printing findings, finding the demos, names of new things.
//
// Thread-safe but for the printing functions, which belong to one thread at a time.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/result.h"

namespace mimus::cli {

// A terminal that shows colours: NO_COLOR is not set and TERM is not "dumb".
[[nodiscard]] bool has_terminal(int fd);
[[nodiscard]] bool has_color(int fd);

// The findings, for people, to stderr.
void print(const Diagnostics& findings);
// One finding to stderr; returns kFailed.
int report(const Diagnostic& finding);

// "name": "value" pieces of JSON objects.
void append_member(std::string& json, std::string_view name, std::string_view value);

// 32 lower-case hex digits, random.
[[nodiscard]] std::string random_task_id();

// The folder of the demo store: `given`, or demos/ beside the program's folder, or ../share/mimus/demos.
[[nodiscard]] Result<std::filesystem::path> demo_folder(const std::string& given);

}  // namespace mimus::cli
