// A preview: the first records of each generate, and nothing of what it would write.
//
// A value is a pure function of its row, so these records are those of the whole run with the same seed; only what
// depends on records that were not made (a store that a later generate reads) differs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"
#include "run/run.h"

namespace mimus {

// Cuts the rows of the plan to what a preview of `rows` records needs. True when the outermost generate has more.
bool cut_plan(GeneratePlan& plan, std::uint64_t rows);

// The records that are kept. One thread at a time.
class Preview {
 public:
  explicit Preview(const PreviewOptions& options) : options_(options), bytes_left_(options.bytes) {}

  // How many of the next `count` records of that name are wanted, when the execution under way has made `made`.
  [[nodiscard]] std::size_t room(const std::string& name, std::uint64_t made, std::size_t count) const;
  // Records of an execution: JSON objects with ", " between them. `made` counts those too that were not wanted; `more`:
  // others would have followed.
  void add(const std::string& name, std::string_view records, std::uint64_t made, bool more);
  // The plan has no records.
  void add_empty(const GeneratePlan& plan);
  void show() const;

 private:
  [[nodiscard]] const PreviewedProduct* find(const std::string& name) const;

  const PreviewOptions& options_;
  std::uint64_t bytes_left_;
  std::vector<PreviewedProduct> products_;  // in the order of their first records
};

}  // namespace mimus
