// Times of birth: uniform over the seconds at which someone was born whose age is in a closed range today, or of ages
// by a distribution.
#include <algorithm>
#include <cmath>

#include "generator/law.h"

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

// Ages in years by a law: a whole age, and the share of the year of life that has gone by since.
class BornByLaw final : public Generator {
 public:
  BornByLaw(Timestamp now, std::int64_t min, std::int64_t max, std::shared_ptr<const Law> law)
      : min_(min), ages_{static_cast<double>(min), static_cast<double>(max) + 1}, law_(std::move(law)) {
    for (std::int64_t age = min; age <= max + 1; ++age) birthdays_.push_back(years_before(now, age).micros);
  }

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) {
      Draws draws(stream, rows[k]);
      double age = draw_within(*law_, ages_, draws);
      if (law_->is_whole()) age += draws.fraction();
      const double whole = std::min(std::floor(age), ages_.most - 1);
      const auto at = static_cast<std::size_t>(static_cast<std::int64_t>(whole) - min_);
      // Someone of that age was born after the same day one year before.
      const std::int64_t seconds = (birthdays_[at] - birthdays_[at + 1] - kMicrosPerDay) / kMicrosPerSecond;
      const auto since = static_cast<std::int64_t>((age - whole) * static_cast<double>(seconds));
      values[k] = birthdays_[at] - std::min(since, seconds) * kMicrosPerSecond;
    }
  }

 private:
  std::int64_t min_;
  Bounds ages_;
  std::shared_ptr<const Law> law_;
  std::vector<std::int64_t> birthdays_;  // of someone who becomes min, min + 1 … today
};

constexpr ParameterDeclaration kParameters[] = {
    {"min_age", ParameterType::Int, "1", "0 to max_age, in years", "least age today"},
    {"max_age", ParameterType::Int, "100", "at most 1000 years", "greatest age today"},
    {"distribution", ParameterType::String, "", "as in DistributionGenerator, in years",
     "how old people are; otherwise each time of birth is as likely", true},
};
constexpr std::string_view kExamples[] = {"BirthdateGenerator", "BirthdateGenerator(min_age=18, max_age=67)",
                                          "BirthdateGenerator(min_age=18, distribution='normal(45, 15)')"};

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
      if (arguments.has("distribution")) {
        MIMUS_ASSIGN(std::shared_ptr<const Law> law, parse_law(arguments.text("distribution"), environment.read_file));
        MIMUS_TRY(check_within(*law, {static_cast<double>(min), static_cast<double>(max) + 1}));
        return std::make_unique<BornByLaw>(environment.now, min, max, std::move(law));
      }
      const Timestamp first{years_before(environment.now, max + 1).micros + kMicrosPerDay};
      return std::make_unique<Birthdate>(first, years_before(environment.now, min));
    },
    .takes_rng = true,
};

}  // namespace mimus
