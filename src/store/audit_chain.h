// The chain of the audit log: each entry holds the hash of the one before, so that an entry that was changed, taken out
// or put in later no longer fits. (That entries are missing at the end shows only to one who has noted a hash.)
//
// The hash is the SHA-256 of the entry's canonical form (docs/reference/storage.md): its fields in the order of
// AuditEntry, without `hash`; numbers in decimal, the time as microseconds since 1970; each field as its length in
// bytes, ':', the bytes, ','. So no two entries have the same form. Pure.
#pragma once

#include <string>
#include <string_view>

#include "store/rows.h"

namespace mimus::store {

// What the first entry has as `previous`.
inline constexpr std::string_view kAuditRoot = "0000000000000000000000000000000000000000000000000000000000000000";

[[nodiscard]] std::string audit_form(const AuditEntry& entry);
[[nodiscard]] std::string audit_hash(const AuditEntry& entry);  // hex

}  // namespace mimus::store
