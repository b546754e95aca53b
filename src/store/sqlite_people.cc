// Users, sessions, members, settings.
#include <string>

#include "base/text.h"
#include "store/sqlite_rows.h"

namespace mimus::store {
namespace {

// The columns in the order in which read_… takes them.
constexpr std::string_view kSelectUser =
    "SELECT u.id, u.email, u.email_key, u.name, u.password, u.role, u.is_disabled, u.must_change, u.failed, "
    "u.failed_at, u.locked_until, u.created_at, u.last_sign_in_at";
constexpr int kUserColumns = 13;

std::string select_users(std::string_view rest) {
  return std::string(kSelectUser) + " FROM app_user u " + std::string(rest);
}

std::optional<Timestamp> maybe_time(const Query& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.time(column));
}

Result<User> read_user(const Query& row) {
  User user{.id = row.text(0),
            .email = row.text(1),
            .email_key = row.text(2),
            .name = row.text(3),
            .password = row.text(4),
            .is_disabled = row.integer(6) != 0,
            .must_change = row.integer(7) != 0,
            .failed = static_cast<std::uint32_t>(row.natural(8)),
            .failed_at = maybe_time(row, 9),
            .locked_until = maybe_time(row, 10),
            .created_at = row.time(11),
            .last_sign_in_at = maybe_time(row, 12)};
  const auto role = parse_system_role(row.text(5));
  if (!role) return fail("store.failed", "user '" + user.id + "' has an unknown role");
  user.role = *role;
  return user;
}

Result<SessionUser> read_session_user(const Query& row) {
  SessionUser found;
  MIMUS_ASSIGN(found.user, read_user(row));
  found.session = {.hash = row.text(kUserColumns),
                   .user_id = found.user.id,
                   .csrf = row.text(kUserColumns + 1),
                   .created_at = row.time(kUserColumns + 2),
                   .last_used_at = row.time(kUserColumns + 3),
                   .address = row.text(kUserColumns + 4),
                   .user_agent = row.text(kUserColumns + 5)};
  if (!row.is_null(kUserColumns + 6)) found.project_role = parse_project_role(row.text(kUserColumns + 6));
  return found;
}

Result<ProjectRole> read_role(const Query& row) {
  const auto role = parse_project_role(row.text(0));
  if (!role) return fail("store.failed", "a member has an unknown role");
  return *role;
}

Result<Member> read_member(const Query& row) {
  MIMUS_ASSIGN(const ProjectRole role, read_role(row));
  return Member{.project_id = row.text(1), .user_id = row.text(2), .role = role};
}

Result<MemberUser> read_member_user(const Query& row) {
  MIMUS_ASSIGN(Member member, read_member(row));
  return MemberUser{
      .member = std::move(member), .email = row.text(3), .name = row.text(4), .is_disabled = row.integer(5) != 0};
}

Result<Setting> read_setting(const Query& row) { return Setting{.key = row.text(0), .value = row.text(1)}; }

std::string search_key(const User& user) { return fold_case(user.email + "\n" + user.name); }

}  // namespace

Result<std::optional<User>> SqliteRows::user(std::string_view id) {
  static const std::string kSql = select_users("WHERE u.id = ?1");
  Query query(*connection_, kSql);
  return first_row(query.bind(id), read_user);
}

Result<std::optional<User>> SqliteRows::user_by_email(std::string_view email_key) {
  static const std::string kSql = select_users("WHERE u.email_key = ?1");
  Query query(*connection_, kSql);
  return first_row(query.bind(email_key), read_user);
}

Result<std::vector<User>> SqliteRows::users(std::string_view search, std::string_view after, std::uint64_t limit) {
  static const std::string kSql =
      select_users("WHERE u.email_key > ?1 AND instr(u.search_key, ?2) > 0 ORDER BY u.email_key LIMIT ?3");
  Query query(*connection_, kSql);
  return all_rows(query.bind(after, search, row_limit(limit)), read_user);
}

Result<std::uint64_t> SqliteRows::count_admins() {
  Query query(*connection_, "SELECT count(*) FROM app_user WHERE role = 'admin' AND is_disabled = 0");
  MIMUS_TRY(query.step());
  return query.natural(0);
}

Result<std::optional<SessionUser>> SqliteRows::session(std::string_view hash, std::string_view project) {
  static const std::string kSql = std::string(kSelectUser) +
                                  ", s.hash, s.csrf, s.created_at, s.last_used_at, s.address, s.user_agent, m.role "
                                  "FROM session s JOIN app_user u ON u.id = s.user_id "
                                  "LEFT JOIN member m ON m.project_id = ?2 AND m.user_id = s.user_id WHERE s.hash = ?1";
  Query query(*connection_, kSql);
  return first_row(query.bind(hash, project), read_session_user);
}

Result<std::optional<ProjectRole>> SqliteRows::member_role(std::string_view project, std::string_view user) {
  Query query(*connection_, "SELECT role FROM member WHERE project_id = ?1 AND user_id = ?2");
  return first_row(query.bind(project, user), read_role);
}

Result<std::vector<MemberUser>> SqliteRows::members(std::string_view project) {
  Query query(*connection_,
              "SELECT m.role, m.project_id, m.user_id, u.email, u.name, u.is_disabled FROM member m "
              "JOIN app_user u ON u.id = m.user_id WHERE m.project_id = ?1 ORDER BY u.email_key");
  return all_rows(query.bind(project), read_member_user);
}

Result<std::vector<Member>> SqliteRows::memberships(std::string_view user) {
  Query query(*connection_, "SELECT role, project_id, user_id FROM member WHERE user_id = ?1 ORDER BY project_id");
  return all_rows(query.bind(user), read_member);
}

Result<std::optional<Setting>> SqliteRows::setting(std::string_view key) {
  Query query(*connection_, "SELECT key, value FROM setting WHERE key = ?1");
  return first_row(query.bind(key), read_setting);
}

Result<std::vector<Setting>> SqliteRows::settings() {
  Query query(*connection_, "SELECT key, value FROM setting ORDER BY key");
  return all_rows(query, read_setting);
}

Status SqliteRows::insert_user(const User& user) {
  const std::string search = search_key(user);
  Query query(*connection_,
              "INSERT INTO app_user (id, email, email_key, name, search_key, password, role, is_disabled, must_change, "
              "failed, failed_at, locked_until, created_at, last_sign_in_at) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
  return query
      .bind(user.id, user.email, user.email_key, user.name, search, user.password, system_role_name(user.role),
            user.is_disabled, user.must_change, user.failed, user.failed_at, user.locked_until, user.created_at,
            user.last_sign_in_at)
      .run();
}

Status SqliteRows::replace_user(const User& user) {
  const std::string search = search_key(user);
  Query query(*connection_,
              "UPDATE app_user SET email = ?2, email_key = ?3, name = ?4, search_key = ?5, password = ?6, role = ?7, "
              "is_disabled = ?8, must_change = ?9, failed = ?10, failed_at = ?11, locked_until = ?12, "
              "last_sign_in_at = ?13 WHERE id = ?1");
  return query
      .bind(user.id, user.email, user.email_key, user.name, search, user.password, system_role_name(user.role),
            user.is_disabled, user.must_change, user.failed, user.failed_at, user.locked_until, user.last_sign_in_at)
      .run_on_one();
}

Status SqliteRows::insert_session(const Session& session) {
  Query query(*connection_,
              "INSERT INTO session (hash, user_id, csrf, created_at, last_used_at, address, user_agent) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  return query
      .bind(session.hash, session.user_id, session.csrf, session.created_at, session.last_used_at, session.address,
            session.user_agent)
      .run();
}

Status SqliteRows::set_session_used(std::string_view hash, Timestamp at) {
  Query query(*connection_, "UPDATE session SET last_used_at = ?2 WHERE hash = ?1");
  return query.bind(hash, at).run();
}

Status SqliteRows::remove_session(std::string_view hash) {
  Query query(*connection_, "DELETE FROM session WHERE hash = ?1");
  return query.bind(hash).run();
}

Status SqliteRows::remove_sessions(std::string_view user, std::string_view except) {
  Query query(*connection_, "DELETE FROM session WHERE user_id = ?1 AND hash <> ?2");
  return query.bind(user, except).run();
}

Status SqliteRows::keep_sessions(std::string_view user, std::uint64_t count) {
  Query query(*connection_,
              "DELETE FROM session WHERE user_id = ?1 AND hash NOT IN "
              "(SELECT hash FROM session WHERE user_id = ?1 ORDER BY created_at DESC, hash LIMIT ?2)");
  return query.bind(user, row_limit(count)).run();
}

Status SqliteRows::remove_old_sessions(Timestamp made_before, Timestamp used_before) {
  Query query(*connection_, "DELETE FROM session WHERE created_at < ?1 OR last_used_at < ?2");
  return query.bind(made_before, used_before).run();
}

Status SqliteRows::put_member(const Member& member) {
  Query query(*connection_,
              "INSERT INTO member (project_id, user_id, role) VALUES (?1, ?2, ?3) "
              "ON CONFLICT (project_id, user_id) DO UPDATE SET role = ?3");
  return query.bind(member.project_id, member.user_id, project_role_name(member.role)).run();
}

Status SqliteRows::remove_member(std::string_view project, std::string_view user) {
  Query query(*connection_, "DELETE FROM member WHERE project_id = ?1 AND user_id = ?2");
  return query.bind(project, user).run();
}

Status SqliteRows::put_setting(const Setting& setting) {
  Query query(*connection_,
              "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2");
  return query.bind(setting.key, setting.value).run();
}

Status SqliteRows::remove_setting(std::string_view key) {
  Query query(*connection_, "DELETE FROM setting WHERE key = ?1");
  return query.bind(key).run();
}

}  // namespace mimus::store
