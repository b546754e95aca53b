// Each value of a generator once: the rank of a row, permuted, is the number of its value. No value is remembered.
#include <utility>

#include "generator/generator.h"
#include "random/permutation.h"

namespace mimus {
namespace {

class UniqueValues final : public Generator {
 public:
  explicit UniqueValues(std::shared_ptr<const Generator> generator) : generator_(std::move(generator)) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    const std::uint64_t domain = generator_->domain();
    const Permutation order(stream.sub("?unique"), {}, domain);
    std::vector<std::uint64_t> numbers(rows.count);
    for (std::size_t k = 0; k < rows.count; ++k) {
      const std::uint64_t rank = rows.position(k);
      numbers[k] = order(rank < domain ? rank : 0);  // beyond the supply the value is of no use
    }
    generator_->generate_at(rows, stream, numbers.data(), out);
  }

  [[nodiscard]] bool counts_run() const override { return true; }
  [[nodiscard]] std::uint64_t supply() const override { return generator_->domain(); }

 private:
  std::shared_ptr<const Generator> generator_;
};

}  // namespace

void Generator::generate_at(const Rows& rows, const Stream& stream, const std::uint64_t*, Column& out) const {
  generate(rows, stream, out);
}

Result<std::shared_ptr<const Generator>> make_unique_values(std::shared_ptr<const Generator> generator) {
  if (generator->never_repeats()) return generator;
  if (generator->domain() == 0) {
    return fail(
        "unique.unavailable", "the values cannot be made different from each other",
        "unique is for integers, floats on a grid, truths, dates and times without weights, values, weighted values, "
        "texts, patterns that write no text in two ways, colours, tokens, and for identifiers: of people, companies, "
        "accounts, "
        "cards, banks, securities, articles, vehicles, telephones and addresses of the internet");
  }
  return std::make_shared<const UniqueValues>(std::move(generator));
}

}  // namespace mimus
