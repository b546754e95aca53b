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
  std::string created_by;  // id of the user who made it; empty: the command line
};

// ---- people

// Each includes those before it.
enum class SystemRole { User, Admin };
[[nodiscard]] std::string_view system_role_name(SystemRole role);  // "user", "admin"
[[nodiscard]] std::optional<SystemRole> parse_system_role(std::string_view name);
enum class ProjectRole { Viewer, Editor, Owner };
[[nodiscard]] std::string_view project_role_name(ProjectRole role);  // "viewer", "editor", "owner"
[[nodiscard]] std::optional<ProjectRole> parse_project_role(std::string_view name);

struct User {
  std::string id;
  std::string email;      // as it was given, NFC
  std::string email_key;  // fold_case(email): unique
  std::string name;
  std::string password;  // Argon2id, as a PHC text: "$argon2id$v=19$…"
  SystemRole role = SystemRole::User;
  bool is_disabled = false;
  bool must_change = false;               // the password, before anything else
  std::uint32_t failed = 0;               // sign-ins with a wrong password since the last right one
  std::optional<Timestamp> failed_at;     // the last of them
  std::optional<Timestamp> locked_until;  // no password is looked at until then
  Timestamp created_at;
  std::optional<Timestamp> last_sign_in_at;
};

// A user who has signed in, on one browser.
struct Session {
  std::string hash;  // SHA-256 of the cookie's value, hex
  std::string user_id;
  std::string csrf;  // what X-CSRF-Token must say
  Timestamp created_at;
  Timestamp last_used_at;  // to the minute
  std::string address;
  std::string user_agent;  // at most 200 bytes
};

struct Member {
  std::string project_id;
  std::string user_id;
  ProjectRole role = ProjectRole::Viewer;
};

// A member with what people want to see.
struct MemberUser {
  Member member;
  std::string email;
  std::string name;
  bool is_disabled = false;
};

// What a request of a session needs, looked up at once.
struct SessionUser {
  Session session;
  User user;
  std::optional<ProjectRole> project_role;  // in the project asked for
};

// What a request with a token needs, looked up at once.
struct TokenGrant {
  Token token;
  bool maker_is_disabled = false;  // the rest says nothing when the command line has made it
  SystemRole maker_role = SystemRole::User;
  std::optional<ProjectRole> maker_project_role;  // in the token's project
};

struct Setting {
  std::string key;
  std::string value;  // JSON
};

// ---- the audit log

// One change, sign-in or sign-out. Entries form a chain by their hashes (audit_chain.h) and are never changed.
struct AuditEntry {
  std::uint64_t seq = 0;  // 1, 2, 3, …; given by the store
  Timestamp at;
  std::string actor_kind;  // "token", "user", "cli", "system"
  std::string actor_id;
  std::string actor_name;
  std::string address;     // of the client; empty for what happens on the machine itself
  std::string action;      // "file.update"
  std::string project_id;  // empty: of no project
  std::string target;      // what was changed: name of the file, e-mail of the user
  std::string before;      // SHA-256 of what was there, hex; empty: nothing, or nothing to hash
  std::string after;       // of what is there now
  std::string previous;    // hash of the entry before; given by the store
  std::string hash;        // of this entry; given by the store
};

// All that is set must hold.
struct AuditFilter {
  std::string project_id;
  std::string actor;          // id or name
  std::string action_prefix;  // "file." or "file.update"
  std::optional<Timestamp> from;
  std::optional<Timestamp> until;  // exclusive
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
