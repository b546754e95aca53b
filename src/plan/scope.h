// SetupScope: what is known while the statements of a <setup> run in their order: names, stores, settings.
#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "converter/vault.h"
#include "data/value.h"
#include "descriptor/model.h"
#include "generator/generator.h"
#include "plan/database_scope.h"
#include "plan/python_tier.h"
#include "source/memstore.h"

namespace mimus {

// The rows of a file or memstore.
struct OpenedSource {
  std::shared_ptr<const Source> rows;
  bool is_list = true;  // false: one object
};

struct GeneratePlan;

class Pack;
class Population;

// Shared by a descriptor and all it includes.
struct SharedScope {
  std::filesystem::path root;    // files are read from below here only
  std::filesystem::path folder;  // the main descriptor's, from which relative paths start
  std::filesystem::path work;    // for what does not fit in memory
  std::uint64_t seed = 0;
  Timestamp now;
  double count_factor = 1.0;
  std::string csv_delimiter = {};  // of CSV files, where the descriptor names none; empty: the target's own
  std::string csv_encoding = {};   // likewise
  std::map<std::string, MemoryStore, std::less<>> memstores;
  DatabaseScope databases = {};
  std::map<std::string, OpenedSource, std::less<>> files;  // by path and how they are read: each is read once a run
  std::map<std::string, Value, std::less<>> variables;     // of setup; parameters of the run
  std::map<std::string, Value, std::less<>> script_names;  // of executed Python files
  std::map<std::string, Value, std::less<>> components;    // of Python, by the path of their element; they last a run
  std::shared_ptr<PythonHost> python;
  std::mutex opening = {};           // held while a thread of a run opens a source
  Diagnostics warnings;              // that are not shown yet
  std::shared_ptr<const Pack> pack;  // the project's own tables over the program's; nullptr: it has none
  // Of the last <demographics>, and what its variables draw from when it has a seed.
  std::shared_ptr<const Population> population;
  std::optional<std::uint64_t> population_seed;
  // The tokens of that name that the run publishes at its end; any thread.
  std::function<std::shared_ptr<Vault>(const std::string& name)> open_vault = {};
  // Of the <generator>s of the descriptor under way and of those around it, by name.
  std::map<std::string, Call, std::less<>> generators;
  // The rows of a plan's source that the rules of the plan leave, by their numbers: carries the plan out.
  std::function<Result<std::vector<std::uint64_t>>(const GeneratePlan&)> keep_rows;
};

// Literal counts are multiplied by the run's factor, rounded up.
[[nodiscard]] inline std::uint64_t scaled_count(std::uint64_t count, double factor) {
  if (factor == 1.0) return count;
  const double product = std::ceil(static_cast<double>(count) * factor);
  return product >= 0x1p62 ? std::uint64_t{1} << 62U : static_cast<std::uint64_t>(product);
}

struct SetupScope {
  SharedScope& shared;
  const Setup& setup;
  // Properties that have become known since; they win over the setup's.
  std::map<std::string, std::string, std::less<>> properties = {};
  std::optional<std::uint64_t> own_seed = {};       // of the part of a descriptor that is being bound
  std::optional<std::int64_t> sequence_start = {};  // of the <key> that is being bound
  // Get the variables whose lists, sets and dicts the expressions change, and whether one of the setup's is new there.
  std::vector<std::size_t>* held_variables = nullptr;
  bool* has_new_held = nullptr;
  std::vector<python::Effect>* effects = nullptr;  // gets those of the expressions that the interpreter evaluates

  [[nodiscard]] std::uint64_t seed() const { return own_seed.value_or(shared.seed); }

  [[nodiscard]] GeneratorEnvironment generator_environment() const;  // of this scope, which must outlive it
  [[nodiscard]] char separator(const SourceOptions& options) const {
    const std::string& text =
        options.separator && !options.separator->text.empty() ? options.separator->text : setup.defaults.separator;
    return text.empty() ? '|' : text[0];
  }
};

}  // namespace mimus
