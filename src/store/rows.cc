#include "store/rows.h"

#include <algorithm>
#include <array>

namespace mimus::store {
namespace {

constexpr std::array<std::string_view, 4> kScopes = {"read", "generate", "write", "admin"};
constexpr std::array<std::string_view, 5> kStatuses = {"PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"};
constexpr std::array<std::string_view, 2> kSystemRoles = {"user", "admin"};
constexpr std::array<std::string_view, 3> kProjectRoles = {"viewer", "editor", "owner"};

// The enumerator whose name stands in `names`.
template <class Enum, std::size_t count>
std::optional<Enum> parse(const std::array<std::string_view, count>& names, std::string_view name) {
  const auto* const found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view scope_name(Scope scope) { return kScopes.at(static_cast<std::size_t>(scope)); }

std::optional<Scope> parse_scope(std::string_view name) { return parse<Scope>(kScopes, name); }

std::string_view task_status_name(TaskStatus status) { return kStatuses.at(static_cast<std::size_t>(status)); }

std::optional<TaskStatus> parse_task_status(std::string_view name) { return parse<TaskStatus>(kStatuses, name); }

std::string_view system_role_name(SystemRole role) { return kSystemRoles.at(static_cast<std::size_t>(role)); }

std::optional<SystemRole> parse_system_role(std::string_view name) { return parse<SystemRole>(kSystemRoles, name); }

std::string_view project_role_name(ProjectRole role) { return kProjectRoles.at(static_cast<std::size_t>(role)); }

std::optional<ProjectRole> parse_project_role(std::string_view name) { return parse<ProjectRole>(kProjectRoles, name); }

}  // namespace mimus::store
