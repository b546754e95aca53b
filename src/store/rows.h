// The rows of the metadata store, as plain structs. Times are UTC. Ids are UUIDv7 (lower case).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/time.h"

namespace mimus::store {

// What a project's owner has chosen; empty and 0: what the product does by itself.
struct ProjectSettings {
  std::string csv_delimiter;         // of the CSV files that tasks make
  std::string csv_encoding;          // of the same
  std::uint32_t retention_days = 0;  // finished tasks older than this go, with their artifacts; 0: they stay

  bool operator==(const ProjectSettings&) const = default;
};

struct Project {
  std::string id;
  std::string name;
  std::string demo;  // the demo it was cloned from, or empty
  Timestamp created_at;
  std::uint64_t files = 0;          // kept by the store as files come and go
  std::uint64_t bytes = 0;          // of all files together
  std::uint64_t version_bytes = 0;  // of all versions of files together
  ProjectSettings settings;
  bool is_template = false;            // others may make projects from it
  std::optional<Timestamp> delete_at;  // deleted: it can be restored until then
};

struct File {
  std::string project_id;
  std::string name;    // NFC, '/'-separated
  std::string key;     // fold_case(name): unique within the project
  std::string sha256;  // of its blob, 64 hex digits
  std::uint64_t size = 0;
  Timestamp created_at;
  Timestamp updated_at;
  std::string updated_by;  // name of the token or user
};

// What a file was after a change. A file that was removed has one without bytes: `sha256` is empty.
struct Version {
  std::string id;
  std::string project_id;
  std::string key;   // of the file
  std::string name;  // of the file
  std::string sha256;
  std::uint64_t size = 0;
  Timestamp created_at;
  std::string created_by;  // name of the token or user
};

// A file's lease: who edits it, until when.
struct Lease {
  std::string project_id;
  std::string key;          // of the file
  std::string holder;       // id of the token or user
  std::string holder_name;  // for people
  Timestamp expires_at;
};

// Each includes those before it.
enum class Scope { Read, Generate, Write, Admin };
[[nodiscard]] std::string_view scope_name(Scope scope);  // "read", "generate", "write", "admin"
[[nodiscard]] std::optional<Scope> parse_scope(std::string_view name);

struct Token {
  std::string id;
  std::string project_id;
  std::string name;
  std::string hash;  // SHA-256 of the token's text, hex
  Scope scope = Scope::Read;
  Timestamp created_at;
  Timestamp expires_at;  // first moment at which it no longer works
  std::optional<Timestamp> last_used_at;
};

enum class TaskStatus { Pending, Running, Succeeded, Failed, Cancelled };
[[nodiscard]] std::string_view task_status_name(TaskStatus status);  // "PENDING", …
[[nodiscard]] std::optional<TaskStatus> parse_task_status(std::string_view name);
[[nodiscard]] inline bool is_final(TaskStatus status) {
  return status != TaskStatus::Pending && status != TaskStatus::Running;
}

using TaskParameter = std::pair<std::string, std::variant<bool, std::int64_t, double, std::string>>;

struct TaskProgress {
  std::uint64_t records_done = 0;
  std::optional<std::uint64_t> records_total;
  std::uint64_t bytes_written = 0;
  double records_per_second = 0;
  std::string current;  // name of the generate under way
  double fraction = 0;  // 0 … 1
};

struct Task {
  std::string id;
  std::string project_id;
  TaskStatus status = TaskStatus::Pending;
  std::string entry;
  std::uint64_t seed = 0;  // recorded when the task is made: every run can be repeated
  Timestamp now;           // the run's clock, likewise
  std::string environment;
  std::vector<TaskParameter> parameters;
  double count_factor = 1.0;
  std::string trigger;          // "api", "ui", "schedule", "mcp"
  std::string created_by;       // id of the token or user
  std::string created_by_name;  // for people
  Timestamp created_at;
  std::optional<Timestamp> started_at;
  std::optional<Timestamp> finished_at;
  TaskProgress progress;
  Diagnostics errors;  // of a failed task: the first is "the" error
  std::uint64_t artifacts = 0;
  std::uint64_t artifact_bytes = 0;
  std::string content_hash;   // empty until it has succeeded
  std::string statistics;     // blob with the statistics of its columns; empty when there are none
  std::string csv_delimiter;  // the project's settings when the task was made
  std::string csv_encoding;
  std::string engine_version;
  std::string datapack_version;

  std::string manifest;  // blob with the project's files as they were when the task was made
  bool cancel_requested = false;
  std::string worker;         // who runs it; empty when nobody does
  std::uint32_t attempt = 0;  // how often a worker has taken it: also the fence against a worker thought dead
  Timestamp worker_until;     // the worker's claim lapses then, unless renewed
};

// Which tasks are listed; what is empty does not restrict.
struct TaskFilter {
  std::string project;
  std::optional<TaskStatus> status;
  std::string trigger;
  std::string entry;
  std::string created_by;
  std::optional<Timestamp> from;   // created then or later
  std::optional<Timestamp> until;  // created before
};

struct Artifact {
  std::string task_id;
  std::string name;  // '/'-separated
  std::string sha256;
  std::uint64_t size = 0;
  std::optional<std::uint64_t> records;
  Timestamp created_at;
};

// The answer to a repeated request.
struct IdempotencyKey {
  std::string project_id;
  std::string token_id;
  std::string key;
  std::string request_hash;
  std::string task_id;
  Timestamp created_at;
};

}  // namespace mimus::store
