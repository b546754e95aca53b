// The first records of a descriptor, made in a process of its own, and thrown away with it.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "store/store.h"
#include "task/command.h"
#include "task/manifest.h"

namespace mimus::task {

struct PreviewRequest {
  std::string entry = "datamimic.xml";
  std::optional<std::string> content;  // of the entry, in place of what is saved
  std::uint64_t rows = 20;             // of each generate, 1 … 1,000
  std::optional<std::uint64_t> seed;   // drawn when absent
  std::optional<Timestamp> now;        // the clock's time when absent
};

struct PreviewedRecords {
  std::string name;                  // of the generate; with those around it: "mid|inner"
  std::vector<std::string> columns;  // names of fields, in the order in which the records first have them
  std::string rows;                  // a JSON array of objects; it has been read, and is well-formed
  bool truncated = false;            // there would be more
};

struct PreviewLogLine {
  std::string severity;
  std::string message;  // control characters escaped
};

struct PreviewResult {
  std::vector<PreviewedRecords> products;  // those that were begun
  std::uint64_t seed = 0;
  Timestamp now;
  double seconds = 0;
  Diagnostics findings;  // errors too: what stands before them is shown all the same
  std::vector<PreviewLogLine> log;
};

// Takes at most 5 seconds and 10 MB of records; past that the result is what was made until then, with the finding
// preview.limit. `request` has a seed and a clock. request.invalid (rows), process.start, and what blobs may say.
[[nodiscard]] Result<PreviewResult> preview_descriptor(const store::Store& store, const Command& process,
                                                       const Manifest& manifest, const PreviewRequest& request);

// A few places for what takes a process and a thread. Thread-safe.
class Slots {
 public:
  explicit Slots(int count) : free_(count) {}

  class Taken {
   public:
    explicit Taken(std::atomic<int>& free) : free_(&free) {}
    Taken(Taken&& other) noexcept : free_(std::exchange(other.free_, nullptr)) {}
    Taken& operator=(Taken&&) = delete;
    ~Taken() {
      if (free_ != nullptr) ++*free_;
    }

   private:
    std::atomic<int>* free_;
  };

  // preview.busy when there is none left.
  [[nodiscard]] Result<Taken> take();

 private:
  std::atomic<int> free_;
};

}  // namespace mimus::task
