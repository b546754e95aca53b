// Numbers rounded, or with random noise.
#include <cmath>

#include "base/text.h"
#include "converter/scalar.h"
#include "random/samplers.h"

namespace mimus {
namespace {

// To the nearest multiple, halves to even.
class Round final : public ScalarConverter {
 public:
  explicit Round(double step) : step_(step) {
    // Multiples of 0.1 are found by dividing by 10, so that they are the nearest floats.
    const double inverse = std::nearbyint(1 / step);
    if (step < 1 && inverse > 1 && 1 / inverse == step) inverse_ = inverse;
  }

 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override {
    if (const auto* integer = value.as_int()) {
      const double rounded = on_grid(static_cast<double>(*integer));
      const bool whole = std::nearbyint(step_) == step_ && std::abs(rounded) < 0x1p53;
      return whole ? Value(static_cast<std::int64_t>(rounded)) : Value(rounded);
    }
    if (const double* real = value.as_float()) return Value(on_grid(*real));
    return refuse_value("Round", "a number", value);
  }

 private:
  [[nodiscard]] double on_grid(double value) const {
    if (inverse_ > 0) return std::nearbyint(value * inverse_) / inverse_;
    return std::nearbyint(value / step_) * step_;
  }

  double step_;
  double inverse_ = 0;
};

class Noise final : public Converter {
 public:
  Noise(double sd, bool relative) : sd_(sd), relative_(relative) {}

  [[nodiscard]] std::optional<RowFailure> convert(const Rows& rows, const Stream& stream,
                                                  Column& column) const override {
    std::vector<Value> values(column.size);
    for (std::size_t k = 0; k < column.size; ++k) {
      if (!column.is_present(k)) continue;
      const Value value = value_at(column, k);
      const auto* integer = value.as_int();
      const double* real = value.as_float();
      if (integer == nullptr && real == nullptr) {
        return RowFailure{k, refuse_value("Noise", "a number", value).error()};
      }
      Draws draws(stream, rows[k]);
      const double number = integer != nullptr ? static_cast<double>(*integer) : *real;
      const double noisy = number + draw_normal(draws) * sd_ * (relative_ ? std::abs(number) : 1);
      const bool stays_whole = integer != nullptr && std::abs(noisy) < 9e18;
      values[k] = stays_whole ? Value(static_cast<std::int64_t>(std::nearbyint(noisy))) : Value(noisy);
    }
    const auto made = column_of(values);
    const std::vector<std::uint8_t> present = std::move(column.present);
    column = *made;
    column.owner = made;
    column.present = present;
    return std::nullopt;
  }

 private:
  double sd_;
  bool relative_;
};

constexpr ParameterDeclaration kRoundParameters[] = {
    {"step", ParameterType::Float, "1", "greater than 0", "numbers become multiples of it"},
};
constexpr ParameterDeclaration kNoiseParameters[] = {
    {"sd", ParameterType::Float, "", "at least 0", "standard deviation of the noise", false, true},
    {"relative", ParameterType::Bool, "False", "", "sd is a share of the number"},
};
constexpr ConverterExample kRoundExamples[] = {{"Round(100)", "1234", "1200"}, {"Round(0.1)", "0.27", "0.3"}};
constexpr ConverterExample kNoiseExamples[] = {{"Noise(sd=0)", "5", "5"}};

}  // namespace

extern const ConverterDeclaration kRound{
    .name = "Round",
    .summary = "the number, rounded to a multiple",
    .takes = "number",
    .gives = "number",
    .parameters = kRoundParameters,
    .examples = kRoundExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      const double step = arguments.number("step");
      if (!(step > 0) || !std::isfinite(step)) {
        return fail("converter.argument", "step must be greater than 0, but is " + float_text(step));
      }
      return std::make_unique<Round>(step);
    },
};

extern const ConverterDeclaration kNoise{
    .name = "Noise",
    .summary = "the number with normal noise; whole numbers stay whole",
    .takes = "number",
    .gives = "number",
    .parameters = kNoiseParameters,
    .examples = kNoiseExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      const double sd = arguments.number("sd");
      if (!(sd >= 0) || !std::isfinite(sd)) {
        return fail("converter.argument", "sd must be at least 0, but is " + float_text(sd));
      }
      return std::make_unique<Noise>(sd, arguments.boolean("relative"));
    },
};

}  // namespace mimus
