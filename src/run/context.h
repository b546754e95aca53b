// RunContext: what the parts of a run share: options, counters, the observer, the files, the capture.
//
// Members marked so may be used from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "run/output.h"
#include "run/preview.h"
#include "run/product_statistics.h"
#include "run/run.h"
#include "source/batch_storage.h"

namespace mimus {

class RunContext {
 public:
  RunContext(const RunOptions& run_options, RunObserver& run_observer)
      : options(run_options),
        output(run_options.out, run_options.sync),
        stores(run_options.memstore_bytes, run_options.out.parent_path()),
        observer_(run_observer),
        began_(std::chrono::steady_clock::now()) {
    if (options.preview) preview.emplace(*options.preview);
  }

  const RunOptions& options;
  OutputFolder output;
  BatchStorage stores;             // one thread at a time
  RunStatistics statistics;        // one thread at a time
  std::optional<Preview> preview;  // one thread at a time
  // Fails when the files of the run's sources have changed under it; asked before anything is published.
  std::function<Status()> check_sources;

  // Any thread. True once a caller has asked for the end of the run.
  [[nodiscard]] bool is_cancelled();
  // Any thread: one line for people.
  void log(Severity severity, std::string_view message);
  // A finding that does not end the run; one thread at a time.
  void warn(Diagnostic warning) { warnings_.push_back(std::move(warning)); }
  [[nodiscard]] Diagnostics take_warnings() { return std::exchange(warnings_, {}); }
  // Any thread: bytes to the run's console. Fails with output.write.
  [[nodiscard]] Status print(std::string_view bytes);
  // Any thread. Fails with task.limit when the run has written too much.
  [[nodiscard]] Status count_bytes(std::uint64_t bytes);
  // Any thread: rows of the outermost generate that have been written.
  void count_rows(std::uint64_t rows);

  // One thread, between generates; of generates inside of others (by <include>) only the outermost shows.
  void start_generate(const std::string& name, std::uint64_t count, double fraction, double share);
  void end_generate();
  void add_capture(const std::string& name, std::string_view records);

  [[nodiscard]] double seconds() const;
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] double first_byte_ms() const { return first_byte_ms_; }
  [[nodiscard]] std::string capture_text() const;

 private:
  void show_progress(bool at_once);

  RunObserver& observer_;
  Diagnostics warnings_;
  std::mutex observer_mutex_;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_;
  std::atomic<std::uint64_t> rows_ = 0;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::atomic<double> first_byte_ms_ = 0;
  std::string name_;
  std::uint64_t count_ = 0;       // records of the generate under way
  std::uint64_t start_rows_ = 0;  // rows before it
  std::atomic<std::uint64_t> own_rows_ = 0;
  std::atomic<int> open_generates_ = 0;
  double fraction_ = 0;  // of the run before it
  double share_ = 0;     // of it in the run
  std::vector<std::pair<std::string, std::string>> capture_;
};

}  // namespace mimus
