// Leases: who edits a file, for a minute at a time. A crash leaves none behind, since they lapse.
#include "base/text.h"
#include "project/changes.h"
#include "project/names.h"

namespace mimus::project {
namespace {

Timestamp lease_end(Timestamp now, const FileLimits& limits) {
  return {now.micros + limits.lease_seconds * kMicrosPerSecond};
}

}  // namespace

LockState lock_state(const std::optional<store::Lease>& lease, Timestamp now) {
  if (!lease || lease->expires_at <= now) return {};
  return {.locked = true, .holder = lease->holder_name, .expires_at = lease->expires_at};
}

Status check_lease(const std::optional<store::Lease>& lease, const std::string& name, const Actor& actor,
                   Timestamp now) {
  const LockState state = lock_state(lease, now);
  if (!state.locked || lease->holder == actor.id) return {};
  const std::string end = rfc3339(state.expires_at);
  return fail(Diagnostic{
      .code = "file.locked",
      .message = "file '" + name + "' is being edited by '" + escape_controls(state.holder) + "' until " + end,
      .hint = "try again then",
      .fields = {{"holder", state.holder}, {"expires_at", end}}});
}

Result<std::optional<store::Lease>> renew_lease(store::Writer& rows, std::optional<store::Lease> lease,
                                                const Change& change, const FileLimits& limits) {
  if (!lock_state(lease, change.now).locked) return std::nullopt;
  lease->expires_at = lease_end(change.now, limits);
  MIMUS_TRY(rows.put_lease(*lease));
  return lease;
}

Result<LockState> Files::unlock(std::string_view project, std::string_view name, const Actor& actor, bool force) {
  MIMUS_ASSIGN(const std::string checked, check_file_name(name));
  const Timestamp now = clock_();
  LockState state;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    MIMUS_ASSIGN(const store::File file, find_file(rows, project, checked));
    MIMUS_ASSIGN(const auto lease, rows.lease(project, file.key));
    if (!force) MIMUS_TRY(check_lease(lease, file.name, actor, now));
    const store::Lease taken{.project_id = file.project_id,
                             .key = file.key,
                             .holder = actor.id,
                             .holder_name = actor.name,
                             .expires_at = lease_end(now, limits_)};
    state = lock_state(taken, now);
    if (force && lock_state(lease, now).locked && lease->holder != actor.id) {
      MIMUS_TRY(
          people::record(rows, actor, now, {.action = "file.take_over", .project = project, .target = file.name}));
    }
    return rows.put_lease(taken);
  }));
  return state;
}

Result<LockState> Files::lock(std::string_view project, std::string_view name, const Actor& actor) {
  MIMUS_ASSIGN(const std::string checked, check_file_name(name));
  const Timestamp now = clock_();
  LockState state;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    MIMUS_ASSIGN(const store::File file, find_file(rows, project, checked));
    MIMUS_ASSIGN(const auto lease, rows.lease(project, file.key));
    if (lease && lease->holder == actor.id) return rows.remove_lease(project, file.key);
    state = lock_state(lease, now);
    return {};
  }));
  return state;
}

}  // namespace mimus::project
