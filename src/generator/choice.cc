// One of many given values, each as likely or by weight: a dictionary column of indices.
#include <set>

#include "generator/generator.h"
#include "random/alias.h"

namespace mimus {
namespace {

class Choice final : public Generator {
 public:
  explicit Choice(std::shared_ptr<const Column> values) : values_(std::move(values)) {
    if (values_->size > kMostDistinct) return;
    std::set<std::string> seen;
    for (std::size_t k = 0; k < values_->size; ++k) {
      std::string shown;
      append_repr(shown, value_at(*values_, k));
      if (seen.insert(std::move(shown)).second) distinct_.push_back(static_cast<std::uint32_t>(k));
    }
  }

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(values_->type, rows.count);
    std::uint32_t* indices = out.make_indices(values_);
    std::vector<std::uint64_t> draws(rows.count);
    stream.fill(rows, 0, draws.data());
    for (std::size_t k = 0; k < rows.count; ++k) {
      indices[k] = static_cast<std::uint32_t>(bounded(draws[k], values_->size));
    }
  }

  [[nodiscard]] std::uint64_t domain() const override { return distinct_.size(); }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    out.reset(values_->type, rows.count);
    std::uint32_t* indices = out.make_indices(values_);
    for (std::size_t k = 0; k < rows.count; ++k) indices[k] = distinct_[numbers[k]];
  }

 private:
  static constexpr std::size_t kMostDistinct = 10'000;

  std::shared_ptr<const Column> values_;
  std::vector<std::uint32_t> distinct_;  // the first of each value
};

class WeightedChoice final : public Generator {
 public:
  WeightedChoice(std::shared_ptr<const Column> values, std::span<const double> weights)
      : values_(std::move(values)), table_(weights) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(values_->type, rows.count);
    std::uint32_t* indices = out.make_indices(values_);
    std::vector<std::uint64_t> draws(rows.count);
    stream.fill(rows, 0, draws.data());
    for (std::size_t k = 0; k < rows.count; ++k) indices[k] = table_.pick(draws[k]);
  }

 private:
  std::shared_ptr<const Column> values_;
  AliasTable table_;
};

}  // namespace

std::unique_ptr<Generator> make_choice(std::shared_ptr<const Column> values) {
  return std::make_unique<Choice>(std::move(values));
}

std::unique_ptr<Generator> make_weighted_choice(std::shared_ptr<const Column> values, std::span<const double> weights) {
  return std::make_unique<WeightedChoice>(std::move(values), weights);
}

}  // namespace mimus
