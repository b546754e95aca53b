// A request of generate_domain from JSON to what the domains understand. Pure, thread-safe.
#pragma once

#include "contract/domain.h"

namespace mimus::contract {

struct CheckedRequest {
  const DomainDeclaration* domain = nullptr;
  DomainRequest request;
};

// In this order: object, domain, version, schema, locale, profile, component. `strict`: profiles and components must be
// known.
[[nodiscard]] Answer<CheckedRequest> check_request(const Value& request, const Pack& pack, bool strict);

}  // namespace mimus::contract
