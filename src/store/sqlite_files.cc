// Projects, files, leases.
#include <string>

#include "store/sqlite_rows.h"

namespace mimus::store {
namespace {

// The columns in the order in which read_… takes them; `rest` follows FROM.
std::string select_projects(std::string_view rest) {
  return "SELECT id, name, demo, created_at, files, bytes, version_bytes, csv_delimiter, csv_encoding, retention_days, "
         "is_template, delete_at FROM project " +
         std::string(rest);
}
std::string select_files(std::string_view rest) {
  return "SELECT project_id, name, key, sha256, size, created_at, updated_at, updated_by FROM file " +
         std::string(rest);
}
std::string select_leases(std::string_view rest) {
  return "SELECT project_id, key, holder, holder_name, expires_at FROM lease " + std::string(rest);
}

Result<Project> read_project(const Query& row) {
  Project project{.id = row.text(0),
                  .name = row.text(1),
                  .demo = row.text(2),
                  .created_at = row.time(3),
                  .files = row.natural(4),
                  .bytes = row.natural(5),
                  .version_bytes = row.natural(6),
                  .settings = {.csv_delimiter = row.text(7),
                               .csv_encoding = row.text(8),
                               .retention_days = static_cast<std::uint32_t>(row.natural(9))},
                  .is_template = row.integer(10) != 0};
  if (!row.is_null(11)) project.delete_at = row.time(11);
  return project;
}

Result<File> read_file_row(const Query& row) {
  return File{.project_id = row.text(0),
              .name = row.text(1),
              .key = row.text(2),
              .sha256 = row.text(3),
              .size = row.natural(4),
              .created_at = row.time(5),
              .updated_at = row.time(6),
              .updated_by = row.text(7)};
}

Result<Lease> read_lease(const Query& row) {
  return Lease{.project_id = row.text(0),
               .key = row.text(1),
               .holder = row.text(2),
               .holder_name = row.text(3),
               .expires_at = row.time(4)};
}

}  // namespace

Result<std::optional<Project>> SqliteRows::project(std::string_view id) {
  static const std::string kSql = select_projects("WHERE id = ?1");
  Query query(*connection_, kSql);
  return first_row(query.bind(id), read_project);
}

Result<std::vector<Project>> SqliteRows::projects() {
  static const std::string kSql = select_projects("ORDER BY id");
  Query query(*connection_, kSql);
  return all_rows(query, read_project);
}

Result<std::optional<File>> SqliteRows::file(std::string_view project, std::string_view key) {
  static const std::string kSql = select_files("WHERE project_id = ?1 AND key = ?2");
  Query query(*connection_, kSql);
  return first_row(query.bind(project, key), read_file_row);
}

Result<std::vector<File>> SqliteRows::files(std::string_view project, std::string_view after, std::uint64_t limit) {
  static const std::string kSql = select_files("WHERE project_id = ?1 AND name > ?2 ORDER BY name LIMIT ?3");
  Query query(*connection_, kSql);
  return all_rows(query.bind(project, after, row_limit(limit)), read_file_row);
}

Result<std::optional<File>> SqliteRows::file_below(std::string_view project, std::string_view folder_key) {
  // '0' is the character after '/': the keys between them are those below the folder.
  static const std::string kSql =
      select_files("WHERE project_id = ?1 AND key > ?2 || '/' AND key < ?2 || '0' ORDER BY key LIMIT 1");
  Query query(*connection_, kSql);
  return first_row(query.bind(project, folder_key), read_file_row);
}

Result<std::optional<Lease>> SqliteRows::lease(std::string_view project, std::string_view key) {
  static const std::string kSql = select_leases("WHERE project_id = ?1 AND key = ?2");
  Query query(*connection_, kSql);
  return first_row(query.bind(project, key), read_lease);
}

Result<std::vector<Lease>> SqliteRows::leases(std::string_view project) {
  static const std::string kSql = select_leases("WHERE project_id = ?1 ORDER BY key");
  Query query(*connection_, kSql);
  return all_rows(query.bind(project), read_lease);
}

Result<std::vector<std::string>> SqliteRows::live_blobs() {
  Query query(*connection_,
              "SELECT sha256 FROM file UNION ALL "
              "SELECT sha256 FROM version WHERE sha256 <> '' UNION ALL "
              "SELECT statistics FROM task WHERE statistics <> '' UNION ALL "
              "SELECT manifest FROM task WHERE status IN ('PENDING', 'RUNNING') AND manifest <> ''");
  return all_rows<std::string>(query, [](const Query& row) -> Result<std::string> { return row.text(0); });
}

Status SqliteRows::insert_project(const Project& project) {
  Query query(
      *connection_,
      "INSERT INTO project (id, name, demo, created_at, csv_delimiter, csv_encoding, retention_days, is_template, "
      "delete_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  return query
      .bind(project.id, project.name, project.demo, project.created_at, project.settings.csv_delimiter,
            project.settings.csv_encoding, project.settings.retention_days, project.is_template, project.delete_at)
      .run();
}

Status SqliteRows::replace_project(const Project& project) {
  Query query(*connection_,
              "UPDATE project SET name = ?2, csv_delimiter = ?3, csv_encoding = ?4, retention_days = ?5, "
              "is_template = ?6, delete_at = ?7 WHERE id = ?1");
  return query
      .bind(project.id, project.name, project.settings.csv_delimiter, project.settings.csv_encoding,
            project.settings.retention_days, project.is_template, project.delete_at)
      .run_on_one();
}

Status SqliteRows::remove_project(std::string_view id) {
  Query query(*connection_, "DELETE FROM project WHERE id = ?1");
  return query.bind(id).run();
}

Status SqliteRows::insert_file(const File& file) {
  Query query(*connection_,
              "INSERT INTO file (project_id, name, key, sha256, size, created_at, updated_at, updated_by) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  return query
      .bind(file.project_id, file.name, file.key, file.sha256, file.size, file.created_at, file.updated_at,
            file.updated_by)
      .run();
}

Status SqliteRows::replace_file(const File& file) {
  Query query(*connection_,
              "UPDATE file SET name = ?3, sha256 = ?4, size = ?5, created_at = ?6, updated_at = ?7, updated_by = ?8 "
              "WHERE project_id = ?1 AND key = ?2");
  return query
      .bind(file.project_id, file.key, file.name, file.sha256, file.size, file.created_at, file.updated_at,
            file.updated_by)
      .run_on_one();
}

Status SqliteRows::remove_file(std::string_view project, std::string_view key) {
  Query query(*connection_, "DELETE FROM file WHERE project_id = ?1 AND key = ?2");
  return query.bind(project, key).run();
}

Status SqliteRows::put_lease(const Lease& lease) {
  Query query(*connection_,
              "INSERT INTO lease (project_id, key, holder, holder_name, expires_at) VALUES (?1, ?2, ?3, ?4, ?5) "
              "ON CONFLICT (project_id, key) DO UPDATE SET holder = ?3, holder_name = ?4, expires_at = ?5");
  return query.bind(lease.project_id, lease.key, lease.holder, lease.holder_name, lease.expires_at).run();
}

Status SqliteRows::remove_lease(std::string_view project, std::string_view key) {
  Query query(*connection_, "DELETE FROM lease WHERE project_id = ?1 AND key = ?2");
  return query.bind(project, key).run();
}

}  // namespace mimus::store
