#include "random/elementary.h"

#include <cmath>
#include <limits>

namespace mimus {
namespace {

// ln 2 in two parts: the first has zeros at its end, so that its multiples are exact.
constexpr double kLn2High = 0x1.62e42fee00000p-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kPi = 0x1.921fb54442d18p+1;

}  // namespace

double exact_exp(double x) {
  if (x > 709.78) return std::numeric_limits<double>::infinity();
  if (x < -745.2) return 0;
  const double k = std::floor(x / (kLn2High + kLn2Low) + 0.5);
  const double r = (x - k * kLn2High) - k * kLn2Low;
  double sum = 1;
  for (int n = 14; n > 0; --n) sum = 1 + sum * r / n;
  return std::ldexp(sum, static_cast<int>(k));
}

double exact_log(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0x1.6a09e667f3bcdp-1) {
    m *= 2;
    --exponent;
  }
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double sum = 0;
  for (int n = 23; n > 1; n -= 2) sum = (sum + 1.0 / n) * s2;
  return exponent * kLn2High + (exponent * kLn2Low + 2 * (s * sum + s));
}

double exact_pow(double x, double y) { return exact_exp(y * exact_log(x)); }

double sine_of_turns(double turns) {
  double t = turns - std::floor(turns);  // [0, 1)
  double sign = 1;
  if (t >= 0.5) {
    t -= 0.5;
    sign = -1;
  }
  if (t > 0.25) t = 0.5 - t;
  const double x = t * 2 * kPi;  // [0, pi/2]
  const double x2 = x * x;
  double sum = 1;
  for (int n = 22; n > 0; n -= 2) sum = 1 - sum * x2 / (n * (n + 1));
  return sign * x * sum;
}

double arc_tangent(double x) {
  if (x < 0) return -arc_tangent(-x);
  if (x > 1) return kPi / 2 - arc_tangent(1 / x);
  // Twice halving the angle leaves less than pi / 16.
  const double a = x / (1 + std::sqrt(1 + x * x));
  const double b = a / (1 + std::sqrt(1 + a * a));
  const double b2 = b * b;
  double sum = 0;
  for (int n = 25; n > 1; n -= 2) sum = (1.0 / n - sum) * b2;
  return 4 * b * (1 - sum);
}

}  // namespace mimus
