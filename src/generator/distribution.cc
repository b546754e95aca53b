// DistributionGenerator: numbers of a distribution (law.h), within bounds and on a grid when these are given.
#include <cmath>
#include <limits>

#include "base/text.h"
#include "generator/generator.h"
#include "generator/law.h"

namespace mimus {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

constexpr ParameterDeclaration kParameters[] = {
    {"distribution", ParameterType::String, "",
     "uniform(min, max), normal(mean, sd), truncated_normal(mean, sd, min, max), lognormal(mu, sigma), "
     "exponential(rate), gamma(shape, scale), beta(a, b), triangular(min, max, mode), poisson(mean), binomial(n, p), "
     "geometric(p), zipf(n, s), histogram(edges, counts) or histogram(file), empirical(values, weights) or "
     "empirical(file), mixture(weight, distribution, …)",
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
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const Bounds bounds{arguments.has("min") ? arguments.number("min") : -kInfinity,
                          arguments.has("max") ? arguments.number("max") : kInfinity};
      if (!(bounds.least <= bounds.most)) {
        return fail("generator.argument",
                    "min (" + float_text(bounds.least) + ") must be at most max (" + float_text(bounds.most) + ")");
      }
      const double granularity = arguments.has("granularity") ? arguments.number("granularity") : 0;
      if (arguments.has("granularity") && !(granularity > 0 && std::isfinite(granularity))) {
        return fail("generator.argument", "granularity must be greater than 0, but is " + float_text(granularity));
      }
      return make_distributed(arguments, {.bounds = bounds, .granularity = granularity}, environment.read_file);
    },
    .takes_rng = true,
};

}  // namespace mimus
