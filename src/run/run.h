// The engine's door: runs a descriptor, or checks it.
//
// run() is a pure function of the files below `root`, the seed, the clock and the options: the same ones give the same
// bytes for any number of threads. It may be called from several threads at once.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/time.h"
#include "statistics/statistics.h"

namespace mimus {

// A value handed to the descriptor from outside, seen as a variable of `setup` of that name.
using Parameter = std::pair<std::string, std::variant<bool, std::int64_t, double, std::string>>;

struct RunLimits {
  std::uint64_t bytes = UINT64_MAX;  // of all files together
  std::uint64_t files = 1'000'000;
  // After which Python is interrupted; 0: never.
  double cpu_seconds = 0;      // of the process
  double wall_seconds = 0;     // of the run
  bool python_allowed = true;  // false: descriptors that need it fail with python.refused
};

// Takes what ConsoleExporter writes: whole lines. Called from any thread, never while the observer is; must return
// soon.
using ConsoleSink = std::function<void(std::string_view)>;

// Records of one generate, as a capture shows them.
struct PreviewedProduct {
  std::string name;
  std::string records;  // JSON objects with ", " between them
  std::uint64_t count = 0;
  bool truncated = false;  // there would be more
};

struct PreviewOptions {
  std::uint64_t rows = 20;             // of each generate, also of those inside of others
  std::uint64_t bytes = 10ULL << 20U;  // of all records
  // Called for each generate at the end of the run, also of one that fails.
  std::function<void(const PreviewedProduct&)> show;
};

struct RunOptions {
  std::filesystem::path descriptor;   // the entry file
  std::filesystem::path root;         // files are read from below here only; empty: the descriptor's folder
  std::filesystem::path out;          // finished files appear here (created); unfinished ones stand beside it, hidden
  std::optional<std::uint64_t> seed;  // 0 … 2^53-1; drawn when absent
  Timestamp now;                      // the run's clock
  std::string task_id;
  int threads = 0;  // 0: one for each core
  bool capture = false;
  bool sync = false;        // make the files durable before they are published
  bool statistics = false;  // of the columns of what goes to targets
  double count_factor = 1.0;
  std::string csv_delimiter;  // of CSV files, where the descriptor names none; empty: '|'
  std::string csv_encoding;   // likewise; empty: UTF-8
  std::vector<Parameter> parameters;
  RunLimits limits;
  std::uint64_t memstore_bytes = std::uint64_t{128} << 20U;  // of records in memory; more go to a file beside `out`
  ConsoleSink console;                                       // empty: stdout
  // Databases of SQLite are copied to this folder before they are used, and changed there; those that were changed are
  // artifacts, db/<name>.sqlite. Empty: the files below the descriptor's folder are changed in place.
  std::filesystem::path databases;
  // The first records in place of files and lines of the console and the log; on one thread. `databases` must be given.
  std::optional<PreviewOptions> preview;
};

struct Progress {
  std::uint64_t records_done = 0;
  std::optional<std::uint64_t> records_total;  // of the outermost generate that runs
  std::uint64_t bytes_written = 0;
  std::string current;  // its name
  double fraction = 0;  // of the whole run, 0 … 1, as well as it is known
};

// What a caller sees of a run under way. Called from any thread, one call at a time; must return soon.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void progress(const Progress& progress) = 0;                // at most about 20 times a second
  virtual void log(Severity severity, std::string_view message) = 0;  // one line, without its end
  [[nodiscard]] virtual bool cancelled() = 0;                         // asked between morsels; ends with run.cancelled
};

struct Artifact {
  std::string name;  // path below `out`, '/'-separated
  std::uint64_t size = 0;
  std::optional<std::uint64_t> records;
};

struct RunReport {
  std::uint64_t seed = 0;
  std::vector<Artifact> artifacts;  // in the order they were finished
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  double seconds = 0;
  double first_byte_ms = 0;  // from the start of run() to the first byte handed to a target
  std::string capture;       // with `capture`: one JSON object {generate name: [records]}
  Diagnostics warnings;
  // With `statistics`: of each generate whose records go to targets, in the order in which they are begun; an inner one
  // before that around it.
  std::vector<statistics::ProductStatistics> statistics;
};

// On failure: the findings, errors first in order of place. Files of the failing generate do not appear; those of
// generates finished before stay.
[[nodiscard]] std::expected<RunReport, Diagnostics> run(const RunOptions& options, RunObserver& observer);

// Every mistake of a descriptor and of what it includes; runs nothing.
[[nodiscard]] Diagnostics lint(const std::filesystem::path& descriptor, const std::filesystem::path& root);

// A seed in the range every client can hold: 0 … 2^53-1.
[[nodiscard]] std::uint64_t draw_seed();

[[nodiscard]] std::string_view engine_version();
[[nodiscard]] std::string_view datapack_version();

}  // namespace mimus
