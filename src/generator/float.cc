// Numbers on a grid: a uniform value rounded to the nearest multiple of the granularity.
//
// The grid is anchored at 0, so that the end points get half the weight of inner points, and a value may lie outside
// of [min, max] by half the granularity. Where the granularity is a short decimal, values are kept as n / 10^scale.
#include <cmath>

#include "base/text.h"
#include "generator/generator.h"
#include "generator/law.h"

namespace mimus {
namespace {

// To the nearest integer, halves to even; |x| < 2^51. (Adding and taking off 1.5 * 2^52 leaves no fraction bits.)
inline double round_even(double x) {
  constexpr double kMagic = 0x1.8p52;
  return (x + kMagic) - kMagic;
}

// granularity = step / 10^scale with whole numbers; scale -1 when there is none up to 9 digits.
struct Grid {
  std::int64_t step = 0;
  int scale = -1;
};

Grid grid_of(double granularity) {
  double power = 1;
  for (int scale = 0; scale <= 9; ++scale, power *= 10) {
    const double step = granularity * power;
    const double whole = std::nearbyint(step);
    if (whole >= 1 && whole < 1e9 && whole / power == granularity) return {static_cast<std::int64_t>(whole), scale};
  }
  return {};
}

class Float final : public Generator {
 public:
  Float(double min, double max, double granularity)
      : min_(min), span_(max - min), granularity_(granularity), grid_(grid_of(granularity)) {
    const double most = std::max(std::abs(min), std::abs(max)) / granularity *
                        static_cast<double>(std::max<std::int64_t>(grid_.step, 1));
    if (most > 1e14) grid_ = {};
  }

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::Float64, rows.count);
    if (grid_.scale < 0) {
      generate_plain(rows, stream, out);
      return;
    }
    out.scale = grid_.scale;
    std::int64_t* values = out.make_ints();
    auto* draws = reinterpret_cast<std::uint64_t*>(values);
    stream.fill(rows, 0, draws);
    for (std::size_t k = 0; k < rows.count; ++k) {
      const double value = min_ + unit(draws[k]) * span_;
      values[k] = static_cast<std::int64_t>(round_even(value / granularity_)) * grid_.step;
    }
  }

  // The multiples of the granularity from min to max.
  [[nodiscard]] std::uint64_t domain() const override {
    const double count = std::floor((min_ + span_) / granularity_ + 1e-9) - first() + 1;
    return grid_.scale < 0 || !(count >= 1) || count > 1e15 ? 0 : static_cast<std::uint64_t>(count);
  }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    out.reset(Type::Float64, rows.count);
    out.scale = grid_.scale;
    std::int64_t* values = out.make_ints();
    const auto start = static_cast<std::int64_t>(first());
    for (std::size_t k = 0; k < rows.count; ++k) {
      values[k] = (start + static_cast<std::int64_t>(numbers[k])) * grid_.step;
    }
  }

 private:
  [[nodiscard]] double first() const { return std::ceil(min_ / granularity_ - 1e-9); }

  void generate_plain(const Rows& rows, const Stream& stream, Column& out) const {
    double* values = out.make_floats();
    for (std::size_t k = 0; k < rows.count; ++k) {
      const double value = min_ + unit(stream.draw(rows[k])) * span_;
      values[k] = std::nearbyint(value / granularity_) * granularity_;
    }
  }

  double min_, span_, granularity_;
  Grid grid_;
};

// Any number of [0, 100).
class RandomFloat final : public Generator {
 public:
  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::Float64, rows.count);
    double* values = out.make_floats();
    for (std::size_t k = 0; k < rows.count; ++k) values[k] = unit(stream.draw(rows[k])) * 100.0;
  }
};

constexpr ParameterDeclaration kParameters[] = {
    {"min", ParameterType::Float, "0", "", "least value"},
    {"max", ParameterType::Float, "10", "at least min", "greatest value"},
    {"granularity", ParameterType::Float, "0.1", "greater than 0", "values are multiples of this"},
    {"distribution", ParameterType::String, "", "as in DistributionGenerator",
     "where between min and max values lie; otherwise each is as likely", true},
};
constexpr std::string_view kExamples[] = {"FloatGenerator", "FloatGenerator(min=1, max=50, granularity=0.05)",
                                          "FloatGenerator(min=0, max=500, granularity=0.01, "
                                          "distribution='lognormal(3, 1)')"};

}  // namespace

extern const GeneratorDeclaration kFloatGenerator{
    .name = "FloatGenerator",
    .summary = "a number on a grid between min and max",
    .result = Type::Float64,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const double min = arguments.number("min");
      const double max = arguments.number("max");
      const double granularity = arguments.number("granularity");
      if (!std::isfinite(min) || !std::isfinite(max) || !std::isfinite(max - min)) {
        return fail("generator.argument", "min and max must be finite");
      }
      if (min > max) {
        return fail("generator.argument",
                    "min (" + float_text(min) + ") must be at most max (" + float_text(max) + ")");
      }
      if (!(granularity > 0) || !std::isfinite(granularity)) {
        return fail("generator.argument", "granularity must be greater than 0, but is " + float_text(granularity));
      }
      if (arguments.has("distribution")) {
        return make_distributed(arguments, {.bounds = {min, max}, .granularity = granularity}, environment.read_file);
      }
      return std::make_unique<Float>(min, max, granularity);
    },
    .takes_rng = true,
};

std::unique_ptr<Generator> make_random_float() { return std::make_unique<RandomFloat>(); }

}  // namespace mimus
