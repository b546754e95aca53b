// Samplers: numbers of well-known distributions from the draws of a row. Pure functions of the draws, with the same
// result on every machine (elementary.h).
#pragma once

#include "random/draws.h"

namespace mimus {

// The point below which a standard normal number lies with probability p of (0, 1): M. J. Wichura, "Algorithm AS 241",
// Applied Statistics 37 (1988), PPND16.
[[nodiscard]] double normal_quantile(double p);
// The inverse, by bisection: for bounds that are known before.
[[nodiscard]] double normal_probability(double x);

// A number of (0, 1): never its ends.
[[nodiscard]] inline double draw_open(Draws& draws) {
  return (static_cast<double>(draws.next() >> 12U) + 0.5) * 0x1p-52;
}
[[nodiscard]] inline double draw_normal(Draws& draws) { return normal_quantile(draw_open(draws)); }
// Mean 1 (inversion).
[[nodiscard]] double draw_exponential(Draws& draws);
// Scale 1: G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000); a shape
// below 1 is boosted as they say.
[[nodiscard]] double draw_gamma(Draws& draws, double shape);
// X / (X + Y) of two gamma numbers (L. Devroye, "Non-Uniform Random Variate Generation", 1986, IX.3).
[[nodiscard]] double draw_beta(Draws& draws, double a, double b);

}  // namespace mimus
