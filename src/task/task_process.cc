#include "task/task_process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "descriptor/xml.h"
#include "python/session.h"
#include "run/run.h"
#include "task/protocol.h"
#include "task/sandbox.h"

namespace mimus::task {
namespace {

constexpr std::size_t kJobBytes = std::size_t{64} << 20U;
constexpr std::size_t kFindings = 200;
using Clock = std::chrono::steady_clock;

std::string read_input() {
  std::string text;
  char buffer[65536];
  while (text.size() <= kJobBytes) {
    const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(buffer, static_cast<std::size_t>(got));
  }
  return text;
}

void replace_all(std::string& text, const std::string& from) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) text.erase(at, from.size());
}

// Writes reports. Where the engine names a path of this machine, the part above the project's files is left out.
class Reporter {
 public:
  explicit Reporter(const Job& job) : folders_{job.files + "/"} {
    if (!job.output.empty()) folders_.insert(folders_.end(), {job.output + "/out/", job.output + "/"});
  }

  void send(const Report& report) const {
    // The reader is gone: there is nobody to work for.
    if (!write_all(STDOUT_FILENO, encode_report(report))) _exit(1);
  }
  void log(Severity severity, std::string_view message) const { send(LogReport{severity, clean(message)}); }
  // `entry`: the descriptor they are about, whose folder the names of files begin in.
  void findings(const Diagnostics& findings, const std::string& entry = {}) const {
    const fs::path folder = fs::path(entry).parent_path();
    std::size_t sent = 0;
    for (Diagnostic finding : findings) {
      if (++sent > kFindings) break;
      finding.message = clean(finding.message);
      finding.hint = clean(finding.hint);
      finding.where.file = clean(finding.where.file);
      if (!folder.empty() && !finding.where.file.empty()) {
        finding.where.file = (folder / finding.where.file).lexically_normal().generic_string();
      }
      send(FindingReport{std::move(finding)});
    }
  }

 private:
  [[nodiscard]] std::string clean(std::string_view message) const {
    std::string text(message);
    for (const std::string& folder : folders_) replace_all(text, folder);
    return text;
  }

  std::vector<std::string> folders_;
};

class ReportingObserver final : public RunObserver {
 public:
  explicit ReportingObserver(const Reporter& reporter) : reporter_(&reporter) {}

  void progress(const Progress& progress) override {
    reporter_->send(ProgressReport{{.records_done = progress.records_done,
                                    .records_total = progress.records_total,
                                    .bytes_written = progress.bytes_written,
                                    .current = progress.current,
                                    .fraction = progress.fraction}});
  }
  void log(Severity severity, std::string_view message) override { reporter_->log(severity, message); }
  // A task is cancelled by the end of its process: nothing of it is to be kept. A preview has a time of its own, since
  // what it has made until then is worth showing.
  [[nodiscard]] bool cancelled() override { return Clock::now() > until; }

  Clock::time_point until = Clock::time_point::max();

 private:
  const Reporter* reporter_;
};

// Python writes numbers that JSON has not; here they become texts.
std::string strict_json(std::string_view records) {
  std::string out;
  out.reserve(records.size());
  bool in_text = false;
  for (std::size_t k = 0; k < records.size(); ++k) {
    const char c = records[k];
    std::string_view word;
    if (in_text && c == '\\') {
      out += c;
      out += records[++k];  // well-formed: there is one
      continue;
    }
    if (c == '"') in_text = !in_text;
    if (!in_text) {
      for (const std::string_view known : {"NaN", "Infinity", "-Infinity"}) {
        if (records.substr(k, known.size()) == known) word = known;
      }
    }
    if (word.empty()) {
      out += c;
    } else {
      out.append(1, '"').append(word).append(1, '"');
      k += word.size() - 1;
    }
  }
  return out;
}

// Records in pieces that fit a report, cut between characters.
void send_records(const PreviewedProduct& product, const Reporter& reporter) {
  constexpr std::size_t kPiece = std::size_t{128} << 10U;  // of which escaping makes six times as much at most
  const std::string records = strict_json(product.records);
  std::string_view rest = records;
  bool begins = true;
  while (begins || !rest.empty()) {
    std::size_t end = std::min(rest.size(), kPiece);
    while (end < rest.size() && (static_cast<unsigned char>(rest[end]) & 0xC0U) == 0x80U) --end;
    reporter.send(RecordsReport{product.name, begins, product.truncated, std::string(rest.substr(0, end))});
    rest.remove_prefix(end);
    begins = false;
  }
}

void run_job(const Job& job, const Reporter& reporter, bool may_run_python) {
  RunOptions options;
  options.descriptor = job.entry;
  options.root = ".";
  options.out = fs::path(job.output) / "out";
  // The project's files cannot be changed.
  options.databases = fs::path(job.output) / "db";
  options.seed = job.seed;
  options.now = job.now;
  options.task_id = job.task_id;
  options.threads = job.threads;
  options.count_factor = job.count_factor;
  options.csv_delimiter = job.csv_delimiter;
  options.csv_encoding = job.csv_encoding;
  options.parameters = job.parameters;
  options.statistics = true;
  // Before the kernel ends the process, so that there is a reason to tell.
  const auto before = [](std::int64_t seconds) { return std::max(0.5, static_cast<double>(seconds) - 1.0); };
  options.limits = {.bytes = job.limits.output_bytes,
                    .files = job.limits.artifacts,
                    .cpu_seconds = before(job.limits.cpu_seconds),
                    .wall_seconds = before(job.limits.wall_seconds),
                    .python_allowed = may_run_python};
  // A task has no console: the lines go into its log.
  options.console = [&](std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (end > 0) reporter.log(Severity::Note, text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  };
  ReportingObserver observer(reporter);
  if (job.kind == JobKind::Preview) {
    options.threads = 1;
    options.preview = PreviewOptions{.rows = job.preview_rows,
                                     .bytes = job.preview_bytes,
                                     .show = [&](const auto& product) { send_records(product, reporter); }};
    observer.until = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(before(job.limits.wall_seconds)));
  }
  const auto report = mimus::run(options, observer);
  if (!report) {
    reporter.findings(report.error(), job.entry);
    reporter.send(EndReport{.ok = false});
    return;
  }
  reporter.findings(report->warnings, job.entry);
  if (job.kind == JobKind::Preview) return reporter.send(EndReport{.ok = true});
  const auto told = write_file(fs::path(job.output) / kStatisticsFile, statistics::statistics_json(report->statistics));
  if (!told) reporter.log(Severity::Warning, "the statistics could not be written: " + told.error().message);
  for (const Artifact& artifact : report->artifacts) reporter.send(ArtifactReport{artifact.name, artifact.records});
  ProgressReport last{{.records_done = report->rows, .records_total = {}, .bytes_written = report->bytes}};
  last.progress.fraction = 1;
  reporter.send(last);
  reporter.send(EndReport{.ok = true});
}

// Whether the first element of the XML text is <setup>.
bool is_descriptor(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    const std::string_view end = text.starts_with("<?") ? "?>" : text.starts_with("<!--") ? "-->" : "";
    if (end.empty()) break;
    const std::size_t found = text.find(end);
    text.remove_prefix(found == std::string_view::npos ? text.size() : found + end.size());
  }
  return text.starts_with("<setup");
}

// Those in the folder and below, in order of name; what is called like the usual one is taken for one.
std::vector<std::string> find_descriptors(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != ".xml" || !at->is_regular_file(error)) continue;
    const auto text = read_file(at->path(), kMaxDescriptorBytes);
    if (at->path().filename() == "datamimic.xml" || (text && is_descriptor(*text))) {
      out.push_back(at->path().lexically_relative(folder).generic_string());
    }
  }
  std::ranges::sort(out);
  return out;
}

void check_job(const Job& job, const Reporter& reporter) {
  Diagnostics findings;
  for (const std::string& entry : job.entry.empty() ? find_descriptors(".") : std::vector{job.entry}) {
    const fs::path base = fs::path(entry).parent_path();
    for (Diagnostic& finding : mimus::lint(entry, ".")) {
      finding.where.file = (base / finding.where.file).lexically_normal().generic_string();
      // What several descriptors include is told once.
      const bool is_known = std::ranges::any_of(findings, [&](const Diagnostic& other) {
        return other.code == finding.code && other.message == finding.message &&
               other.where.file == finding.where.file && other.where.line == finding.where.line &&
               other.where.column == finding.where.column;
      });
      if (!is_known) findings.push_back(std::move(finding));
    }
  }
  reporter.findings(findings);
  reporter.send(EndReport{.ok = !has_errors(findings)});
}

// The server answers while tasks run, and when memory runs out it is a task that goes. Neither is vital.
void step_back() {
  setpriority(PRIO_PROCESS, 0, 5);
  const Descriptor score(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  [[maybe_unused]] const Status written = score ? write_all(score.get(), "500") : Status();
}

// Says which layers protect the machine; false when the process must not go on.
bool enter(const Job& job, const Reporter& reporter, bool& is_confined) {
  const auto layers = enter_sandbox(
      {.readable = job.files, .writable = job.output, .libraries = python::library_folders(), .limits = job.limits});
  if (!layers) {
    reporter.findings({layers.error()});
    reporter.send(EndReport{.ok = false});
    return false;
  }
  is_confined = std::ranges::any_of(layers->active, [](const std::string& layer) {
    return layer.starts_with("landlock") || layer.starts_with("seccomp");
  });
  if (job.kind != JobKind::Run) return true;
  std::string text;
  for (const std::string& layer : layers->active) text += (text.empty() ? "sandbox: " : ", ") + layer;
  reporter.log(Severity::Note, text);
  for (const std::string& layer : layers->missing) reporter.log(Severity::Warning, "sandbox without " + layer);
  return true;
}

// The place for it is a signal handler's: memory is gone.
[[noreturn]] void end_without_memory() {
  constexpr std::string_view kText = "no more memory\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kText.data(), kText.size());
  _exit(kOutOfMemoryStatus);
}

int work_on(const Job& job, bool allow_unsandboxed_python) {
  const Reporter reporter(job);
  // Relative paths from here on: what the engine says about files is what the project's owner calls them.
  if (::chdir(job.files.c_str()) != 0) {
    reporter.findings({{"file.not_found", "the folder of the task's files is gone", {}, {}}});
    reporter.send(EndReport{.ok = false});
    return 0;
  }
  step_back();
  bool is_confined = false;
  if (!enter(job, reporter, is_confined)) return 0;
  try {
    job.kind == JobKind::Check ? check_job(job, reporter)
                               : run_job(job, reporter, is_confined || allow_unsandboxed_python);
  } catch (const std::system_error& error) {
    // A thread that could not be started: its stack counts as memory, itself as a process.
    reporter.findings({{"task.limit",
                        std::string("the task needs more memory or threads than it may have: ") + error.what(),
                        {},
                        {}}});
    reporter.send(EndReport{.ok = false});
  } catch (const std::exception& error) {
    reporter.findings({{"internal", std::string("internal error: ") + error.what(), {}, {}}});
    reporter.send(EndReport{.ok = false});
  }
  return 0;
}

}  // namespace

int task_process_main(bool allow_unsandboxed_python) {
  umask(S_IRWXG | S_IRWXO);  // artifacts are the owner's alone
  std::signal(SIGPIPE, SIG_IGN);
  std::set_new_handler(end_without_memory);
  const auto job = decode_job(read_input());
  if (!job) {
    const std::string text = render(job.error());
    [[maybe_unused]] const Status written = write_all(STDERR_FILENO, text);
    return 2;
  }
  return work_on(*job, allow_unsandboxed_python);
}

}  // namespace mimus::task
