#include "people/rights.h"

namespace mimus::people {
namespace {

struct Need {
  std::string_view name;
  SystemRole system = SystemRole::User;
  std::optional<ProjectRole> project;  // none: no matter of a project
};

// In the order of Right.
constexpr std::array<Need, kRights> kNeeds = {{
    {"own_session", SystemRole::User, {}},
    {"signed_in", SystemRole::User, {}},
    {"create_project", SystemRole::User, {}},
    {"manage_users", SystemRole::Admin, {}},
    {"manage_settings", SystemRole::Admin, {}},
    {"read_audit", SystemRole::Admin, {}},
    {"read_everything", SystemRole::Admin, {}},
    {"read_project", SystemRole::User, ProjectRole::Viewer},
    {"own_tokens", SystemRole::User, ProjectRole::Viewer},
    {"generate", SystemRole::User, ProjectRole::Editor},
    {"write_files", SystemRole::User, ProjectRole::Editor},
    {"manage_project", SystemRole::User, ProjectRole::Owner},
    {"manage_members", SystemRole::User, ProjectRole::Owner},
    {"manage_tokens", SystemRole::User, ProjectRole::Owner},
    {"take_leases", SystemRole::User, ProjectRole::Owner},
    {"read_project_audit", SystemRole::User, ProjectRole::Owner},
}};

const Need& need_of(Right right) { return kNeeds.at(static_cast<std::size_t>(right)); }

}  // namespace

Decision decide(Right right, SystemRole system, std::optional<ProjectRole> project) {
  const Need& need = need_of(right);
  if (system == SystemRole::Admin) return Decision::Allowed;
  if (!need.project) return system >= need.system ? Decision::Allowed : Decision::Forbidden;
  if (!project) return Decision::Hidden;
  return *project >= *need.project ? Decision::Allowed : Decision::Forbidden;
}

std::string_view needed_for(Right right) {
  const Need& need = need_of(right);
  if (!need.project) return need.system == SystemRole::Admin ? "admin" : "anybody who has signed in";
  if (*need.project == ProjectRole::Viewer) return "viewer of the project";
  return *need.project == ProjectRole::Editor ? "editor of the project" : "owner of the project";
}

std::string_view right_name(Right right) { return need_of(right).name; }

bool is_of_a_project(Right right) { return need_of(right).project.has_value(); }

std::optional<store::Scope> greatest_scope(SystemRole system, std::optional<ProjectRole> project) {
  if (system == SystemRole::Admin) return store::Scope::Admin;
  if (!project) return std::nullopt;
  switch (*project) {
    case ProjectRole::Viewer:
      return store::Scope::Read;
    case ProjectRole::Editor:
      return store::Scope::Write;
    case ProjectRole::Owner:
      return store::Scope::Admin;
  }
  return std::nullopt;
}

}  // namespace mimus::people
