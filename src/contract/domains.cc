// All domains, and their contracts as JSON Schema.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "contract/domain.h"
#include "data/json.h"

namespace mimus::contract {
namespace {

// The fragments are our own; one that is no JSON is a bug, and the tests look at all of them.
Value parsed(const std::string& json) { return parse_json(json, "schema").value(); }

constexpr std::string_view kProfiles = R"("profile_id": {"type": "string", "minLength": 1},
    "component_id": {"type": "string", "minLength": 1},)";

constexpr std::string_view kProof = R"({"type": "object", "additionalProperties": false,
    "required": ["algorithm", "content_hash", "seed_canonical"], "properties": {
      "algorithm": {"const": "uuid5+sha256"},
      "content_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
      "seed_canonical": {"type": "string", "pattern": "^-?[0-9]+$"}}})";

}  // namespace

std::span<const DomainDeclaration* const> domains() {
  static const std::array kDomains{&address_domain(), &doctor_domain(), &patient_domain(), &person_domain()};
  return kDomains;
}

const DomainDeclaration* find_domain(std::string_view name, std::string_view version) {
  if (version != kDomainVersion) return nullptr;
  const auto found = std::ranges::find(domains(), name, &DomainDeclaration::name);
  return found == domains().end() ? nullptr : *found;
}

Value request_schema(const DomainDeclaration& domain) {
  return parsed(fmt::format(
      R"({{"$schema": "http://json-schema.org/draft-07/schema#", "title": "{0} {1} request", "type": "object",
    "additionalProperties": false, "required": ["domain", "version", "count", "seed", "locale", "clock"],
    "properties": {{
      "domain": {{"const": "{0}"}}, "version": {{"const": "{1}"}},
      "count": {{"type": "integer", "minimum": 0, "maximum": {2}}},
      "seed": {{"type": ["integer", "string"]}},
      "locale": {{"type": "string", "pattern": "^[a-z]{{2}}_[A-Z]{{2}}$"}}, {3}
      "constraints": {{"type": "object", "additionalProperties": false, "properties": {4}}},
      "clock": {{"type": "string", "format": "date-time"}}}}}})",
      domain.name, kDomainVersion, kMostItems, domain.has_profiles ? kProfiles : "", domain.constraints));
}

Value response_schema(const DomainDeclaration& domain) {
  const Value item = parsed(domain.item);
  std::string names;
  for (const auto& entry : *item.as_map()) names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", entry.first);
  return parsed(fmt::format(
      R"({{"$schema": "http://json-schema.org/draft-07/schema#", "title": "{0} {1} response", "type": "object",
    "additionalProperties": false, "required": ["domain", "version", "request_hash", "items", "determinism_proof"],
    "properties": {{
      "domain": {{"const": "{0}"}}, "version": {{"const": "{1}"}},
      "request_hash": {{"type": "string", "pattern": "^[0-9a-f]{{64}}$"}},
      "items": {{"type": "array", "items": {{"type": "object", "additionalProperties": false, "required": [{2}],
        "properties": {3}}}}},
      "determinism_proof": {4}}}}})",
      domain.name, kDomainVersion, names, domain.item, kProof));
}

}  // namespace mimus::contract
