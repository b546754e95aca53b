// Profiles: values that do not depend on the seed, but on the name of a group of people; a component is a profile with
// constraints of its own (table demographic_component). Pure, thread-safe.
#pragma once

#include "contract/domain.h"

namespace mimus::contract {

// Takes `profile_id` or `component_id` of a request into account: its root and its constraints. An unknown component is
// the profile of that name; with `strict`, what is unknown is an error.
[[nodiscard]] Answer<void> apply_profile(const ValueMap& fields, const DomainDeclaration& domain, const Pack& pack,
                                         bool strict, DomainRequest& request);

}  // namespace mimus::contract
