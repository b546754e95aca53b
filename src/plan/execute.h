// <execute> of a Python file.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "data/value.h"
#include "descriptor/model.h"
#include "plan/scope.h"

namespace mimus {

// A file that has been read.
struct PythonFile {
  std::string text;
  std::string name;  // as the descriptor has it
  Location at;
  Stream stream;  // of what its top level draws
};

// Fails with file.not_found and the like.
[[nodiscard]] Result<PythonFile> read_python_file(const Execute& execute, const SetupScope& scope);

// The names that the file defines, as far as they can be told without running it.
[[nodiscard]] Result<std::vector<std::string>> names_of(const PythonFile& file, const SetupScope& scope);

// Runs the file; its new and changed names, which all later expressions know. Fails with script.* codes and the place
// in the file.
[[nodiscard]] Result<ValueMap> run_python_file(const PythonFile& file, SharedScope& shared);

}  // namespace mimus
