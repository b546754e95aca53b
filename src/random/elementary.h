// Elementary functions with the same result on every machine: only additions, multiplications, divisions and square
// roots of IEEE 754, never contracted. (The C library picks variants by the processor.) Within a few units in the last
// place; not for NaN.
//
// Source: argument reduction and series as in J.-M. Muller, "Elementary Functions", chapters 3 and 8.
#pragma once

namespace mimus {

[[nodiscard]] double exact_exp(double x);            // 0 below -745; infinite above 709.7
[[nodiscard]] double exact_log(double x);            // x > 0
[[nodiscard]] double exact_pow(double x, double y);  // x > 0
[[nodiscard]] double sine_of_turns(double turns);    // sin(2 pi turns)
[[nodiscard]] inline double cosine_of_turns(double turns) { return sine_of_turns(turns + 0.25); }
[[nodiscard]] double arc_tangent(double x);  // radians

}  // namespace mimus
