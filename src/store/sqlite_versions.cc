// Versions of files.
#include <string>

#include "store/sqlite_rows.h"

namespace mimus::store {
namespace {

std::string select_versions(std::string_view rest) {
  return "SELECT id, project_id, key, name, sha256, size, created_at, created_by FROM version " + std::string(rest);
}

Result<Version> read_version(const Query& row) {
  return Version{.id = row.text(0),
                 .project_id = row.text(1),
                 .key = row.text(2),
                 .name = row.text(3),
                 .sha256 = row.text(4),
                 .size = row.natural(5),
                 .created_at = row.time(6),
                 .created_by = row.text(7)};
}

}  // namespace

Result<std::vector<Version>> SqliteRows::versions(std::string_view project, std::string_view key,
                                                  std::string_view before, std::uint64_t limit) {
  static const std::string kOfAll = select_versions("WHERE project_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3");
  static const std::string kOfOne =
      select_versions("WHERE project_id = ?1 AND id < ?2 AND key = ?4 ORDER BY id DESC LIMIT ?3");
  Query query(*connection_, key.empty() ? kOfAll : kOfOne);
  query.bind(project, before.empty() ? "~" : before, row_limit(limit));  // no id comes after "~"
  if (!key.empty()) query.bind(key);
  return all_rows(query, read_version);
}

Result<std::optional<Version>> SqliteRows::version(std::string_view id) {
  static const std::string kSql = select_versions("WHERE id = ?1");
  Query query(*connection_, kSql);
  return first_row(query.bind(id), read_version);
}

Status SqliteRows::insert_version(const Version& version) {
  Query query(*connection_,
              "INSERT INTO version (id, project_id, key, name, sha256, size, created_at, created_by) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  return query
      .bind(version.id, version.project_id, version.key, version.name, version.sha256, version.size, version.created_at,
            version.created_by)
      .run();
}

Status SqliteRows::remove_versions(std::string_view project, std::string_view key, std::uint64_t keep) {
  Query query(*connection_,
              "DELETE FROM version WHERE project_id = ?1 AND key = ?2 AND id IN "
              "(SELECT id FROM version WHERE project_id = ?1 AND key = ?2 ORDER BY id DESC LIMIT -1 OFFSET ?3)");
  return query.bind(project, key, row_limit(keep)).run();
}

Result<std::uint64_t> SqliteRows::remove_oldest_versions(std::string_view project, std::uint64_t limit) {
  Query query(*connection_,
              "DELETE FROM version WHERE id IN (SELECT id FROM version AS old WHERE project_id = ?1 AND id < "
              "(SELECT max(id) FROM version WHERE project_id = ?1 AND key = old.key) ORDER BY id LIMIT ?2)");
  MIMUS_TRY(query.bind(project, row_limit(limit)).run());
  return static_cast<std::uint64_t>(connection_->changes());
}

}  // namespace mimus::store
