// A coin with a bias.
#include "base/text.h"
#include "generator/generator.h"

namespace mimus {
namespace {

class Boolean final : public Generator {
 public:
  explicit Boolean(double p) : p_(p) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::Bool, rows.count);
    std::vector<std::uint64_t> draws(rows.count);
    stream.fill(rows, 0, draws.data());
    std::uint8_t* values = out.make_bools();
    for (std::size_t k = 0; k < rows.count; ++k) values[k] = unit(draws[k]) < p_ ? 1 : 0;
  }

  [[nodiscard]] std::uint64_t domain() const override { return 2; }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    out.reset(Type::Bool, rows.count);
    std::uint8_t* values = out.make_bools();
    for (std::size_t k = 0; k < rows.count; ++k) values[k] = numbers[k] == 0 ? 0 : 1;
  }

 private:
  double p_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"prob_true", ParameterType::Float, "0.5", "0 to 1", "probability of true"},
};
constexpr std::string_view kExamples[] = {"BooleanGenerator", "BooleanGenerator(prob_true=0.9)"};

}  // namespace

extern const GeneratorDeclaration kBooleanGenerator{
    .name = "BooleanGenerator",
    .summary = "true or false",
    .result = Type::Bool,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const double p = arguments.number("prob_true");
      if (!(p >= 0 && p <= 1))
        return fail("generator.argument", "prob_true must be from 0 to 1, but is " + float_text(p));
      return std::make_unique<Boolean>(p);
    },
    .takes_rng = true,
};

std::unique_ptr<Generator> make_random_bool() { return std::make_unique<Boolean>(0.5); }

}  // namespace mimus
