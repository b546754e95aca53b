#include "people/audit.h"

#include "base/text.h"
#include "people/cut.h"
#include "store/audit_chain.h"

namespace mimus::people {
namespace {

constexpr std::size_t kTargetBytes = 1024;
constexpr std::uint64_t kBatch = 1000;

std::unexpected<Diagnostic> broken(const AuditEntry& entry, const std::string& why) {
  return fail("audit.broken", "entry " + std::to_string(entry.seq) + " of the audit log " + why,
              "compare it with a backup: it was changed outside of Mimus");
}

// Whether `entry` follows on `state`.
Status check_link(const AuditEntry& entry, const AuditState& state) {
  if (entry.seq != state.entries + 1) {
    return broken(entry, "follows on entry " + std::to_string(state.entries) + ": entries are missing");
  }
  if (entry.previous != state.head) return broken(entry, "does not hold the hash of the entry before it");
  if (entry.hash != store::audit_hash(entry)) return broken(entry, "is not what its hash was made of");
  return {};
}

}  // namespace

Status record(store::Writer& rows, const Actor& actor, Timestamp at, const Event& event) {
  AuditEntry entry;
  entry.at = at;
  entry.actor_kind = actor.kind;
  entry.actor_id = actor.id;
  entry.actor_name = actor.name;
  entry.address = actor.address;
  entry.action = event.action;
  entry.project_id = event.project;
  entry.target = cut(event.target, kTargetBytes);
  entry.before = event.before;
  entry.after = event.after;
  return rows.append_audit(entry);
}

std::string entry_json(const AuditEntry& entry) {
  std::string json = "{\"seq\": " + std::to_string(entry.seq);
  const auto append = [&json](std::string_view name, std::string_view value) {
    json += ", ";
    append_json_string(json, name);
    json += ": ";
    append_json_string(json, value, false);
  };
  append("at", rfc3339(entry.at));
  append("actor_kind", entry.actor_kind);
  append("actor_id", entry.actor_id);
  append("actor_name", entry.actor_name);
  append("address", entry.address);
  append("action", entry.action);
  append("project_id", entry.project_id);
  append("target", entry.target);
  append("before", entry.before);
  append("after", entry.after);
  append("previous", entry.previous);
  append("hash", entry.hash);
  return json + "}";
}

Result<AuditPage> Audit::list(const AuditFilter& filter, std::uint64_t limit, std::string_view cursor) const {
  const auto before = cursor.empty() ? std::optional<std::uint64_t>(0) : parse_uint(cursor);
  if (!before || (*before == 0 && !cursor.empty())) {
    return fail("request.cursor", "the cursor is not one of this list", "take 'next' of a page");
  }
  AuditPage page;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(page.entries, rows.audit(filter, *before, limit + 1));
    return {};
  }));
  if (page.entries.size() > limit) {
    page.entries.pop_back();
    page.next = std::to_string(page.entries.back().seq);
  }
  return page;
}

// In batches, each a transaction of its own: entries that come meanwhile do no harm, since the log only grows.
Result<AuditState> Audit::verify(std::string_view known) const {
  AuditState state{.entries = 0, .head = std::string(store::kAuditRoot)};
  bool seen = known.empty() || known == state.head;
  while (true) {
    std::vector<AuditEntry> batch;
    MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
      MIMUS_ASSIGN(batch, rows.audit_from(state.entries, kBatch));
      return {};
    }));
    for (AuditEntry& entry : batch) {
      MIMUS_TRY(check_link(entry, state));
      state = {.entries = entry.seq, .head = std::move(entry.hash)};
      seen = seen || state.head == known;
    }
    if (batch.size() < kBatch) break;
  }
  if (!seen) {
    return fail("audit.cut", "no entry of the audit log has the hash '" + escape_controls(known) + "'",
                "entries were cut off its end, or the hash is not one of this log");
  }
  return state;
}

}  // namespace mimus::people
