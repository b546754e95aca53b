// The audit log.
#include <string>

#include "base/hash.h"
#include "store/audit_chain.h"
#include "store/sqlite_rows.h"

namespace mimus::store {
namespace {

std::string select_audit(std::string_view rest) {
  return "SELECT seq, at, actor_kind, actor_id, actor_name, address, action, project_id, target, before, after, "
         "previous, hash FROM audit_entry " +
         std::string(rest);
}

Result<AuditEntry> read_entry(const Query& row) {
  return AuditEntry{.seq = row.natural(0),
                    .at = row.time(1),
                    .actor_kind = row.text(2),
                    .actor_id = row.text(3),
                    .actor_name = row.text(4),
                    .address = row.text(5),
                    .action = row.text(6),
                    .project_id = row.text(7),
                    .target = row.text(8),
                    .before = row.text(9),
                    .after = row.text(10),
                    .previous = row.text(11),
                    .hash = row.text(12)};
}

}  // namespace

std::string audit_form(const AuditEntry& entry) {
  std::string form;
  const auto append = [&form](std::string_view field) {
    form += std::to_string(field.size());
    form += ':';
    form += field;
    form += ',';
  };
  append(std::to_string(entry.seq));
  append(std::to_string(entry.at.micros));
  for (const std::string* field : {&entry.actor_kind, &entry.actor_id, &entry.actor_name, &entry.address, &entry.action,
                                   &entry.project_id, &entry.target, &entry.before, &entry.after, &entry.previous}) {
    append(*field);
  }
  return form;
}

std::string audit_hash(const AuditEntry& entry) { return sha256_hex(audit_form(entry)); }

// One statement for all filters: those that are not set are NULL.
Result<std::vector<AuditEntry>> SqliteRows::audit(const AuditFilter& filter, std::uint64_t before,
                                                  std::uint64_t limit) {
  constexpr std::string_view kRest =
      "AND (?2 IS NULL OR actor_id = ?2 OR actor_name = ?2) "
      "AND (?3 IS NULL OR substr(action, 1, length(?3)) = ?3) AND (?4 IS NULL OR at >= ?4) "
      "AND (?5 IS NULL OR at < ?5) AND (?6 IS NULL OR seq < ?6) ORDER BY seq DESC LIMIT ?7";
  // Of its own, so that the index of projects serves it.
  static const std::string kOfOne = select_audit("WHERE project_id = ?1 " + std::string(kRest));
  static const std::string kOfAll = select_audit("WHERE ?1 IS NULL " + std::string(kRest));
  const auto set = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
  };
  const auto end = before == 0 ? std::nullopt : std::optional(before);
  Query query(*connection_, filter.project_id.empty() ? kOfAll : kOfOne);
  query.bind(set(filter.project_id), set(filter.actor), set(filter.action_prefix), filter.from, filter.until, end,
             row_limit(limit));
  return all_rows(query, read_entry);
}

Result<std::vector<AuditEntry>> SqliteRows::audit_from(std::uint64_t after, std::uint64_t limit) {
  static const std::string kSql = select_audit("WHERE seq > ?1 ORDER BY seq LIMIT ?2");
  Query query(*connection_, kSql);
  return all_rows(query.bind(after, row_limit(limit)), read_entry);
}

Status SqliteRows::append_audit(const AuditEntry& entry) {
  static const std::string kLast = select_audit("ORDER BY seq DESC LIMIT 1");
  std::optional<AuditEntry> last;
  {
    Query query(*connection_, kLast);
    MIMUS_ASSIGN(last, first_row(query, read_entry));
  }
  AuditEntry added = entry;
  added.seq = last ? last->seq + 1 : 1;
  added.previous = last ? last->hash : std::string(kAuditRoot);
  added.hash = audit_hash(added);
  Query query(
      *connection_,
      "INSERT INTO audit_entry (seq, at, actor_kind, actor_id, actor_name, address, action, project_id, target, "
      "before, after, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
  return query
      .bind(added.seq, added.at, added.actor_kind, added.actor_id, added.actor_name, added.address, added.action,
            added.project_id, added.target, added.before, added.after, added.previous, added.hash)
      .run();
}

}  // namespace mimus::store
