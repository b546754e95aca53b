#include "random/samplers.h"

#include <array>
#include <cmath>

#include "random/elementary.h"

namespace mimus {
namespace {

// The polynomials of PPND16, from the constant term on.
constexpr std::array<double, 8> kA{3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                   1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                   3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array<double, 8> kB{1.0,
                                   4.2313330701600911252e+1,
                                   6.8718700749205790830e+2,
                                   5.3941960214247511077e+3,
                                   2.1213794301586595867e+4,
                                   3.9307895800092710610e+4,
                                   2.8729085735721942674e+4,
                                   5.2264952788528545610e+3};
constexpr std::array<double, 8> kC{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                   3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> kD{1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
constexpr std::array<double, 8> kE{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                   2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                   2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> kF{1.0,
                                   5.99832206555887937690e-1,
                                   1.36929880922735805310e-1,
                                   1.48753612908506148525e-2,
                                   7.86869131145613259100e-4,
                                   1.84631831751005468180e-5,
                                   1.42151175831644588870e-7,
                                   2.04426310338993978564e-15};

double polynomial(const std::array<double, 8>& terms, double x) {
  double sum = 0;
  for (std::size_t k = terms.size(); k-- > 0;) sum = sum * x + terms[k];
  return sum;
}

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kA, r) / polynomial(kB, r);
  }
  double r = std::sqrt(-exact_log(q < 0 ? p : 1 - p));
  double value = 0;
  if (r <= 5) {
    r -= 1.6;
    value = polynomial(kC, r) / polynomial(kD, r);
  } else {
    r -= 5;
    value = polynomial(kE, r) / polynomial(kF, r);
  }
  return q < 0 ? -value : value;
}

double normal_probability(double x) {
  if (x > 0) return 1 - normal_probability(-x);
  if (x < -37) return 0;
  // The logarithm of the probability lies between that of the least float and that of a half.
  double low = -745;
  double high = -0.69314718055994529;
  for (int k = 0; k < 80; ++k) {
    const double middle = low + (high - low) / 2;
    (normal_quantile(exact_exp(middle)) < x ? low : high) = middle;
  }
  return exact_exp(low + (high - low) / 2);
}

double draw_exponential(Draws& draws) { return -exact_log(draw_open(draws)); }

double draw_gamma(Draws& draws, double shape) {
  if (shape < 1) {
    const double boost = exact_pow(draw_open(draws), 1 / shape);
    return draw_gamma(draws, shape + 1) * boost;
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = draw_normal(draws);
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (exact_log(draw_open(draws)) < 0.5 * x * x + d - d * v + d * exact_log(v)) return d * v;
  }
}

double draw_beta(Draws& draws, double a, double b) {
  const double x = draw_gamma(draws, a);
  const double y = draw_gamma(draws, b);
  return x + y > 0 ? x / (x + y) : draws.below(2) == 0 ? 0.0 : 1.0;
}

}  // namespace mimus
