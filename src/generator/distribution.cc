// Numbers of a distribution (law.h), within bounds and on a grid when these are given.
#include <cmath>
#include <limits>

#include "base/text.h"
#include "generator/generator.h"
#include "generator/law.h"

namespace mimus {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class FromLaw final : public Generator {
 public:
  FromLaw(std::shared_ptr<const Law> law, Bounds bounds, double granularity)
      : law_(std::move(law)),
        bounds_(bounds),
        granularity_(granularity),
        whole_(granularity == 0 ? law_->is_whole() : false) {
    // Of a grid whose steps are short decimals.
    double power = 1;
    for (int scale = 0; granularity > 0 && scale <= 9 && scale_ < 0; ++scale, power *= 10) {
      const double step = granularity * power;
      if (std::nearbyint(step) >= 1 && step < 1e9 && std::nearbyint(step) / power == granularity) {
        scale_ = scale;
        step_ = std::nearbyint(step);
      }
    }
  }

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(whole_ ? Type::Int64 : Type::Float64, rows.count);
    double* floats = whole_ ? nullptr : out.make_floats();
    std::int64_t* whole = whole_ ? out.make_ints() : nullptr;
    for (std::size_t k = 0; k < rows.count; ++k) {
      Draws draws(stream, rows[k]);
      const double value = draw_within(*law_, bounds_, draws);
      if (whole_) {
        whole[k] = static_cast<std::int64_t>(value);
      } else {
        floats[k] = on_grid(value);
      }
    }
  }

 private:
  [[nodiscard]] double on_grid(double value) const {
    if (granularity_ == 0) return value;
    const double steps = std::nearbyint(value / granularity_);
    if (scale_ < 0) return steps * granularity_;
    double power = 1;
    for (int k = 0; k < scale_; ++k) power *= 10;
    return steps * step_ / power;
  }

  std::shared_ptr<const Law> law_;
  Bounds bounds_;
  double granularity_;
  bool whole_;
  int scale_ = -1;
  double step_ = 0;
};

constexpr ParameterDeclaration kParameters[] = {
    {"distribution", ParameterType::String, "",
     "uniform(min, max), normal(mean, sd), truncated_normal(mean, sd, min, max), lognormal(mu, sigma), "
     "exponential(rate), gamma(shape, scale), beta(a, b), triangular(min, max, mode), poisson(mean), binomial(n, p), "
     "geometric(p), zipf(n, s), histogram(edges, counts), empirical(values, weights), mixture(weight, distribution, …)",
     "the distribution and its parameters", false, true},
    {"min", ParameterType::Float, "", "", "least value: what lies below is drawn again", true},
    {"max", ParameterType::Float, "", "at least min", "greatest value: what lies above is drawn again", true},
    {"granularity", ParameterType::Float, "", "greater than 0", "values are multiples of this", true},
};
constexpr std::string_view kExamples[] = {
    "DistributionGenerator('normal(50, 10)', min=0, max=100, granularity=0.1)", "DistributionGenerator('poisson(2.5)')",
    "DistributionGenerator(distribution='mixture(0.7, normal(20, 2), 0.3, normal(60, 5))')",
    "DistributionGenerator('histogram(edges=[0, 18, 65, 100], counts=[20, 60, 20])', granularity=1)"};

}  // namespace

extern const GeneratorDeclaration kDistributionGenerator{
    .name = "DistributionGenerator",
    .summary = "a number of a distribution; whole numbers where the distribution has only these",
    .result = Type::Dynamic,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      MIMUS_ASSIGN(std::shared_ptr<const Law> law, parse_law(arguments.text("distribution")));
      const Bounds bounds{arguments.has("min") ? arguments.number("min") : -kInfinity,
                          arguments.has("max") ? arguments.number("max") : kInfinity};
      if (!(bounds.least <= bounds.most)) return fail("generator.argument", "min must be at most max");
      MIMUS_TRY(check_within(*law, bounds));
      const double granularity = arguments.has("granularity") ? arguments.number("granularity") : 0;
      if (arguments.has("granularity") && !(granularity > 0 && std::isfinite(granularity))) {
        return fail("generator.argument", "granularity must be greater than 0, but is " + float_text(granularity));
      }
      return std::make_unique<FromLaw>(std::move(law), bounds, granularity);
    },
    .takes_rng = true,
};

}  // namespace mimus
