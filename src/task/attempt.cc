#include "task/attempt.h"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <system_error>
#include <thread>

#include "base/text.h"
#include "run/secrets.h"
#include "statistics/statistics.h"
#include "task/conversation.h"
#include "task/log_file.h"
#include "task/manifest.h"
#include "task/publish.h"

namespace mimus::task {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;
using store::TaskStatus;

constexpr std::size_t kFindings = 200;
constexpr std::uint64_t kManifestBytes = 64ULL << 20U;
constexpr std::uint64_t kStatisticsBytes = 64ULL << 20U;
// Folders and unfinished files beside the artifacts.
constexpr std::uint64_t kSpareEntries = 10'000;
// When everything is being killed, the process may go a moment before its worker does.
constexpr milliseconds kDoubt{500};

// Hears the process of a task: keeps its log, its progress, its findings, and watches the room it takes.
class TaskListener final : public Listener {
 public:
  TaskListener(const AttemptContext& context, LogFile& log)
      : context_(&context), log_(&log), output_(attempt_output(context.folder)) {}

  void hear(const Report& report) override {
    if (const auto* line = std::get_if<LogReport>(&report)) {
      log_->append(line->severity, line->message);
    } else if (const auto* news = std::get_if<ProgressReport>(&report)) {
      hear_progress(news->progress);
    } else if (const auto* artifact = std::get_if<ArtifactReport>(&report)) {
      if (artifact->records && records.size() < context_->options->limits.artifacts) {
        records[artifact->name] = *artifact->records;
      }
    } else if (const auto* found = std::get_if<FindingReport>(&report)) {
      log_->append(found->finding);
      if (findings.size() < kFindings) findings.push_back(found->finding);
    }
  }

  void hear_complaint(std::string_view line) override {
    log_->append(Severity::Warning, line, is_cut_);
    is_cut_ = line.size() >= kComplaintBytes;
  }

  [[nodiscard]] bool wants_end() override {
    if (context_->stopped()) return true;
    if (!excess && Steady::now() >= next_look_) look_at_output();
    return excess.has_value();
  }

  std::map<std::string, std::uint64_t, std::less<>> records;
  Diagnostics findings;
  store::TaskProgress progress;
  std::optional<Diagnostic> excess;  // a limit that the process went past

 private:
  void hear_progress(store::TaskProgress news) {
    const std::chrono::duration<double> elapsed = Steady::now() - start_;
    const double seconds = elapsed.count();
    news.records_per_second = seconds > 0 ? static_cast<double>(news.records_done) / seconds : 0;
    progress = std::move(news);
    context_->progress(progress);
  }

  // The process keeps to the limits by itself; but it is not to be relied on.
  void look_at_output() {
    const RunLimits& limits = context_->options->limits;
    const auto begin = Steady::now();
    const FolderUse use = measure(output_, limits.artifacts + kSpareEntries);
    if (use.bytes > limits.output_bytes) {
      excess = {.code = "task.limit",
                .message = "the task wrote more than " + with_thousands(limits.output_bytes) + " bytes"};
    } else if (use.entries > limits.artifacts + kSpareEntries) {
      excess = {.code = "task.limit",
                .message = "the task made more than " + with_thousands(limits.artifacts) + " files"};
    }
    // Looking takes at most a twentieth of the time.
    next_look_ = Steady::now() + std::max<Steady::duration>(milliseconds(500), (Steady::now() - begin) * 20);
  }

  const AttemptContext* context_;
  LogFile* log_;
  fs::path output_;
  bool is_cut_ = false;  // the last line of complaint: it goes on in the next one
  Steady::time_point start_ = Steady::now();
  Steady::time_point next_look_ = start_ + milliseconds(500);
};

Job job_of(const AttemptContext& context) {
  const store::Task& task = *context.task;
  const RunLimits& limits = context.options->limits;
  Job job;
  job.files = (context.folder / "files").string();
  job.output = attempt_output(context.folder).string();
  job.entry = task.entry;
  job.task_id = task.id;
  job.seed = task.seed;
  job.now = task.now;
  job.count_factor = task.count_factor;
  job.csv_delimiter = task.csv_delimiter;
  job.csv_encoding = task.csv_encoding;
  job.parameters = task.parameters;
  job.limits = {.cpu_seconds = limits.cpu_seconds,
                .wall_seconds = limits.wall_seconds,
                .memory_bytes = limits.memory_bytes,
                .output_bytes = limits.output_bytes,
                .artifacts = limits.artifacts,
                .open_files = limits.open_files,
                .processes = limits.processes};
  return job;
}

Status prepare(const AttemptContext& context) {
  MIMUS_ASSIGN(const auto bytes, context.store->blobs->open(context.task->manifest));
  MIMUS_ASSIGN(const std::string text, store::read_all(*bytes, kManifestBytes));
  MIMUS_ASSIGN(const Manifest manifest, decode_manifest(text));
  std::error_code error;
  fs::create_directories(attempt_output(context.folder), error);
  if (error) {
    return fail("file.write", "cannot make the task's work folder: " + error.message());
  }
  return lay_out(manifest, *context.store->blobs, context.folder / "files");
}

// The errors of a run that did not succeed; empty when it did.
Diagnostics reasons(const AttemptContext& context, const Ending& ending, TaskListener& listener) {
  const RunLimits& limits = context.options->limits;
  if (listener.excess) return {*listener.excess};
  if (ending.overdue) {
    return {{.code = "task.limit",
             .message = "the task ran longer than " + with_thousands(static_cast<std::uint64_t>(limits.wall_seconds)) +
                        " seconds"}};
  }
  if (auto reason = explain(ending, job_of(context).limits)) {
    Diagnostics all = {std::move(*reason)};
    all.insert(all.end(), listener.findings.begin(), listener.findings.end());
    return all;
  }
  if (*ending.reported) return {};
  if (!listener.findings.empty()) {
    // The first is what people are told.
    std::ranges::stable_partition(listener.findings,
                                  [](const Diagnostic& finding) { return finding.severity == Severity::Error; });
    return std::move(listener.findings);
  }
  return {{.code = "task.failed", .message = "the run failed without telling why"}};
}

Result<Product> collect(const AttemptContext& context, const TaskListener& listener) {
  const RunLimits& limits = context.options->limits;
  const fs::path out = attempt_output(context.folder) / "out";
  MIMUS_ASSIGN(const auto files, list_files(out, limits.artifacts));
  std::uint64_t bytes = 0;
  for (const FoundFile& file : files) bytes += file.size;
  if (bytes > limits.output_bytes) {
    return fail("task.limit", "the task wrote more than " + with_thousands(limits.output_bytes) + " bytes");
  }
  return seal(out, files, listener.records, context.task->id, now(), context.stopped);
}

// The statistics that the process has left, as a blob; empty, and a line in the log, when there are none that can be
// used. The process is not trusted: what it has written is read as a document of statistics, and written anew.
std::string keep_statistics(const AttemptContext& context, LogFile& log) {
  const auto kept = [&]() -> Result<std::string> {
    MIMUS_ASSIGN(const auto bytes, store::open_bytes(attempt_output(context.folder) / kStatisticsFile));
    MIMUS_ASSIGN(const std::string text, store::read_all(*bytes, kStatisticsBytes));
    MIMUS_ASSIGN(const auto products, statistics::parse_statistics(text, kStatisticsFile));
    MIMUS_ASSIGN(const store::Blob blob, context.store->blobs->put(statistics::statistics_json(products)));
    return blob.sha256;
  }();
  if (kept) return *kept;
  log.append(Severity::Warning, "no statistics: " + kept.error().message);
  return {};
}

Outcome outcome_of(const AttemptContext& context, const Ending& ending, TaskListener& listener, LogFile& log) {
  Outcome outcome;
  outcome.errors = reasons(context, ending, listener);
  outcome.progress = listener.progress;
  if (!outcome.errors.empty()) {
    log.append(outcome.errors.front());
    return outcome;
  }
  auto product = collect(context, listener);
  if (!product) {
    log.append(product.error());
    outcome.errors = {std::move(product).error()};
    return outcome;
  }
  outcome.status = TaskStatus::Succeeded;
  outcome.progress.fraction = 1;
  outcome.progress.bytes_written = product->bytes;
  outcome.artifacts = std::move(product->artifacts);
  outcome.artifact_bytes = product->bytes;
  outcome.content_hash = std::move(product->content_hash);
  outcome.statistics = keep_statistics(context, log);
  log.append(Severity::Note, with_thousands(outcome.artifacts.size()) + " artifacts, " +
                                 with_thousands(product->bytes) + " bytes, content hash " + outcome.content_hash);
  return outcome;
}

bool was_killed(const Ending& ending) { return WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGKILL; }

}  // namespace

fs::path attempt_output(const fs::path& folder) { return folder / "run"; }

Result<Outcome> attempt_task(const AttemptContext& context) {
  const store::Task& task = *context.task;
  const LogLimits limits{context.options->limits.log_bytes, context.options->limits.log_line_bytes};
  MIMUS_ASSIGN(LogFile log, LogFile::open(log_path(*context.store, task.project_id, task.id), limits));
  log.append(Severity::Note, "attempt " + std::to_string(task.attempt) + " at '" + task.entry + "', seed " +
                                 std::to_string(task.seed) + ", clock " + rfc3339(task.now));
  MIMUS_TRY(prepare(context));
  const Secrets secrets = find_secrets(context.folder / "files", task.parameters);
  log.hide(secrets);
  TaskListener listener(context, log);
  const milliseconds time_limit = std::chrono::seconds(context.options->limits.wall_seconds);
  MIMUS_ASSIGN(const Ending ending, converse(context.options->task_process, job_of(context), time_limit, listener));
  if (ending.killed && !listener.excess) return Outcome{.progress = listener.progress};
  if (was_killed(ending) && !ending.killed && !ending.overdue) std::this_thread::sleep_for(kDoubt);
  Outcome outcome = outcome_of(context, ending, listener, log);
  for (Diagnostic& error : outcome.errors) secrets.mask(error);
  return outcome;
}

}  // namespace mimus::task
