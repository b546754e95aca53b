// What a worker and the process of a task tell each other: one job in, report lines out, all JSON. The form is
// described in docs/reference/task-process.md.
//
// Both ends are the same program, but the process is not trusted: decode_report() takes any bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "base/time.h"
#include "store/rows.h"

namespace mimus::task {

// A line of a report, its end included, is at most so long; the process keeps to it by shortening texts.
inline constexpr std::size_t kReportLineBytes = std::size_t{1} << 20U;

// Where the process leaves the statistics of what it has made, in its output folder.
inline constexpr const char* kStatisticsFile = "statistics.json";

// Exit status of a process that could not get more memory.
inline constexpr int kOutOfMemoryStatus = 86;

// Limits that the process lays upon itself before it reads anything of a project.
struct ProcessLimits {
  std::int64_t cpu_seconds = 60;
  std::int64_t wall_seconds = 3600;
  std::uint64_t memory_bytes = 4ULL << 30U;
  std::uint64_t output_bytes = 20ULL << 30U;
  std::uint64_t artifacts = 1'000'000;
  std::uint64_t open_files = 1024;
  std::uint64_t processes = 4096;
};

enum class JobKind { Run, Check, Preview };

struct Job {
  JobKind kind = JobKind::Run;
  std::string files;   // folder of the project's files, absolute
  std::string output;  // folder the process may write in, absolute; finished files go into its subfolder "out"
  std::string entry;   // of a check: empty for all descriptors
  std::string task_id;
  std::uint64_t seed = 0;
  Timestamp now;
  int threads = 0;
  double count_factor = 1.0;
  std::string csv_delimiter;
  std::string csv_encoding;
  std::vector<store::TaskParameter> parameters;
  std::uint64_t preview_rows = 0;   // of each generate
  std::uint64_t preview_bytes = 0;  // of all records
  ProcessLimits limits;
};

struct LogReport {
  Severity severity = Severity::Note;
  std::string message;
};
struct ProgressReport {
  store::TaskProgress progress;  // without records_per_second
};
struct ArtifactReport {
  std::string name;
  std::optional<std::uint64_t> records;
};
struct FindingReport {
  Diagnostic finding;
};
// Records of a preview, some kilobytes at a time.
struct RecordsReport {
  std::string product;
  bool begins = false;     // the first report of the product
  bool truncated = false;  // there would be more records
  std::string json;        // a piece of: objects with ", " between them
};
struct EndReport {
  bool ok = false;
};
using Report = std::variant<LogReport, ProgressReport, ArtifactReport, FindingReport, RecordsReport, EndReport>;

[[nodiscard]] std::string encode_job(const Job& job);
[[nodiscard]] Result<Job> decode_job(std::string_view text);  // task.protocol

// One line, its end included.
[[nodiscard]] std::string encode_report(const Report& report);
[[nodiscard]] Result<Report> decode_report(std::string_view line);  // task.protocol

}  // namespace mimus::task
