#include "task/check.h"

#include <chrono>

#include "task/conversation.h"
#include "task/work_folder.h"

namespace mimus::task {
namespace {

constexpr std::chrono::seconds kTime{20};
constexpr std::size_t kFindings = 1000;

class CheckListener final : public Listener {
 public:
  void hear(const Report& report) override {
    const auto* finding = std::get_if<FindingReport>(&report);
    if (finding != nullptr && findings.size() < kFindings) findings.push_back(finding->finding);
  }
  void hear_complaint(std::string_view /*line*/) override {}
  [[nodiscard]] bool wants_end() override { return false; }

  Diagnostics findings;
};

Job job_of(const fs::path& files, const std::string& entry) {
  Job job;
  job.kind = JobKind::Check;
  job.files = files.string();
  job.entry = entry;
  job.threads = 1;
  job.limits = {.cpu_seconds = kTime.count(), .memory_bytes = 1ULL << 30U, .output_bytes = 0};
  return job;
}

}  // namespace

Result<Diagnostics> check_descriptor(const store::Store& store, const Command& checker, const Manifest& manifest,
                                     const std::string& entry, const std::optional<UnsavedFile>& unsaved) {
  MIMUS_ASSIGN(const WorkFolder folder, WorkFolder::create(store, "check"));
  // What the process is told is what its sandbox opens: an absolute path without symbolic links.
  const fs::path files = fs::absolute(folder.path()) / "files";
  MIMUS_TRY(lay_out(manifest, *store.blobs, files, unsaved));
  const Job job = job_of(files, entry);
  CheckListener listener;
  MIMUS_ASSIGN(const Ending ending, converse(checker, job, kTime, listener));
  if (ending.overdue) {
    return fail("task.limit", "checking " + (entry.empty() ? "the project" : "'" + entry + "'") + " took longer than " +
                                  std::to_string(kTime.count()) + " seconds");
  }
  if (auto reason = explain(ending, job.limits)) return fail(std::move(*reason));
  return std::move(listener.findings);
}

}  // namespace mimus::task
