// The rows over one SQLite connection. Private to this room.
//
// One class reads and writes; a read-only connection refuses the changes by itself. One file each: projects, files and
// leases (sqlite_files.cc); versions of files (sqlite_versions.cc); tokens and idempotency keys (sqlite_tokens.cc);
// tasks and artifacts (sqlite_tasks.cc); users, sessions, members and settings (sqlite_people.cc); the audit log
// (sqlite_audit.cc).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.h"
#include "store/metadata.h"

namespace mimus::store {

class SqliteRows final : public Writer {
 public:
  // `connection` is inside of a transaction, and outlives the object.
  explicit SqliteRows(Connection& connection) : connection_(&connection) {}

  Result<std::optional<Project>> project(std::string_view id) override;
  Result<std::vector<Project>> projects() override;

  Result<std::optional<File>> file(std::string_view project, std::string_view key) override;
  Result<std::vector<File>> files(std::string_view project, std::string_view after, std::uint64_t limit) override;
  Result<std::optional<File>> file_below(std::string_view project, std::string_view folder_key) override;
  Result<std::vector<Version>> versions(std::string_view project, std::string_view key, std::string_view before,
                                        std::uint64_t limit) override;
  Result<std::optional<Version>> version(std::string_view id) override;
  Result<std::optional<Lease>> lease(std::string_view project, std::string_view key) override;
  Result<std::vector<Lease>> leases(std::string_view project) override;

  Result<std::optional<Token>> token(std::string_view id) override;
  Result<std::optional<Token>> token_by_hash(std::string_view hash) override;
  Result<std::vector<Token>> tokens(std::string_view project) override;

  Result<std::optional<Task>> task(std::string_view id) override;
  Result<std::vector<Task>> tasks(const TaskFilter& filter, std::string_view before, std::uint64_t limit) override;
  Result<std::vector<Task>> ended_tasks(std::string_view project, Timestamp end, std::uint64_t limit) override;
  Result<std::uint64_t> count_tasks(std::string_view project, TaskStatus status) override;
  Result<std::vector<Task>> tasks_with(TaskStatus status) override;
  Result<std::optional<Task>> next_task(std::uint64_t running) override;

  Result<std::vector<Artifact>> artifacts(std::string_view task, std::string_view after, std::uint64_t limit) override;
  Result<std::optional<Artifact>> artifact(std::string_view task, std::string_view name) override;
  Result<std::uint64_t> artifact_bytes(std::string_view project) override;

  Result<std::optional<IdempotencyKey>> idempotency_key(std::string_view project, std::string_view token,
                                                        std::string_view key) override;
  Result<std::vector<std::string>> live_blobs() override;

  Result<std::optional<TokenGrant>> token_grant(std::string_view hash) override;
  Result<std::optional<User>> user(std::string_view id) override;
  Result<std::optional<User>> user_by_email(std::string_view email_key) override;
  Result<std::vector<User>> users(std::string_view search, std::string_view after, std::uint64_t limit) override;
  Result<std::uint64_t> count_admins() override;
  Result<std::optional<SessionUser>> session(std::string_view hash, std::string_view project) override;
  Result<std::optional<ProjectRole>> member_role(std::string_view project, std::string_view user) override;
  Result<std::vector<MemberUser>> members(std::string_view project) override;
  Result<std::vector<Member>> memberships(std::string_view user) override;
  Result<std::optional<Setting>> setting(std::string_view key) override;
  Result<std::vector<Setting>> settings() override;
  Result<std::vector<AuditEntry>> audit(const AuditFilter& filter, std::uint64_t before, std::uint64_t limit) override;
  Result<std::vector<AuditEntry>> audit_from(std::uint64_t after, std::uint64_t limit) override;

  Status insert_project(const Project& project) override;
  Status replace_project(const Project& project) override;
  Status remove_project(std::string_view id) override;
  Status insert_file(const File& file) override;
  Status replace_file(const File& file) override;
  Status remove_file(std::string_view project, std::string_view key) override;
  Status insert_version(const Version& version) override;
  Status remove_versions(std::string_view project, std::string_view key, std::uint64_t keep) override;
  Result<std::uint64_t> remove_oldest_versions(std::string_view project, std::uint64_t limit) override;
  Status put_lease(const Lease& lease) override;
  Status remove_lease(std::string_view project, std::string_view key) override;
  Status insert_token(const Token& token) override;
  Status remove_token(std::string_view id) override;
  Status set_token_used(std::string_view id, Timestamp at) override;
  Status insert_task(const Task& task) override;
  Status replace_task(const Task& task) override;
  Status remove_task(std::string_view id) override;
  Status insert_artifact(const Artifact& artifact) override;
  Status put_idempotency_key(const IdempotencyKey& key) override;
  Status remove_idempotency_keys(Timestamp older_than) override;

  Status insert_user(const User& user) override;
  Status replace_user(const User& user) override;
  Status insert_session(const Session& session) override;
  Status set_session_used(std::string_view hash, Timestamp at) override;
  Status remove_session(std::string_view hash) override;
  Status remove_sessions(std::string_view user, std::string_view except) override;
  Status keep_sessions(std::string_view user, std::uint64_t count) override;
  Status remove_old_sessions(Timestamp made_before, Timestamp used_before) override;
  Status put_member(const Member& member) override;
  Status remove_member(std::string_view project, std::string_view user) override;
  Status put_setting(const Setting& setting) override;
  Status remove_setting(std::string_view key) override;
  Status append_audit(const AuditEntry& entry) override;

 private:
  Connection* connection_;
};

// A LIMIT as SQLite takes it.
[[nodiscard]] inline std::int64_t row_limit(std::uint64_t limit) {
  return limit > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(limit);
}

// The rows of a query, each read by `read(query)`.
template <class Row>
[[nodiscard]] Result<std::vector<Row>> all_rows(Query& query, Result<Row> (*read)(const Query&)) {
  std::vector<Row> rows;
  while (true) {
    MIMUS_ASSIGN(const bool found, query.step());
    if (!found) return rows;
    MIMUS_ASSIGN(Row row, read(query));
    rows.push_back(std::move(row));
  }
}

// The first row, if there is one.
template <class Row>
[[nodiscard]] Result<std::optional<Row>> first_row(Query& query, Result<Row> (*read)(const Query&)) {
  MIMUS_ASSIGN(const bool found, query.step());
  if (!found) return std::nullopt;
  MIMUS_ASSIGN(Row row, read(query));
  return row;
}

}  // namespace mimus::store
