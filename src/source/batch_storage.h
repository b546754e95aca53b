// BatchStorage: where the records of a run's memstores are kept: in memory up to a budget, then in a file.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "data/record.h"
#include "source/spill_file.h"

namespace mimus {

using RecordBatches = std::vector<std::shared_ptr<const Record>>;

// A batch in memory, or in a file.
struct StoredBatch {
  std::shared_ptr<const Record> record;
  std::shared_ptr<const SpilledBatch> spilled;

  [[nodiscard]] std::size_t rows() const { return record ? record->rows : spilled->rows; }
};
using StoredBatches = std::vector<StoredBatch>;

// Bytes that a record takes, about.
[[nodiscard]] std::uint64_t memory_of(const Record& record);

// Bytes that records may take in memory, shared by several storages. What has been given out comes back when the last
// owner of a record lets it go. Any thread.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::uint64_t bytes)
      : left_(static_cast<std::int64_t>(std::min<std::uint64_t>(bytes, INT64_MAX))) {}
  [[nodiscard]] bool take(std::uint64_t bytes) {
    const auto wanted = static_cast<std::int64_t>(bytes);
    if (left_.fetch_sub(wanted) >= wanted) return true;
    left_ += wanted;
    return false;
  }
  void give_back(std::uint64_t bytes) { left_ += static_cast<std::int64_t>(bytes); }

 private:
  std::atomic<std::int64_t> left_;
};

// One thread at a time.
class BatchStorage {
 public:
  // `folder`: where the file goes, which has no name and is gone at the end; see make_scratch_file().
  BatchStorage(std::uint64_t budget, fs::path folder)
      : BatchStorage(std::make_shared<MemoryBudget>(budget), std::move(folder)) {}
  BatchStorage(std::shared_ptr<MemoryBudget> budget, fs::path folder)
      : budget_(std::move(budget)), folder_(std::move(folder)) {}

  // Fails with source.scratch.
  [[nodiscard]] Result<StoredBatch> keep(std::shared_ptr<const Record> batch);
  // Fails once records could not be read back from the file.
  [[nodiscard]] Status status() const { return file_ ? file_->status() : Status(); }

 private:
  std::shared_ptr<MemoryBudget> budget_;
  fs::path folder_;
  std::shared_ptr<SpillFile> file_;
};

}  // namespace mimus
