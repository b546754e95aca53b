// Series over the records: a level with trend, season, noise and gaps; and random walks. The value of a record is a
// function of its position in its list alone: any part of a series can be made without the records before it.
#include <cmath>

#include "base/text.h"
#include "generator/generator.h"
#include "random/elementary.h"
#include "random/samplers.h"

namespace mimus {
namespace {

// The stream of the list in which a row stands; of the records of a run the first one's.
Stream stream_of_list(const Stream& stream, Row row, std::uint64_t position) {
  if (row.ordinal < position) return stream;  // no list: its position is that of the record
  const auto first = static_cast<std::uint32_t>(row.ordinal - position);
  return row.root == 0 && first == 0 ? stream : Stream(stream.draw({row.root, first}, 1U << 20U));
}

class TimeSeries final : public Generator {
 public:
  struct Shape {
    double level, trend, amplitude, period, phase, noise, gaps;
  };
  explicit TimeSeries(const Shape& shape) : shape_(shape) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::Float64, rows.count);
    double* values = out.make_floats();
    for (std::size_t k = 0; k < rows.count; ++k) {
      const auto time = static_cast<double>(rows.position(k));
      Draws draws(stream, rows[k]);
      if (shape_.gaps > 0 && draws.chance(shape_.gaps)) out.make_valid()[k] = 0;
      double value = shape_.level + shape_.trend * time;
      if (shape_.amplitude != 0) value += shape_.amplitude * sine_of_turns(time / shape_.period + shape_.phase);
      if (shape_.noise > 0) value += shape_.noise * draw_normal(draws);
      values[k] = value;
    }
  }

 private:
  Shape shape_;
};

// Sums of normal steps. The sum at time t is found in O(log t) draws: first at the powers of two up to t, then by
// halving (P. Lévy's construction of Brownian motion, 1939): in the middle of a to b it is normal around the mean of
// both, with variance (b - a) / 4.
class RandomWalk final : public Generator {
 public:
  RandomWalk(double start, double step, double drift) : start_(start), step_(step), drift_(drift) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::Float64, rows.count);
    double* values = out.make_floats();
    for (std::size_t k = 0; k < rows.count; ++k) {
      const std::uint64_t time = rows.position(k);
      const Stream own = stream_of_list(stream, rows[k], time);
      values[k] = start_ + drift_ * static_cast<double>(time) + step_ * motion(own, time);
    }
  }

 private:
  // A standard normal number that belongs to the middle of a stretch, or to its end.
  static double normal(const Stream& stream, std::uint64_t place, std::uint32_t level) {
    Draws draws(stream, {place, level});
    return draw_normal(draws);
  }

  static double motion(const Stream& stream, std::uint64_t time) {
    if (time == 0) return 0;
    std::uint64_t low = 0;
    std::uint64_t high = 1;
    double at_low = 0;
    double at_high = normal(stream, 1, 64);
    std::uint32_t level = 0;
    for (; high < time && level < 62; ++level) {
      low = high;
      at_low = at_high;
      high *= 2;
      at_high = at_low + std::sqrt(static_cast<double>(high - low)) * normal(stream, high, 64);
    }
    while (high - low > 1 && time != high) {
      const std::uint64_t middle = low + (high - low) / 2;
      const double at_middle =
          (at_low + at_high) / 2 + std::sqrt(static_cast<double>(high - low)) / 2 * normal(stream, middle, level--);
      if (time == middle) return at_middle;
      (time < middle ? high : low) = middle;
      (time < middle ? at_high : at_low) = at_middle;
    }
    return time == high ? at_high : at_low;
  }

  double start_, step_, drift_;
};

constexpr ParameterDeclaration kSeriesParameters[] = {
    {"level", ParameterType::Float, "0", "", "value at the start"},
    {"trend", ParameterType::Float, "0", "", "how much it grows with each record"},
    {"amplitude", ParameterType::Float, "0", "", "height of the season's wave"},
    {"period", ParameterType::Float, "12", "greater than 0", "length of the season, in records"},
    {"phase", ParameterType::Float, "0", "0 to 1", "where in the season it starts"},
    {"noise", ParameterType::Float, "0", "at least 0", "standard deviation of normal noise"},
    {"gaps", ParameterType::Float, "0", "0 to 1", "share of values that are missing"},
};
constexpr ParameterDeclaration kWalkParameters[] = {
    {"start", ParameterType::Float, "0", "", "value of the first record"},
    {"step", ParameterType::Float, "1", "at least 0", "standard deviation of a step"},
    {"drift", ParameterType::Float, "0", "", "mean of a step"},
};
constexpr std::string_view kSeriesExamples[] = {
    "TimeSeriesGenerator(level=100, trend=0.5, amplitude=20, period=7, noise=3, gaps=0.05)"};
constexpr std::string_view kWalkExamples[] = {"RandomWalkGenerator",
                                              "RandomWalkGenerator(start=100, step=2, drift=0.1)"};

std::unexpected<Diagnostic> out_of_range(std::string_view name, std::string_view allowed, double value) {
  return fail("generator.argument",
              std::string(name) + " must be " + std::string(allowed) + ", but is " + float_text(value));
}

Status all_finite(const Arguments& arguments, std::span<const ParameterDeclaration> parameters) {
  for (const ParameterDeclaration& parameter : parameters) {
    const double value = arguments.number(parameter.name);
    if (!std::isfinite(value)) {
      return fail("generator.argument", std::string(parameter.name) + " must be finite, but is " + float_text(value));
    }
  }
  return {};
}

}  // namespace

extern const GeneratorDeclaration kTimeSeriesGenerator{
    .name = "TimeSeriesGenerator",
    .summary = "a value of a series: level, trend, season, noise and gaps; starts anew in each list",
    .result = Type::Float64,
    .parameters = kSeriesParameters,
    .examples = kSeriesExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      MIMUS_TRY(all_finite(arguments, kSeriesParameters));
      const TimeSeries::Shape shape{arguments.number("level"),     arguments.number("trend"),
                                    arguments.number("amplitude"), arguments.number("period"),
                                    arguments.number("phase"),     arguments.number("noise"),
                                    arguments.number("gaps")};
      if (!(shape.period > 0)) return out_of_range("period", "greater than 0", shape.period);
      if (shape.noise < 0) return out_of_range("noise", "at least 0", shape.noise);
      if (shape.gaps < 0 || shape.gaps > 1) return out_of_range("gaps", "from 0 to 1", shape.gaps);
      return std::make_unique<TimeSeries>(shape);
    },
};

extern const GeneratorDeclaration kRandomWalkGenerator{
    .name = "RandomWalkGenerator",
    .summary = "a random walk of normal steps; starts anew in each list",
    .result = Type::Float64,
    .parameters = kWalkParameters,
    .examples = kWalkExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      MIMUS_TRY(all_finite(arguments, kWalkParameters));
      if (arguments.number("step") < 0) return out_of_range("step", "at least 0", arguments.number("step"));
      return std::make_unique<RandomWalk>(arguments.number("start"), arguments.number("step"),
                                          arguments.number("drift"));
    },
};

}  // namespace mimus
