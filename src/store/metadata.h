// The metadata store: projects, files, leases, tokens, tasks, artifacts, idempotency keys, people, settings, the audit
// log.
//
// An interface of rows, so that one database can take another's place. It knows no rules: those are in the services
// that use it (rooms project and task). A service puts what must hold together into one transaction:
//
//   MIMUS_TRY(metadata.write([&](store::Writer& rows) -> Status {
//     MIMUS_ASSIGN(auto file, rows.file(project, key));
//     if (file) return fail("file.exists", …);      // nothing is written
//     return rows.insert_file(…);
//   }));
//
// A write that has returned success is durable: it survives kill -9 and loss of power. Write transactions exclude each
// other, also across processes; readers never wait.
//
// Thread-safe: Metadata yes; a Reader or Writer belongs to the one call that got it.
// Errors: store.busy (the database stayed locked for 10 s), store.full (no room on the disk), store.failed (the disk,
// or a fault of ours). Calls must not nest: a body that calls read() or write() may wait for itself.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/rows.h"

namespace mimus::store {

// One consistent view of the rows.
class Reader {
 public:
  virtual ~Reader() = default;

  [[nodiscard]] virtual Result<std::optional<Project>> project(std::string_view id) = 0;
  [[nodiscard]] virtual Result<std::vector<Project>> projects() = 0;  // oldest first

  [[nodiscard]] virtual Result<std::optional<File>> file(std::string_view project, std::string_view key) = 0;
  // In order of name, those after `after` (exclusive; empty: from the start).
  [[nodiscard]] virtual Result<std::vector<File>> files(std::string_view project, std::string_view after,
                                                        std::uint64_t limit) = 0;
  // A file whose key begins with `folder_key` and '/'.
  [[nodiscard]] virtual Result<std::optional<File>> file_below(std::string_view project,
                                                               std::string_view folder_key) = 0;
  // Newest first, those older than the id `before` (exclusive; empty: from the newest); of all files when `key` is
  // empty.
  [[nodiscard]] virtual Result<std::vector<Version>> versions(std::string_view project, std::string_view key,
                                                              std::string_view before, std::uint64_t limit) = 0;
  [[nodiscard]] virtual Result<std::optional<Version>> version(std::string_view id) = 0;
  // Lapsed leases may be among them.
  [[nodiscard]] virtual Result<std::optional<Lease>> lease(std::string_view project, std::string_view key) = 0;
  [[nodiscard]] virtual Result<std::vector<Lease>> leases(std::string_view project) = 0;

  [[nodiscard]] virtual Result<std::optional<Token>> token(std::string_view id) = 0;
  [[nodiscard]] virtual Result<std::optional<Token>> token_by_hash(std::string_view hash) = 0;
  // Of one project, or of all when `project` is empty; oldest first.
  [[nodiscard]] virtual Result<std::vector<Token>> tokens(std::string_view project) = 0;

  [[nodiscard]] virtual Result<std::optional<Task>> task(std::string_view id) = 0;
  // Newest first, those older than the id `before` (exclusive; empty: from the newest).
  [[nodiscard]] virtual Result<std::vector<Task>> tasks(const TaskFilter& filter, std::string_view before,
                                                        std::uint64_t limit) = 0;
  // The oldest tasks of a project that have ended before `end`.
  [[nodiscard]] virtual Result<std::vector<Task>> ended_tasks(std::string_view project, Timestamp end,
                                                              std::uint64_t limit) = 0;
  // Of all projects when `project` is empty.
  [[nodiscard]] virtual Result<std::uint64_t> count_tasks(std::string_view project, TaskStatus status) = 0;
  // All tasks with that status, of all projects, oldest first.
  [[nodiscard]] virtual Result<std::vector<Task>> tasks_with(TaskStatus status) = 0;
  // The oldest waiting task of a project that has fewer than `running` tasks running.
  [[nodiscard]] virtual Result<std::optional<Task>> next_task(std::uint64_t running) = 0;

  // In order of name, those after `after`.
  [[nodiscard]] virtual Result<std::vector<Artifact>> artifacts(std::string_view task, std::string_view after,
                                                                std::uint64_t limit) = 0;
  [[nodiscard]] virtual Result<std::optional<Artifact>> artifact(std::string_view task, std::string_view name) = 0;
  [[nodiscard]] virtual Result<std::uint64_t> artifact_bytes(std::string_view project) = 0;

  [[nodiscard]] virtual Result<std::optional<IdempotencyKey>> idempotency_key(std::string_view project,
                                                                              std::string_view token,
                                                                              std::string_view key) = 0;

  // ---- people

  // The token with what its maker may do now.
  [[nodiscard]] virtual Result<std::optional<TokenGrant>> token_grant(std::string_view hash) = 0;

  [[nodiscard]] virtual Result<std::optional<User>> user(std::string_view id) = 0;
  [[nodiscard]] virtual Result<std::optional<User>> user_by_email(std::string_view email_key) = 0;
  // In order of e-mail, those after the key `after`, whose e-mail or name holds `search` (folded; empty: all).
  [[nodiscard]] virtual Result<std::vector<User>> users(std::string_view search, std::string_view after,
                                                        std::uint64_t limit) = 0;
  // Users who are admins and not disabled.
  [[nodiscard]] virtual Result<std::uint64_t> count_admins() = 0;

  // The session with its user, and the user's role in `project` (which may be empty or unknown).
  [[nodiscard]] virtual Result<std::optional<SessionUser>> session(std::string_view hash, std::string_view project) = 0;

  [[nodiscard]] virtual Result<std::optional<ProjectRole>> member_role(std::string_view project,
                                                                       std::string_view user) = 0;
  // In order of e-mail.
  [[nodiscard]] virtual Result<std::vector<MemberUser>> members(std::string_view project) = 0;
  // The projects of a user, oldest first.
  [[nodiscard]] virtual Result<std::vector<Member>> memberships(std::string_view user) = 0;

  [[nodiscard]] virtual Result<std::optional<Setting>> setting(std::string_view key) = 0;
  [[nodiscard]] virtual Result<std::vector<Setting>> settings() = 0;

  // Newest first, those before the number `before` (exclusive; 0: from the newest).
  [[nodiscard]] virtual Result<std::vector<AuditEntry>> audit(const AuditFilter& filter, std::uint64_t before,
                                                              std::uint64_t limit) = 0;
  // Oldest first, those after the number `after`: for checking the chain.
  [[nodiscard]] virtual Result<std::vector<AuditEntry>> audit_from(std::uint64_t after, std::uint64_t limit) = 0;

  // The SHA-256 of every blob that a file, a version, the statistics of a task or the manifest of an unfinished task
  // names. No order; may repeat.
  [[nodiscard]] virtual Result<std::vector<std::string>> live_blobs() = 0;
};

// The same, and changes. Inserting what exists, or replacing what does not, is store.failed: services look first.
// Removing what does not exist does nothing.
class Writer : public Reader {
 public:
  [[nodiscard]] virtual Status insert_project(const Project& project) = 0;
  [[nodiscard]] virtual Status replace_project(const Project& project) = 0;  // by id; the sums stay
  virtual Status remove_project(std::string_view id) = 0;                    // with everything that belongs to it

  [[nodiscard]] virtual Status insert_file(const File& file) = 0;
  [[nodiscard]] virtual Status replace_file(const File& file) = 0;                               // by project and key
  [[nodiscard]] virtual Status remove_file(std::string_view project, std::string_view key) = 0;  // with its lease

  [[nodiscard]] virtual Status insert_version(const Version& version) = 0;
  // Of one file, all but the newest `keep`.
  [[nodiscard]] virtual Status remove_versions(std::string_view project, std::string_view key, std::uint64_t keep) = 0;
  // The `limit` oldest ones of the project that are not the newest of their file. Returns how many there were.
  [[nodiscard]] virtual Result<std::uint64_t> remove_oldest_versions(std::string_view project, std::uint64_t limit) = 0;

  [[nodiscard]] virtual Status put_lease(const Lease& lease) = 0;
  [[nodiscard]] virtual Status remove_lease(std::string_view project, std::string_view key) = 0;

  [[nodiscard]] virtual Status insert_token(const Token& token) = 0;
  [[nodiscard]] virtual Status remove_token(std::string_view id) = 0;
  [[nodiscard]] virtual Status set_token_used(std::string_view id, Timestamp at) = 0;

  [[nodiscard]] virtual Status insert_task(const Task& task) = 0;
  [[nodiscard]] virtual Status replace_task(const Task& task) = 0;    // by id
  [[nodiscard]] virtual Status remove_task(std::string_view id) = 0;  // with its artifacts' rows
  [[nodiscard]] virtual Status insert_artifact(const Artifact& artifact) = 0;

  [[nodiscard]] virtual Status put_idempotency_key(const IdempotencyKey& key) = 0;
  [[nodiscard]] virtual Status remove_idempotency_keys(Timestamp older_than) = 0;

  // ---- people
  [[nodiscard]] virtual Status insert_user(const User& user) = 0;
  [[nodiscard]] virtual Status replace_user(const User& user) = 0;  // by id

  [[nodiscard]] virtual Status insert_session(const Session& session) = 0;
  [[nodiscard]] virtual Status set_session_used(std::string_view hash, Timestamp at) = 0;
  [[nodiscard]] virtual Status remove_session(std::string_view hash) = 0;
  // All of a user but `except` (may be empty).
  [[nodiscard]] virtual Status remove_sessions(std::string_view user, std::string_view except) = 0;
  // Removes all of a user but the newest `count`.
  [[nodiscard]] virtual Status keep_sessions(std::string_view user, std::uint64_t count) = 0;
  // Those made, or last used, before these times.
  [[nodiscard]] virtual Status remove_old_sessions(Timestamp made_before, Timestamp used_before) = 0;

  [[nodiscard]] virtual Status put_member(const Member& member) = 0;
  [[nodiscard]] virtual Status remove_member(std::string_view project, std::string_view user) = 0;

  [[nodiscard]] virtual Status put_setting(const Setting& setting) = 0;
  [[nodiscard]] virtual Status remove_setting(std::string_view key) = 0;

  // Adds to the chain; `seq`, `previous` and `hash` are the store's to fill in. Part of the transaction: what it
  // tells of and the entry are there together, or neither is.
  [[nodiscard]] virtual Status append_audit(const AuditEntry& entry) = 0;
};

class Metadata {
 public:
  virtual ~Metadata() = default;

  // Calls `body` with one consistent view. Its failure is returned.
  [[nodiscard]] virtual Status read(const std::function<Status(Reader&)>& body) = 0;
  // Calls `body` in a write transaction: committed durably when it succeeds, undone when it fails or throws.
  [[nodiscard]] virtual Status write(const std::function<Status(Writer&)>& body) = 0;
};

}  // namespace mimus::store
