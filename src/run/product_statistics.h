// Statistics of what a run makes: a sketch for each product, which the morsels' own sketches are merged into in their
// order.
//
// An included descriptor that is run for many rows is many generates, but one product: they are told apart by their
// place in the descriptors.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "plan/plan.h"
#include "run/evaluate.h"
#include "statistics/record_sketch.h"
#include "statistics/statistics.h"

namespace mimus {

struct ProductSketch {
  std::string name;
  std::tuple<std::string, std::string, int, int> place;  // name, file, line, column
  statistics::RecordSketch sketch;
  std::atomic<std::uint8_t> level = 0;  // the sketch's, for any thread
};

// One thread at a time.
class RunStatistics {
 public:
  // The sketch of a product, until its outermost generate has ended; nullptr: none of its targets is for others.
  [[nodiscard]] ProductSketch* open(const ProductPlan& product);
  // An outermost generate has ended.
  void end_generate();
  [[nodiscard]] std::vector<statistics::ProductStatistics> take() { return std::move(finished_); }

 private:
  std::vector<std::unique_ptr<ProductSketch>> open_;
  std::vector<statistics::ProductStatistics> finished_;
};

// A hash of the number of each record, by which samples choose: the same for any cut of the rows into batches. A thread
// has one for each product, and gives it all records of a root row one after the other.
class RecordHashes {
 public:
  // `salt`: number of the product's records in generates before this one.
  explicit RecordHashes(std::uint64_t salt) : salt_(salt) {}

  // Records that are the root rows `first` and after.
  [[nodiscard]] const std::vector<std::uint64_t>& of_rows(std::uint64_t first, std::size_t count);
  // Records of inner generates, and those that are left where others are dropped.
  [[nodiscard]] const std::vector<std::uint64_t>& of_records(const ProductPlan& product, const Evaluation& evaluation,
                                                             std::size_t count);

 private:
  std::uint64_t salt_;
  std::uint64_t root_ = UINT64_MAX;
  std::uint64_t ordinal_ = 0;  // of the last record in its root row
  std::vector<std::uint64_t> hashes_;
};

}  // namespace mimus
