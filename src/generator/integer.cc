// Whole numbers of a closed interval: uniform, or by a distribution (law.h).
#include "generator/generator.h"
#include "generator/law.h"

namespace mimus {
namespace {

class Integer final : public Generator {
 public:
  Integer(std::int64_t min, std::int64_t max)
      : min_(min), span_(static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(min) + 1) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::Int64, rows.count);
    std::int64_t* values = out.make_ints();
    auto* draws = reinterpret_cast<std::uint64_t*>(values);
    stream.fill(rows, 0, draws);
    for (std::size_t k = 0; k < rows.count; ++k) {
      const std::uint64_t offset = span_ == 0 ? draws[k] : bounded(draws[k], span_);  // 0: all 2^64
      values[k] = static_cast<std::int64_t>(static_cast<std::uint64_t>(min_) + offset);
    }
  }

  [[nodiscard]] std::uint64_t domain() const override {
    return span_ == 0 || span_ > kMostNumbers ? kMostNumbers : span_;
  }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    out.reset(Type::Int64, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) {
      values[k] = static_cast<std::int64_t>(static_cast<std::uint64_t>(min_) + numbers[k]);
    }
  }

 private:
  std::int64_t min_;
  std::uint64_t span_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"min", ParameterType::Int, "0", "", "least value"},
    {"max", ParameterType::Int, "1000000", "at least min", "greatest value"},
    {"distribution", ParameterType::String, "", "as in DistributionGenerator",
     "where between min and max values lie, rounded; otherwise each is as likely", true},
};
constexpr std::string_view kExamples[] = {"IntegerGenerator", "IntegerGenerator(min=1, max=6)",
                                          "IntegerGenerator(10, 99)",
                                          "IntegerGenerator(min=0, max=120, distribution='normal(40, 20)')"};

}  // namespace

extern const GeneratorDeclaration kIntegerGenerator{
    .name = "IntegerGenerator",
    .summary = "a whole number between min and max",
    .result = Type::Int64,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const std::int64_t min = arguments.integer("min");
      const std::int64_t max = arguments.integer("max");
      if (min > max) {
        return fail("generator.argument",
                    "min (" + std::to_string(min) + ") must be at most max (" + std::to_string(max) + ")");
      }
      if (arguments.has("distribution")) {
        const Bounds bounds{static_cast<double>(min), static_cast<double>(max)};
        return make_distributed(arguments, {.bounds = bounds, .whole = true}, environment.read_file);
      }
      return std::make_unique<Integer>(min, max);
    },
    .takes_rng = true,
};

std::unique_ptr<Generator> make_random_int() { return std::make_unique<Integer>(0, 100); }

}  // namespace mimus
