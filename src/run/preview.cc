#include "run/preview.h"

#include <algorithm>

namespace mimus {
namespace {

// One more than is shown tells whether there are more. Where a statement reads the records, it must see all of them.
void cut_steps(const std::vector<bool>& is_read, std::vector<StepPlan>& steps, std::uint64_t rows) {
  for (StepPlan& step : steps) {
    if (auto* condition = std::get_if<ConditionPlan>(&step)) {
      for (BranchPlan& branch : condition->branches) cut_steps(is_read, branch.steps, rows);
    }
    auto* inner = std::get_if<InnerGeneratePlan>(&step);
    if (inner == nullptr) continue;
    ElementsPlan& elements = inner->elements;
    if (!is_read[inner->variable] && !elements.level->drops) elements.bound = std::min(elements.bound, rows + 1);
    cut_steps(is_read, elements.level->steps, rows);
  }
}

}  // namespace

bool cut_plan(GeneratePlan& plan, std::uint64_t rows) {
  cut_steps(plan.is_read, plan.level.steps, rows);
  // Which rows the rules leave is not known before they are made.
  if (plan.level.drops || plan.count <= rows) return false;
  plan.count = rows;
  plan.tail_steps.reset();
  return true;
}

const PreviewedProduct* Preview::find(const std::string& name) const {
  const auto found = std::ranges::find(products_, name, &PreviewedProduct::name);
  return found == products_.end() ? nullptr : &*found;
}

std::size_t Preview::room(const std::string& name, std::uint64_t made, std::size_t count) const {
  const PreviewedProduct* product = find(name);
  const std::uint64_t taken = made + (product == nullptr ? 0 : product->count);
  if (bytes_left_ == 0 || taken >= options_.rows) return 0;
  return static_cast<std::size_t>(std::min<std::uint64_t>(count, options_.rows - taken));
}

void Preview::add(const std::string& name, std::string_view records, std::uint64_t made, bool more) {
  const std::size_t shown = room(name, 0, static_cast<std::size_t>(made));
  if (find(name) == nullptr) products_.push_back({.name = name});
  PreviewedProduct& product = *std::ranges::find(products_, name, &PreviewedProduct::name);
  product.truncated = product.truncated || more || made > shown;
  if (shown == 0) return;
  if (records.size() > bytes_left_) {
    bytes_left_ = 0;
    product.truncated = true;
    return;
  }
  bytes_left_ -= records.size();
  if (product.count > 0) product.records += ", ";
  product.records += records;
  product.count += shown;
}

void Preview::add_empty(const GeneratePlan& plan) {
  for (const ProductPlan& product : plan.products) add(product.capture_name, {}, 0, false);
}

void Preview::show() const {
  for (const PreviewedProduct& product : products_) options_.show(product);
}

}  // namespace mimus
