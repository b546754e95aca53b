// Who may do what: one function decides for every route of the session API.
//
// A system role belongs to a user, a project role to a user in one project; each role includes those before it. Admins
// may do everything in every project, members or not. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "store/rows.h"

namespace mimus::people {

using store::ProjectRole;
using store::SystemRole;

// What somebody wants to do. One value a kind of action, not one a route.
enum class Right : std::uint8_t {
  // ---- of everybody who has signed in
  OwnSession,     // one's session and password: also while the password must be changed
  SignedIn,       // what all may see: demos, one's own account
  CreateProject,  // whoever makes a project is its owner
  // ---- of admins
  ManageUsers,
  ManageSettings,  // and the banner
  ReadAudit,       // of everything
  ReadEverything,  // lists over all projects: projects, tasks
  // ---- of viewers and more
  ReadProject,  // and all that is in it: files, versions, tasks, artifacts, members
  OwnTokens,    // one's own access tokens; they have no more rights than their maker
  // ---- of editors and more
  Generate,    // start, cancel, preview
  WriteFiles,  // create, update, rename, delete, lock, import
  // ---- of owners
  ManageProject,  // rename, delete, settings, template
  ManageMembers,
  ManageTokens,  // of all members
  TakeLeases,    // from those who hold them
  ReadProjectAudit,
};
inline constexpr std::size_t kRights = static_cast<std::size_t>(Right::ReadProjectAudit) + 1;

enum class Decision : std::uint8_t {
  Allowed,
  Forbidden,  // 403 rights.missing
  Hidden,     // 404 project.not_found: that the project exists is not for them to know
};

// `project`: the user's role in the project of the path; none when they are no member, or there is no project.
[[nodiscard]] Decision decide(Right right, SystemRole system, std::optional<ProjectRole> project);

// What must be had: "owner of the project", "admin".
[[nodiscard]] std::string_view needed_for(Right right);
// "manage_members": for documents and tests.
[[nodiscard]] std::string_view right_name(Right right);
[[nodiscard]] bool is_of_a_project(Right right);

// The most that an access token of somebody with these roles may do: viewer read, editor write, owner and admin admin.
// Nothing for those who are no members.
[[nodiscard]] std::optional<store::Scope> greatest_scope(SystemRole system, std::optional<ProjectRole> project);

}  // namespace mimus::people
