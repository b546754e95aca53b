// Snapshot: rows that were taken once from something that changes, such as a database, and stay as they were.
//
// They are kept in memory, and beyond a budget in a file (BatchStorage).
#pragma once

#include <memory>

#include "source/batch_storage.h"
#include "source/source.h"

namespace mimus {

// One thread at a time.
class SnapshotBuilder {
 public:
  // `folder`: of the file; see make_scratch_file().
  SnapshotBuilder(std::shared_ptr<MemoryBudget> budget, const fs::path& folder);

  // The next rows; all have the same fields. A batch without rows tells the fields. Fails with source.scratch.
  [[nodiscard]] Status add(std::shared_ptr<const Record> rows);
  // All rows, in their order.
  [[nodiscard]] std::shared_ptr<const Source> finish();

 private:
  std::shared_ptr<BatchStorage> storage_;
  StoredBatches batches_;
};

}  // namespace mimus
