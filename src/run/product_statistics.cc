#include "run/product_statistics.h"

#include <algorithm>

#include "statistics/hashes.h"

namespace mimus {
namespace {

// Memstores alone are for the run itself.
bool is_for_others(const ProductPlan& product) {
  return std::ranges::any_of(product.targets, [](const TargetPlan& target) { return target.memstore == nullptr; });
}

}  // namespace

ProductSketch* RunStatistics::open(const GeneratePlan& plan, const ProductPlan& product) {
  if (!is_for_others(product)) return nullptr;
  const std::tuple place(product.capture_name, product.at.file, product.at.line, product.at.column);
  for (const auto& own : open_) {
    if (own->place == place) return own.get();
  }
  auto made = std::make_unique<ProductSketch>();
  made->name = product.capture_name;
  made->place = place;
  // Rows that are read from lists, or made in order, may end before their count.
  const bool is_certain = product.level == plan.level.number && !product.drops && !plan.in_order && plan.listed == 0;
  made->level = std::make_shared<statistics::SampleLevel>(is_certain ? plan.count : 0);
  made->sketch = statistics::RecordSketch(made->level);
  return open_.emplace_back(std::move(made)).get();
}

void RunStatistics::end_generate() {
  for (const auto& own : open_) {
    std::string name = own->name;
    for (int k = 1; std::ranges::any_of(finished_, [&](const auto& other) { return other.name == name; }); ++k) {
      name = own->name + "_" + std::to_string(k);
    }
    finished_.push_back(statistics::summarise(std::move(own->sketch), std::move(name)));
  }
  open_.clear();
}

void ThreadStatistics::add_rows(const Record& records, std::uint64_t first, std::size_t count) {
  hashes_.resize(count);
  statistics::mix_rows(earlier_ + first, hashes_);
  sketch_.add(records, hashes_, earlier_ + first);
}

void ThreadStatistics::add_records(const Record& records, const ProductPlan& product, const Evaluation& evaluation,
                                   std::uint64_t first, std::size_t count) {
  hashes_.resize(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint64_t root = evaluation.root_row(product, k);
    ordinal_ = root == root_ ? ordinal_ + 1 : 0;
    root_ = root;
    hashes_[k] = statistics::mix(statistics::mix(earlier_ + root + 1) + ordinal_);
  }
  sketch_.add(records, hashes_, earlier_ + first);
}

}  // namespace mimus
