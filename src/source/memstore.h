// Memstores: named stores of records for the length of a run.
//
// A store maps a type to batches of records, appended when an outermost generate has ended. Who reads gets a snapshot:
// what is appended later does not show in it. Memstores are changed by one thread at a time; snapshots are sources.
// The batches are in memory or in a file, as BatchStorage keeps them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "source/batch_storage.h"
#include "source/source.h"

namespace mimus {

class MemoryStore {
 public:
  void append(const std::string& type, const StoredBatches& batches);

  // The records of a type; nullptr when there are none of it.
  [[nodiscard]] std::shared_ptr<const Source> open(const std::string& type) const;
  [[nodiscard]] std::vector<std::string_view> types() const;

 private:
  std::map<std::string, StoredBatches> types_;
};

}  // namespace mimus
