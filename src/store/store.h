// The data folder: all that one installation keeps. Its layout is documented in docs/reference/storage.md.
//
// Several processes may have it open at the same time (server, workers, administrative commands): what one has written
// the others see from their next transaction on.
#pragma once

#include <functional>
#include <memory>

#include "base/file.h"
#include "base/result.h"
#include "base/time.h"
#include "store/blobs.h"
#include "store/metadata.h"

namespace mimus::store {

// Where a service gets the time from; tests hand in their own. Thread-safe.
using Clock = std::function<Timestamp()>;

struct Store {
  fs::path folder;  // absolute
  std::unique_ptr<Metadata> metadata;
  std::unique_ptr<Blobs> blobs;

  [[nodiscard]] fs::path artifacts(std::string_view project) const;  // folder of a project's published artifacts
  [[nodiscard]] fs::path logs(std::string_view project) const;       // folder of a project's task logs
  [[nodiscard]] fs::path work() const;                               // folders of the tasks under way
};

// Opens the data folder, making it (mode 0700) when it is absent and bringing an older one up to date. Fails with
// store.format when a newer Mimus has written it, or store.failed.
[[nodiscard]] Result<Store> open_store(const fs::path& folder);

// Removes what nothing refers to and nobody has touched since `older_than`: blobs, leftovers of uploads, artifacts and
// logs of projects that are gone, idempotency keys past their day (older than a day before
// `older_than`). Safe while others work. Returns how many files and folders went.
Result<std::uint64_t> collect_garbage(Store& store, Timestamp older_than);

// SQLite (WAL, synchronous=FULL) in the file `path`, made when absent; the schema is brought up to date.
[[nodiscard]] Result<std::unique_ptr<Metadata>> open_sqlite(const fs::path& path);

}  // namespace mimus::store
