#include "run/run.h"
#include "run/secrets.h"

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/terminal.h"

namespace mimus::cli {
namespace {

namespace fs = std::filesystem;

// Set by a signal; a handler can reach nothing but a global.
std::atomic<bool> cancel_requested = false;

// The first signal asks the run to end, the second ends the program.
void request_cancel(int signal) {
  cancel_requested = true;
  std::signal(signal, SIG_DFL);
}

// Shows a run on the terminal: a bar that is drawn over itself, and the lines of the log above it.
class TerminalObserver final : public RunObserver {
 public:
  // `folder`: of the descriptor.
  TerminalObserver(bool quiet, fs::path folder)
      : quiet_(quiet), bar_(!quiet && has_terminal(STDERR_FILENO)), folder_(std::move(folder)) {}

  void progress(const Progress& progress) override {
    if (!bar_) return;
    constexpr int kWidth = 30;
    const int filled = static_cast<int>(progress.fraction * kWidth);
    std::string line = "\r\x1b[K[";
    for (int i = 0; i < kWidth; ++i) line += i < filled ? '#' : '.';
    line += "] " + std::to_string(static_cast<int>(progress.fraction * 100)) + " %  ";
    line += escape_controls(progress.current) + "  " + with_thousands(progress.records_done) + " records, " +
            with_thousands(progress.bytes_written) + " bytes";
    write(line);
    drawn_ = true;
  }

  void log(Severity severity, std::string_view message) override {
    if (quiet_ && severity == Severity::Note) return;
    clear();
    std::string line;
    if (severity != Severity::Note) line += std::string(severity_name(severity)) + ": ";
    write(line + escape_controls(secrets().mask(message)) + "\n");
  }

  [[nodiscard]] bool cancelled() override { return cancel_requested; }

  // Looked for when there is something to say: most runs are silent.
  const Secrets& secrets() {
    if (!secrets_) secrets_ = find_secrets(folder_.empty() ? "." : folder_, {});
    return *secrets_;
  }

  void print_findings(Diagnostics findings) {
    for (Diagnostic& finding : findings) secrets().mask(finding);
    print(findings);
  }

  // Takes the bar away.
  void clear() {
    if (drawn_) write("\r\x1b[K");
    drawn_ = false;
  }

 private:
  static void write(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

  bool quiet_;
  bool bar_;
  fs::path folder_;
  std::optional<Secrets> secrets_;
  bool drawn_ = false;
};

std::uint64_t peak_rss_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts in KiB
}

void print_stats(const RunReport& report) {
  std::fprintf(
      stderr,
      "{\"rows\": %llu, \"bytes\": %llu, \"seconds\": %.6f, \"first_byte_ms\": %.3f, \"peak_rss_bytes\": %llu, "
      "\"seed\": %llu, \"files\": %zu}\n",
      static_cast<unsigned long long>(report.rows), static_cast<unsigned long long>(report.bytes), report.seconds,
      report.first_byte_ms, static_cast<unsigned long long>(peak_rss_bytes()),
      static_cast<unsigned long long>(report.seed), report.artifacts.size());
}

void print_summary(const RunReport& report, const fs::path& out) {
  std::string text = with_thousands(report.rows) + " records, ";
  text += with_thousands(report.artifacts.size()) + (report.artifacts.size() == 1 ? " file" : " files");
  if (!report.artifacts.empty()) text += " in " + escape_controls(out.string());
  std::fprintf(stderr, "%s (%.2f s, seed %llu)\n", text.c_str(), report.seconds,
               static_cast<unsigned long long>(report.seed));
}

Result<RunOptions> options_of(const RunArguments& arguments) {
  RunOptions options;
  options.descriptor = arguments.file;
  options.seed = arguments.seed;
  options.threads = arguments.threads;
  options.capture = arguments.capture;
  options.sync = arguments.sync;
  options.statistics = !arguments.statistics.empty();
  options.task_id = arguments.task_id.empty() ? random_task_id() : arguments.task_id;
  if (options.task_id == ".." || options.task_id == "." || options.task_id.find('/') != std::string::npos) {
    return fail("task.id", "the task id '" + options.task_id + "' is no name of a folder");
  }
  options.now = now();
  if (!arguments.now.empty()) {
    const auto time = parse_rfc3339(arguments.now);
    if (!time) return fail("time.syntax", "'" + arguments.now + "' is no time", "--now 2026-01-01T00:00:00Z");
    options.now = *time;
  }
  options.out =
      arguments.out.empty() ? options.descriptor.parent_path() / "output" / options.task_id : fs::path(arguments.out);
  return options;
}

}  // namespace

int run(const RunArguments& arguments) {
  auto options = options_of(arguments);
  if (!options) {
    report(options.error());
    return kUsage;
  }
  std::signal(SIGINT, request_cancel);
  std::signal(SIGTERM, request_cancel);
  TerminalObserver observer(arguments.quiet, options->descriptor.parent_path());
  // The capture has stdout for itself.
  options->console = [&](std::string_view text) {
    observer.clear();
    std::fwrite(text.data(), 1, text.size(), arguments.capture ? stderr : stdout);
  };
  const auto result = mimus::run(*options, observer);
  observer.clear();
  if (!result) {
    observer.print_findings(result.error());
    return cancel_requested ? kCancelled : kFailed;
  }
  observer.print_findings(result->warnings);
  if (arguments.capture) {
    std::fwrite(result->capture.data(), 1, result->capture.size(), stdout);
    if (result->capture.empty() || result->capture.back() != '\n') std::fputc('\n', stdout);
    if (std::fflush(stdout) != 0) return report(Diagnostic{"output.write", "cannot write to stdout", "", {}});
  }
  if (!arguments.statistics.empty()) {
    const auto written = write_file(arguments.statistics, statistics::statistics_json(result->statistics) + "\n");
    if (!written) return report(written.error());
  }
  if (!arguments.quiet && !arguments.stats) print_summary(*result, options->out);
  if (arguments.stats) print_stats(*result);
  return kOk;
}

}  // namespace mimus::cli
