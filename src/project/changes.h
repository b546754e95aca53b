// Changes of a project's files inside of a transaction that the caller has begun. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "people/audit.h"
#include "project/files.h"
#include "store/store.h"

namespace mimus::project {

// What is expected of the files that are written.
enum class Existing { No, Yes, Either };

struct Change {
  std::string_view project;
  Existing existing = Existing::Either;
  Actor actor;
  Timestamp now;
  std::optional<std::string> if_match = {};  // the SHA-256 the file must have
  bool is_recorded = true;                   // each file in the audit log; false when its project is made
};

// Writes all contents or, when it fails, leaves the transaction to be undone. The names are checked ones. The answer is
// in their order.
[[nodiscard]] Result<std::vector<FileMetadata>> write_files(store::Store& store, store::Writer& rows,
                                                            const FileLimits& limits, const Change& change,
                                                            const std::vector<FileContent>& contents);

// Removes a file that exists. The change stays among the versions.
[[nodiscard]] Status remove_file(store::Store& store, store::Writer& rows, const FileLimits& limits,
                                 const Change& change, const std::string& name);

[[nodiscard]] std::unexpected<Diagnostic> no_project(std::string_view id);
// project.not_found, also for one that is deleted.
[[nodiscard]] Result<store::Project> find_project(store::Reader& rows, std::string_view id);
// file.not_found, also when the names differ in case.
[[nodiscard]] Result<store::File> find_file(store::Reader& rows, std::string_view project, const std::string& name);

// request.limit unless a page of a list may have so many entries.
[[nodiscard]] Status check_page_limit(std::uint64_t limit);

[[nodiscard]] FileMetadata describe(const store::File& file, const std::optional<store::Lease>& lease, Timestamp now);

// Tells the audit log of a changed file; nothing when the change is not recorded.
[[nodiscard]] Status record_change(store::Writer& rows, const Change& change, std::string_view action,
                                   const std::string& name, std::string_view before, std::string_view after);

// ---- versions (versions.cc)

// Notes what the file is now; `sha256` empty: it is gone. The oldest versions beyond the limits go.
[[nodiscard]] Status note_version(store::Writer& rows, const FileLimits& limits, const store::File& file,
                                  const Change& change);

// ---- leases (leases.cc)

// What holds at `now`: a lapsed lease is none.
[[nodiscard]] LockState lock_state(const std::optional<store::Lease>& lease, Timestamp now);
// file.locked when another than `actor` holds the lease.
[[nodiscard]] Status check_lease(const std::optional<store::Lease>& lease, const std::string& name, const Actor& actor,
                                 Timestamp now);
// The lease after a write: the actor's own is longer.
[[nodiscard]] Result<std::optional<store::Lease>> renew_lease(store::Writer& rows, std::optional<store::Lease> lease,
                                                              const Change& change, const FileLimits& limits);

}  // namespace mimus::project
