// The audit log: who has changed what, when, from where. Append-only; entries are part of the transaction that makes
// the change, so that neither is there without the other.
//
// Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "people/actor.h"
#include "store/store.h"

namespace mimus::people {

using store::AuditEntry;
using store::AuditFilter;

// What has happened.
struct Event {
  std::string_view action;   // "file.update": the thing, '.', the verb
  std::string_view project;  // id; empty: of no project
  std::string_view target;   // name of the file, e-mail of the user; cut to 1,024 bytes
  std::string_view before;   // SHA-256, hex, of what was there; or empty
  std::string_view after;    // of what is there now
};

// Adds the entry to the caller's transaction.
[[nodiscard]] Status record(store::Writer& rows, const Actor& actor, Timestamp at, const Event& event);

// The entry as a JSON object on one line: with all that its hash is made of.
[[nodiscard]] std::string entry_json(const AuditEntry& entry);

struct AuditPage {
  std::vector<AuditEntry> entries;  // newest first
  std::string next;                 // cursor; empty: this was the last page
};

// The state of the chain.
struct AuditState {
  std::uint64_t entries = 0;
  std::string head;  // hash of the newest entry; 64 zeros when there is none
};

class Audit {
 public:
  // `store` must outlive the service.
  explicit Audit(store::Store& store) : store_(&store) {}

  // `limit` 1 … 1,000. request.cursor when `cursor` is none of a page.
  [[nodiscard]] Result<AuditPage> list(const AuditFilter& filter, std::uint64_t limit, std::string_view cursor) const;

  // Reads the whole chain. audit.broken names the first entry that does not fit. `known`: the hash of an entry that
  // somebody has noted earlier (may be empty); audit.cut when it is not in the chain any more.
  [[nodiscard]] Result<AuditState> verify(std::string_view known = {}) const;

 private:
  store::Store* store_;
};

}  // namespace mimus::people
