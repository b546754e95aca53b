#include "people/members.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "people/audit.h"
#include "people/lookup.h"

namespace mimus::people {
namespace {

Status check_project(store::Reader& rows, std::string_view project) {
  MIMUS_ASSIGN(const auto found, rows.project(project));
  if (!found) return fail("project.not_found", "no such project", "only members of a project see it");
  return {};
}

// The member, in a project that keeps an owner when this one is none any more.
Result<MemberUser> find_member(store::Reader& rows, std::string_view project, std::string_view user, bool stays_owner) {
  MIMUS_TRY(check_project(rows, project));
  MIMUS_ASSIGN(const auto members, rows.members(project));
  const auto is_one = [&](const MemberUser& one) { return one.member.user_id == user; };
  const auto found = std::ranges::find_if(members, is_one);
  if (found == members.end()) {
    return fail("member.not_found", "user '" + escape_controls(user) + "' is no member of the project");
  }
  const auto is_owner = [](const MemberUser& one) { return one.member.role == ProjectRole::Owner; };
  if (!stays_owner && is_owner(*found) && std::ranges::count_if(members, is_owner) == 1) {
    return fail("member.last_owner", "'" + found->email + "' is the only owner", "make another member an owner first");
  }
  return *found;
}

std::string role_hash(ProjectRole role) { return sha256_hex(store::project_role_name(role)); }

}  // namespace

Result<std::vector<MemberUser>> Members::list(std::string_view project) const {
  std::vector<MemberUser> members;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_TRY(check_project(rows, project));
    MIMUS_ASSIGN(members, rows.members(project));
    return {};
  }));
  return members;
}

Result<MemberUser> Members::add(std::string_view project, std::string_view user, ProjectRole role, const Actor& actor) {
  MemberUser added;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(check_project(rows, project));
    MIMUS_ASSIGN(const store::User found, find_user(rows, user));
    MIMUS_ASSIGN(const auto present, rows.member_role(project, found.id));
    if (present) {
      return fail("member.exists", "'" + found.email + "' is a member already", "change the role instead");
    }
    added = {.member = {.project_id = std::string(project), .user_id = found.id, .role = role},
             .email = found.email,
             .name = found.name,
             .is_disabled = found.is_disabled};
    MIMUS_TRY(rows.put_member(added.member));
    const std::string after = role_hash(role);
    return record(rows, actor, clock_(),
                  {.action = "member.add", .project = project, .target = added.email, .after = after});
  }));
  return added;
}

Result<MemberUser> Members::change(std::string_view project, std::string_view user, ProjectRole role,
                                   const Actor& actor) {
  MemberUser changed;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(changed, find_member(rows, project, user, role == ProjectRole::Owner));
    if (changed.member.role == role) return {};
    const std::string before = role_hash(changed.member.role);
    const std::string after = role_hash(role);
    changed.member.role = role;
    MIMUS_TRY(rows.put_member(changed.member));
    return record(
        rows, actor, clock_(),
        {.action = "member.update", .project = project, .target = changed.email, .before = before, .after = after});
  }));
  return changed;
}

Status Members::remove(std::string_view project, std::string_view user, const Actor& actor) {
  return store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(const MemberUser removed, find_member(rows, project, user, false));
    MIMUS_TRY(rows.remove_member(project, user));
    const std::string before = role_hash(removed.member.role);
    return record(rows, actor, clock_(),
                  {.action = "member.remove", .project = project, .target = removed.email, .before = before});
  });
}

}  // namespace mimus::people
