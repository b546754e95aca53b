// Tokens and idempotency keys.
#include <string>

#include "store/sqlite_rows.h"

namespace mimus::store {
namespace {

std::string select_tokens(std::string_view rest) {
  return "SELECT id, project_id, name, hash, scope, created_at, expires_at, last_used_at, created_by FROM token " +
         std::string(rest);
}

Result<Token> read_token(const Query& row) {
  Token token{.id = row.text(0),
              .project_id = row.text(1),
              .name = row.text(2),
              .hash = row.text(3),
              .created_at = row.time(5),
              .expires_at = row.time(6)};
  const auto scope = parse_scope(row.text(4));
  if (!scope) return fail("store.failed", "token '" + token.id + "' has an unknown scope");
  token.scope = *scope;
  if (!row.is_null(7)) token.last_used_at = row.time(7);
  if (!row.is_null(8)) token.created_by = row.text(8);
  return token;
}

Result<TokenGrant> read_token_grant(const Query& row) {
  TokenGrant grant;
  MIMUS_ASSIGN(grant.token, read_token(row));
  if (row.is_null(8)) return grant;
  const auto role = parse_system_role(row.text(10));
  if (!role) return fail("store.failed", "the maker of token '" + grant.token.id + "' has an unknown role");
  grant.maker_is_disabled = row.integer(9) != 0;
  grant.maker_role = *role;
  if (!row.is_null(11)) grant.maker_project_role = parse_project_role(row.text(11));
  return grant;
}

Result<IdempotencyKey> read_idempotency_key(const Query& row) {
  return IdempotencyKey{.project_id = row.text(0),
                        .token_id = row.text(1),
                        .key = row.text(2),
                        .request_hash = row.text(3),
                        .task_id = row.text(4),
                        .created_at = row.time(5)};
}

}  // namespace

Result<std::optional<Token>> SqliteRows::token(std::string_view id) {
  static const std::string kSql = select_tokens("WHERE id = ?1");
  Query query(*connection_, kSql);
  return first_row(query.bind(id), read_token);
}

Result<std::optional<Token>> SqliteRows::token_by_hash(std::string_view hash) {
  static const std::string kSql = select_tokens("WHERE hash = ?1");
  Query query(*connection_, kSql);
  return first_row(query.bind(hash), read_token);
}

Result<std::optional<TokenGrant>> SqliteRows::token_grant(std::string_view hash) {
  Query query(
      *connection_,
      "SELECT t.id, t.project_id, t.name, t.hash, t.scope, t.created_at, t.expires_at, t.last_used_at, "
      "t.created_by, u.is_disabled, u.role, m.role FROM token t "
      "JOIN project p ON p.id = t.project_id AND p.delete_at IS NULL LEFT JOIN app_user u ON u.id = t.created_by "
      "LEFT JOIN member m ON m.project_id = t.project_id AND m.user_id = t.created_by WHERE t.hash = ?1");
  return first_row(query.bind(hash), read_token_grant);
}

Result<std::vector<Token>> SqliteRows::tokens(std::string_view project) {
  static const std::string kOfAll = select_tokens("ORDER BY id");
  static const std::string kOfOne = select_tokens("WHERE project_id = ?1 ORDER BY id");
  Query query(*connection_, project.empty() ? kOfAll : kOfOne);
  if (!project.empty()) query.bind(project);
  return all_rows(query, read_token);
}

Result<std::optional<IdempotencyKey>> SqliteRows::idempotency_key(std::string_view project, std::string_view token,
                                                                  std::string_view key) {
  Query query(*connection_,
              "SELECT project_id, token_id, key, request_hash, task_id, created_at FROM idempotency_key "
              "WHERE project_id = ?1 AND token_id = ?2 AND key = ?3");
  return first_row(query.bind(project, token, key), read_idempotency_key);
}

Status SqliteRows::insert_token(const Token& token) {
  Query query(*connection_,
              "INSERT INTO token (id, project_id, name, hash, scope, created_at, expires_at, last_used_at, created_by) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, ''))");
  return query
      .bind(token.id, token.project_id, token.name, token.hash, scope_name(token.scope), token.created_at,
            token.expires_at, token.last_used_at, token.created_by)
      .run();
}

Status SqliteRows::remove_token(std::string_view id) {
  Query query(*connection_, "DELETE FROM token WHERE id = ?1");
  return query.bind(id).run();
}

Status SqliteRows::set_token_used(std::string_view id, Timestamp at) {
  Query query(*connection_, "UPDATE token SET last_used_at = ?2 WHERE id = ?1");
  return query.bind(id, at).run();
}

Status SqliteRows::put_idempotency_key(const IdempotencyKey& key) {
  Query query(*connection_,
              "INSERT OR REPLACE INTO idempotency_key (project_id, token_id, key, request_hash, task_id, created_at) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  return query.bind(key.project_id, key.token_id, key.key, key.request_hash, key.task_id, key.created_at).run();
}

Status SqliteRows::remove_idempotency_keys(Timestamp older_than) {
  Query query(*connection_, "DELETE FROM idempotency_key WHERE created_at < ?1");
  return query.bind(older_than).run();
}

}  // namespace mimus::store
