#include "task/preview.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "run/secrets.h"
#include "task/conversation.h"
#include "task/work_folder.h"

namespace mimus::task {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds kTime{5};
constexpr std::uint64_t kBytes = 10'000'000;
constexpr std::size_t kProducts = 1000;
constexpr std::size_t kFindings = 200;
constexpr std::size_t kLogLines = 200;
constexpr std::size_t kLogLineBytes = 2000;
constexpr std::uint64_t kMostRows = 1000;

// Reads an array of objects: is it JSON, and which members have the objects?
class ColumnReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit ColumnReader(std::vector<std::string>& columns) : columns_(columns) {}

  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(std::int64_t /*value*/) override { return true; }
  bool number_unsigned(std::uint64_t /*value*/) override { return true; }
  bool number_float(double /*value*/, const std::string& /*text*/) override { return true; }
  bool string(std::string& /*value*/) override { return true; }
  bool binary(nlohmann::json::binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return enter(); }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t /*size*/) override { return enter(); }
  bool end_array() override { return leave(); }
  bool key(std::string& name) override {
    constexpr std::size_t kRecord = 2;  // the array, the record
    if (depth_ == kRecord && std::ranges::find(columns_, name) == columns_.end()) columns_.push_back(name);
    return columns_.size() <= kMostColumns;
  }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::json::exception& /*error*/) override {
    return false;
  }

 private:
  static constexpr std::size_t kMostColumns = 10'000;
  static constexpr std::size_t kMostDepth = 1000;

  bool enter() { return ++depth_ <= kMostDepth; }
  bool leave() {
    --depth_;
    return true;
  }

  std::vector<std::string>& columns_;
  std::size_t depth_ = 0;
};

class PreviewListener final : public Listener {
 public:
  PreviewListener(PreviewResult& result, const Secrets& secrets) : result_(&result), secrets_(&secrets) {}

  void hear(const Report& report) override {
    if (const auto* line = std::get_if<LogReport>(&report)) {
      log(severity_name(line->severity), line->message);
    } else if (const auto* found = std::get_if<FindingReport>(&report)) {
      if (result_->findings.size() < kFindings) result_->findings.push_back(found->finding);
    } else if (const auto* records = std::get_if<RecordsReport>(&report)) {
      hear_records(*records);
    }
  }
  void hear_complaint(std::string_view line) override { log("warning", line); }
  [[nodiscard]] bool wants_end() override { return bytes_ > 2 * kBytes; }

 private:
  void hear_records(const RecordsReport& records) {
    bytes_ += records.json.size();
    if (records.begins && result_->products.size() < kProducts) {
      result_->products.push_back({.name = records.product, .columns = {}, .rows = {}, .truncated = records.truncated});
    }
    if (!result_->products.empty() && bytes_ <= 2 * kBytes) result_->products.back().rows += records.json;
  }

  void log(std::string_view severity, std::string_view message) {
    if (result_->log.size() >= kLogLines) return;
    const std::string masked = secrets_->mask(message, {.end = message.ends_with("…")});
    result_->log.push_back({.severity = std::string(severity),
                            .message = escape_controls(std::string_view(masked).substr(0, kLogLineBytes))});
  }

  PreviewResult* result_;
  const Secrets* secrets_;
  std::uint64_t bytes_ = 0;
};

Diagnostic past_limit(std::string what) {
  return {.code = "preview.limit", .message = "the preview " + std::move(what), .hint = "fewer rows; or run it"};
}

// What ended the run is told as the preview's own limit where it was that.
void explain_findings(PreviewResult& result, const Ending& ending, const Job& job) {
  for (Diagnostic& finding : result.findings) {
    if (finding.code == "run.cancelled" || finding.code == "script.time") {
      finding = past_limit("took longer than " + std::to_string(kTime.count()) + " seconds");
    }
  }
  if (ending.overdue) {
    result.findings.push_back(past_limit("took longer than " + std::to_string(kTime.count()) + " seconds"));
  } else if (ending.killed) {
    result.findings.push_back(past_limit("made more than " + with_thousands(kBytes) + " bytes"));
  } else if (auto reason = explain(ending, job.limits)) {
    result.findings.push_back(std::move(*reason));
  }
}

// The process is not trusted: what it says must be what it should be.
Status close_products(PreviewResult& result) {
  for (PreviewedRecords& product : result.products) {
    product.rows = "[" + product.rows + "]";
    ColumnReader reader(product.columns);
    if (!nlohmann::json::sax_parse(product.rows, &reader)) {
      return fail("task.protocol", "the process of a preview wrote something else than records");
    }
  }
  return {};
}

Job job_of(const fs::path& folder, const PreviewRequest& request) {
  Job job;
  job.kind = JobKind::Preview;
  job.files = (folder / "files").string();
  job.output = (folder / "run").string();
  job.entry = request.entry;
  job.task_id = "preview";
  job.seed = *request.seed;
  job.now = *request.now;
  job.threads = 1;
  job.preview_rows = request.rows;
  job.preview_bytes = kBytes;
  job.limits = {.cpu_seconds = kTime.count(),
                .wall_seconds = kTime.count(),
                .memory_bytes = 1ULL << 30U,
                .output_bytes = 1ULL << 30U,
                .artifacts = 1000};
  return job;
}

}  // namespace

Result<Slots::Taken> Slots::take() {
  if (free_.fetch_sub(1) > 0) return Taken(free_);
  ++free_;
  return fail("preview.busy", "too many previews and checks are under way", "try again in a moment");
}

Result<PreviewResult> preview_descriptor(const store::Store& store, const Command& process, const Manifest& manifest,
                                         const PreviewRequest& request) {
  if (request.rows < 1 || request.rows > kMostRows) {
    Diagnostic wrong{.code = "request.invalid", .message = "rows: must be a number from 1 to 1000"};
    wrong.fields.emplace_back("rows", "must be a number from 1 to 1000");
    return fail(std::move(wrong));
  }
  const auto begin = Steady::now();
  MIMUS_ASSIGN(const WorkFolder folder, WorkFolder::create(store, "preview"));
  const fs::path path = fs::absolute(folder.path());
  std::optional<UnsavedFile> unsaved;
  if (request.content) unsaved = UnsavedFile{.name = request.entry, .content = *request.content};
  MIMUS_TRY(lay_out(manifest, *store.blobs, path / "files", unsaved));
  std::error_code error;
  fs::create_directory(path / "run", error);
  if (error) return fail("file.write", "cannot make the folder of a preview: " + error.message());
  PreviewResult result{.products = {}, .seed = *request.seed, .now = *request.now, .findings = {}, .log = {}};
  const Secrets secrets = find_secrets(path / "files", {});
  PreviewListener listener(result, secrets);
  const Job job = job_of(path, request);
  MIMUS_ASSIGN(const Ending ending, converse(process, job, kTime, listener));
  explain_findings(result, ending, job);
  for (Diagnostic& finding : result.findings) secrets.mask(finding);
  MIMUS_TRY(close_products(result));
  result.seconds = std::chrono::duration<double>(Steady::now() - begin).count();
  return result;
}

}  // namespace mimus::task
