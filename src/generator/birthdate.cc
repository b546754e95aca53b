// Times of birth: uniform over the seconds at which someone was born whose age is in a closed range today.
#include "generator/generator.h"

namespace mimus {
namespace {

// The day so many years before; the 29th of February becomes the 28th.
Timestamp years_before(Timestamp time, std::int64_t years) {
  Civil civil = civil_from(time);
  civil.year -= static_cast<int>(years);
  if (civil.month == 2 && civil.day == 29) civil.day = 28;
  return timestamp_from({.year = civil.year, .month = civil.month, .day = civil.day});
}

class Birthdate final : public Generator {
 public:
  Birthdate(Timestamp first, Timestamp last)
      : first_(first), seconds_(static_cast<std::uint64_t>((last.micros - first.micros) / kMicrosPerSecond) + 1) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    std::int64_t* values = out.make_ints();
    auto* draws = reinterpret_cast<std::uint64_t*>(values);
    stream.fill(rows, 0, draws);
    for (std::size_t k = 0; k < rows.count; ++k) {
      values[k] = first_.micros + static_cast<std::int64_t>(bounded(draws[k], seconds_)) * kMicrosPerSecond;
    }
  }

  [[nodiscard]] std::uint64_t domain() const override { return seconds_; }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) {
      values[k] = first_.micros + static_cast<std::int64_t>(numbers[k]) * kMicrosPerSecond;
    }
  }

 private:
  Timestamp first_;
  std::uint64_t seconds_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"min_age", ParameterType::Int, "1", "0 to max_age, in years", "least age today"},
    {"max_age", ParameterType::Int, "100", "at most 1000 years", "greatest age today"},
};
constexpr std::string_view kExamples[] = {"BirthdateGenerator", "BirthdateGenerator(min_age=18, max_age=67)"};

}  // namespace

extern const GeneratorDeclaration kBirthdateGenerator{
    .name = "BirthdateGenerator",
    .summary = "the date and time of birth of someone of a given age",
    .result = Type::DateTime,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const std::int64_t min = arguments.integer("min_age");
      const std::int64_t max = arguments.integer("max_age");
      if (min < 0 || min > max || max > 1000) {
        return fail("generator.argument", "min_age (" + std::to_string(min) + ") must be from 0 to max_age (" +
                                              std::to_string(max) + "), and that at most 1000");
      }
      const Timestamp first{years_before(environment.now, max + 1).micros + kMicrosPerDay};
      return std::make_unique<Birthdate>(first, years_before(environment.now, min));
    },
    .takes_rng = true,
};

}  // namespace mimus
