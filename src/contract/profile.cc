#include "contract/profile.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "base/text.h"
#include "contract/identity.h"
#include "contract/message_text.h"
#include "data/json.h"

namespace mimus::contract {
namespace {

struct Component {
  std::string name;
  std::string profile;
  std::string constraints;  // JSON
};

std::vector<Component> components_of(const Dataset& dataset, const Pack& pack) {
  const PackTable table = pack.table("demographic_component");
  std::vector<Component> out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.texts("country")[row] != dataset.code()) continue;
    out.push_back({.name = std::string(table.texts("component")[row]),
                   .profile = std::string(table.texts("profile")[row]),
                   .constraints = std::string(table.texts("constraints")[row])});
  }
  return out;
}

// The selector's text; nullopt when the request has none.
Answer<std::optional<std::string>> selector(const ValueMap& fields, const std::string& name) {
  const Value* value = find(fields, name);
  if (value == nullptr) return std::nullopt;
  const std::string& text = *value->as_text();
  if (!trim(text).empty()) return text;
  return std::unexpected(
      DomainError{.code = "invalid_" + name,
                  .message = fmt::format("'{}' must be a non-empty string", name),
                  .path = "/" + name,
                  .hint = fmt::format("Provide the name of a {}, or leave it out", name.substr(0, name.find('_')))});
}

DomainError unknown(std::string_view kind, const std::string& name, const DomainRequest& request,
                    const std::vector<std::string>& known) {
  return {.code = fmt::format("unknown_{}", kind),
          .message = fmt::format("{} '{}' is not known for the dataset '{}'",
                                 kind == "profile" ? "Profile" : "Component", shortened(name), request.dataset.code()),
          .path = fmt::format("/{}_id", kind),
          .hint = known.empty() ? fmt::format("The dataset has no {}s", kind)
                                : fmt::format("Known {}s: {}", kind, listed(known))};
}

// Those of the component stand in the place of the request's; what the domain has no such constraint for is left out.
void add_constraints(const Component& component, const DomainDeclaration& domain, ValueMap& constraints) {
  const Value known = parse_json(domain.constraints, "schema").value();
  const Value own = parse_json(component.constraints, "demographic_component").value();
  for (const auto& [name, value] : *own.as_map()) {
    if (find(*known.as_map(), name) == nullptr) continue;
    std::erase_if(constraints, [&name](const auto& entry) { return entry.first == name; });
    constraints.emplace_back(name, value);
  }
}

Answer<std::string> profile_of_component(const std::string& name, const std::vector<Component>& components,
                                         const DomainDeclaration& domain, bool strict, DomainRequest& request) {
  std::vector<std::string> known;
  for (const Component& component : components) {
    if (component.name == name) {
      add_constraints(component, domain, request.constraints);
      return component.profile;
    }
    known.push_back(component.name);
  }
  if (strict) return std::unexpected(unknown("component", name, request, known));
  return name;
}

Answer<void> check_profile(const std::string& name, const std::vector<Component>& components,
                           const DomainRequest& request) {
  std::vector<std::string> known;
  for (const Component& component : components) {
    if (component.profile == name) return {};
    known.push_back(component.profile);
  }
  return std::unexpected(unknown("profile", name, request, known));
}

}  // namespace

Answer<void> apply_profile(const ValueMap& fields, const DomainDeclaration& domain, const Pack& pack, bool strict,
                           DomainRequest& request) {
  MIMUS_ASSIGN(std::optional<std::string> profile, selector(fields, "profile_id"));
  MIMUS_ASSIGN(const std::optional<std::string> component, selector(fields, "component_id"));
  if (profile && component) {
    return std::unexpected(DomainError{.code = "invalid_profile_selector",
                                       .message = "profile_id and component_id cannot be combined",
                                       .path = "/component_id",
                                       .hint = "Provide one of them"});
  }
  if (!profile && !component) return {};
  const std::vector<Component> components = components_of(request.dataset, pack);
  if (component) {
    MIMUS_ASSIGN(profile, profile_of_component(*component, components, domain, strict, request));
  } else if (strict) {
    MIMUS_TRY(check_profile(*profile, components, request));
  }
  const std::string facet = component.value_or("profile");
  const std::string space = derive_seed(std::string(domain.name) + ":" + facet);
  request.root = std::to_string(mix_seed(space, *profile));
  return {};
}

}  // namespace mimus::contract
