// One of many given values, each as likely or by weight: a dictionary column of indices.
#include <mutex>
#include <unordered_set>

#include "generator/generator.h"
#include "random/alias.h"

namespace mimus {
namespace {

// The places of different values, found when they are first asked for: hardly anyone does.
class DistinctPlaces {
 public:
  // Those that weigh something; all without weights. Without any when there are very many: they must be compared.
  [[nodiscard]] const std::vector<std::uint32_t>& of(const Column& values, std::span<const double> weights) const {
    std::call_once(once_, [&] {
      constexpr std::size_t kMostDistinct = 1'000'000;
      if (values.size > kMostDistinct) return;
      std::unordered_set<std::string> seen;
      for (std::size_t k = 0; k < values.size; ++k) {
        if (!weights.empty() && !(weights[k] > 0)) continue;
        std::string shown;
        append_repr(shown, value_at(values, k));
        if (seen.insert(std::move(shown)).second) places_.push_back(static_cast<std::uint32_t>(k));
      }
    });
    return places_;
  }

 private:
  mutable std::once_flag once_;
  mutable std::vector<std::uint32_t> places_;
};

void pick_numbers(const Rows& rows, const std::shared_ptr<const Column>& values,
                  const std::vector<std::uint32_t>& places, const std::uint64_t* numbers, Column& out) {
  out.reset(values->type, rows.count);
  std::uint32_t* indices = out.make_indices(values);
  for (std::size_t k = 0; k < rows.count; ++k) indices[k] = places[numbers[k]];
}

class Choice final : public Generator {
 public:
  explicit Choice(std::shared_ptr<const Column> values) : values_(std::move(values)) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(values_->type, rows.count);
    std::uint32_t* indices = out.make_indices(values_);
    std::vector<std::uint64_t> draws(rows.count);
    stream.fill(rows, 0, draws.data());
    for (std::size_t k = 0; k < rows.count; ++k) {
      indices[k] = static_cast<std::uint32_t>(bounded(draws[k], values_->size));
    }
  }

  [[nodiscard]] std::uint64_t domain() const override { return places_.of(*values_, {}).size(); }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    pick_numbers(rows, values_, places_.of(*values_, {}), numbers, out);
  }

 private:
  std::shared_ptr<const Column> values_;
  DistinctPlaces places_;
};

class WeightedChoice final : public Generator {
 public:
  WeightedChoice(std::shared_ptr<const Column> values, std::span<const double> weights)
      : values_(std::move(values)), table_(weights), weights_(weights.begin(), weights.end()) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(values_->type, rows.count);
    std::uint32_t* indices = out.make_indices(values_);
    std::vector<std::uint64_t> draws(rows.count);
    stream.fill(rows, 0, draws.data());
    for (std::size_t k = 0; k < rows.count; ++k) indices[k] = table_.pick(draws[k]);
  }

  [[nodiscard]] std::uint64_t domain() const override { return places_.of(*values_, weights_).size(); }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    pick_numbers(rows, values_, places_.of(*values_, weights_), numbers, out);
  }

 private:
  std::shared_ptr<const Column> values_;
  AliasTable table_;
  std::vector<double> weights_;
  DistinctPlaces places_;
};

}  // namespace

std::unique_ptr<Generator> make_choice(std::shared_ptr<const Column> values) {
  return std::make_unique<Choice>(std::move(values));
}

std::unique_ptr<Generator> make_weighted_choice(std::shared_ptr<const Column> values, std::span<const double> weights) {
  return std::make_unique<WeightedChoice>(std::move(values), weights);
}

}  // namespace mimus
