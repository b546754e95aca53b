// Statistics of what a run makes: a sketch for each product, which those of the threads are merged into.
//
// An included descriptor that is run for many rows is many generates, but one product: they are told apart by their
// place in the descriptors.
#pragma once

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
  std::shared_ptr<statistics::SampleLevel> level;
  statistics::RecordSketch sketch;
};

// One thread at a time.
class RunStatistics {
 public:
  // The sketch of a product, until its outermost generate has ended; nullptr: none of its targets is for others.
  [[nodiscard]] ProductSketch* open(const GeneratePlan& plan, const ProductPlan& product);
  // An outermost generate has ended.
  void end_generate();
  [[nodiscard]] std::vector<statistics::ProductStatistics> take() { return std::move(finished_); }

 private:
  std::vector<std::unique_ptr<ProductSketch>> open_;
  std::vector<statistics::ProductStatistics> finished_;
};

// What a thread has of one product: its sketch, and the numbers of the records, by a hash of which samples choose: the
// same for any cut of the rows into batches. It gets all records of a root row one after the other.
class ThreadStatistics {
 public:
  // `earlier`: the product's records in generates before this one.
  ThreadStatistics(const ProductSketch& product, std::uint64_t earlier) : sketch_(product.level), earlier_(earlier) {}

  // Records that are the root rows `first` and after.
  void add_rows(const Record& records, std::uint64_t first, std::size_t count);
  // Records of inner generates, and those that are left where others are dropped, from a batch that begins with the
  // root row `first`.
  void add_records(const Record& records, const ProductPlan& product, const Evaluation& evaluation, std::uint64_t first,
                   std::size_t count);
  // After the last record.
  [[nodiscard]] statistics::RecordSketch take() { return std::move(sketch_); }

 private:
  statistics::RecordSketch sketch_;
  std::uint64_t earlier_;
  std::uint64_t root_ = UINT64_MAX;
  std::uint64_t ordinal_ = 0;  // of the last record in its root row
  std::vector<std::uint64_t> hashes_;
};

}  // namespace mimus
