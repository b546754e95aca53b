// Points in time: a constant, the run's clock, or random in a closed window of whole seconds: uniform, by a
// distribution over the window, or by weights of months, days, hours, minutes and seconds.
#include <algorithm>
#include <cmath>

#include "base/date_format.h"
#include "generator/date_rules.h"
#include "generator/generator.h"
#include "generator/law.h"
#include "random/alias.h"
#include "random/draws.h"

namespace mimus {
namespace {

// Without both bounds the window spans fifty years: int(365.25 * 50) days.
constexpr std::int64_t kSpanMicros = 18262 * kMicrosPerDay;
constexpr std::int64_t kSecondsPerDay = 86'400;

class Constant final : public Generator {
 public:
  explicit Constant(Timestamp time) : time_(time) {}

  void generate(const Rows& rows, const Stream&, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    out.form = Form::Constant;
    out.ints.assign(1, time_.micros);
  }

 private:
  Timestamp time_;
};

struct Window {
  Timestamp min, max;
  bool has_min = false, has_max = false;  // given, so that times of day keep within it too

  [[nodiscard]] std::uint64_t seconds() const {
    return static_cast<std::uint64_t>((max.micros - min.micros) / kMicrosPerSecond) + 1;
  }
};

// Of its day.
std::int64_t second_of(Timestamp time) { return (time.micros - day_of(time) * kMicrosPerDay) / kMicrosPerSecond; }

class Uniform final : public Generator {
 public:
  Uniform(const Window& window, std::optional<Stream> own) : min_(window.min), seconds_(window.seconds()), own_(own) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    std::int64_t* values = out.make_ints();
    auto* draws = reinterpret_cast<std::uint64_t*>(values);
    (own_ ? *own_ : stream).fill(rows, 0, draws);
    for (std::size_t k = 0; k < rows.count; ++k) {
      values[k] = min_.micros + static_cast<std::int64_t>(bounded(draws[k], seconds_)) * kMicrosPerSecond;
    }
  }

  [[nodiscard]] std::uint64_t domain() const override { return seconds_; }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) {
      values[k] = min_.micros + static_cast<std::int64_t>(numbers[k]) * kMicrosPerSecond;
    }
  }

 private:
  Timestamp min_;
  std::uint64_t seconds_;
  std::optional<Stream> own_;  // with `seed`: the same sequence wherever it stands
};

// Times of day by weights, within a window.
class TimesOfDay {
 public:
  TimesOfDay(const Window& window, DateRules rules) : window_(window), rules_(std::move(rules)) {}

  // Seconds of the day.
  [[nodiscard]] std::int64_t draw(std::int64_t day, Draws& draws) const {
    const Limits limits = limits_of(day);
    return draw_in_hour(pick(rules_.hours, part(limits.low, 3600, 24), part(limits.high, 3600, 24), draws), limits,
                        draws);
  }
  // The same, of an hour that is known.
  [[nodiscard]] std::int64_t draw_in_hour(std::int64_t day, int hour, Draws& draws) const {
    return draw_in_hour(hour, limits_of(day), draws);
  }
  [[nodiscard]] const DateRules& rules() const { return rules_; }

 private:
  struct Limits {
    std::int64_t low, high;
  };

  [[nodiscard]] Limits limits_of(std::int64_t day) const {
    return {window_.has_min && day == day_of(window_.min) ? second_of(window_.min) : 0,
            window_.has_max && day == day_of(window_.max) ? second_of(window_.max) : kSecondsPerDay - 1};
  }
  static int part(std::int64_t seconds, std::int64_t unit, std::int64_t of) {
    return static_cast<int>(seconds / unit % of);
  }

  [[nodiscard]] std::int64_t draw_in_hour(int hour, const Limits& limits, Draws& draws) const {
    const auto [low, high] = limits;
    const bool at_low = hour == part(low, 3600, 24);
    const bool at_high = hour == part(high, 3600, 24);
    const int minute = pick(rules_.minutes, at_low ? part(low, 60, 60) : 0, at_high ? part(high, 60, 60) : 59, draws);
    const int second = pick(rules_.seconds, at_low && minute == part(low, 60, 60) ? part(low, 1, 60) : 0,
                            at_high && minute == part(high, 60, 60) ? part(high, 1, 60) : 59, draws);
    return hour * 3600 + minute * 60 + second;
  }

  static int pick(const std::optional<WeightTable>& table, int first, int last, Draws& draws) {
    if (!table) return static_cast<int>(draws.between(first, last));
    return table->pick(first, last, draws.fraction());
  }

  Window window_;
  DateRules rules_;
};

// By a law whose 0 … 1 is the window, and by the weights of days and hours, which are its seasons: what the law gives
// is taken as often as its day and hour weigh (rejection; J. von Neumann, 1951). Weights of minutes and seconds are
// those within the hour.
class Distributed final : public Generator {
 public:
  Distributed(const Window& window, std::shared_ptr<const Law> law, DateRules rules, std::optional<Stream> own)
      : min_(window.min),
        seconds_(window.seconds()),
        times_(window, std::move(rules)),
        law_(std::move(law)),
        own_(own) {
    const DateRules& given = times_.rules();
    most_ = given.most_of_days() * (given.hours ? given.hours->most() : 1);
  }

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) {
      Draws draws(own_ ? *own_ : stream, rows[k]);
      values[k] = time(draws);
    }
  }

  // Fails with generator.argument when the weights leave hardly any time of the law.
  [[nodiscard]] Status check() const {
    constexpr std::uint64_t kTries = 20'000;
    constexpr int kEnough = 20;
    const Stream stream(0, "check");
    int taken = 0;
    for (std::uint64_t row = 0; row < kTries && taken < kEnough; ++row) {
      Draws draws(stream, {row, 0});
      taken += is_taken(by_law(draws), draws) ? 1 : 0;
    }
    if (taken >= kEnough || law_->is_unread()) return {};
    return fail("generator.argument", "the weights leave hardly any time of the distribution",
                "fewer than one in a thousand; widen months, weekdays, dom, or their weights, or the distribution");
  }

 private:
  static constexpr int kMostTries = 100'000;

  [[nodiscard]] std::int64_t by_law(Draws& draws) const {
    const double place = draw_within(*law_, {0, 1}, draws);
    const auto second = static_cast<std::uint64_t>(place * static_cast<double>(seconds_));
    return min_.micros + static_cast<std::int64_t>(std::min(second, seconds_ - 1)) * kMicrosPerSecond;
  }

  [[nodiscard]] bool is_taken(std::int64_t micros, Draws& draws) const {
    const DateRules& rules = times_.rules();
    if (!rules.has_days() && !rules.hours) return true;
    double weight = rules.has_days() ? rules.weight_of_day(day_of({micros})) : 1;
    if (rules.hours) weight *= rules.hours->weight(static_cast<int>(second_of({micros}) / 3600));
    return draws.fraction() * most_ < weight;
  }

  [[nodiscard]] std::int64_t time(Draws& draws) const {
    std::int64_t micros = by_law(draws);
    for (int k = 0; k < kMostTries && !is_taken(micros, draws); ++k) micros = by_law(draws);
    if (!times_.rules().minutes && !times_.rules().seconds) return micros;
    const std::int64_t day = day_of({micros});
    const auto hour = static_cast<int>(second_of({micros}) / 3600);
    return day * kMicrosPerDay + times_.draw_in_hour(day, hour, draws) * kMicrosPerSecond;
  }

  Timestamp min_;
  std::uint64_t seconds_;
  TimesOfDay times_;
  std::shared_ptr<const Law> law_;
  std::optional<Stream> own_;
  double most_ = 1;
};

class Weighted final : public Generator {
 public:
  // `days`: those that weigh something, and their weights; empty: the day of a uniform second.
  Weighted(const Window& window, DateRules rules, std::vector<std::int32_t> days, const std::vector<double>& weights,
           std::optional<Stream> own)
      : window_(window), times_(window, std::move(rules)), days_(std::move(days)), own_(own) {
    if (!days_.empty()) table_.emplace(weights);
  }

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) {
      Draws draws(own_ ? *own_ : stream, rows[k]);
      std::int64_t day = 0;
      if (table_) {
        day = days_[table_->pick(draws.next())];
      } else {
        const auto offset = static_cast<std::int64_t>(draws.below(window_.seconds()));
        day = day_of({window_.min.micros + offset * kMicrosPerSecond});
      }
      values[k] = day * kMicrosPerDay + times_.draw(day, draws) * kMicrosPerSecond;
    }
  }

 private:
  Window window_;
  TimesOfDay times_;
  std::vector<std::int32_t> days_;
  std::optional<AliasTable> table_;
  std::optional<Stream> own_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"min", ParameterType::String, "", "", "earliest time; alone: fifty years from there", true},
    {"max", ParameterType::String, "", "at least min", "latest time; alone: fifty years up to there", true},
    {"value", ParameterType::String, "", "", "exactly this time", true},
    {"random", ParameterType::Bool, "", "", "a random time, also without min and max", true},
    {"random_mode", ParameterType::Bool, "", "", "the same as random, and stronger", true},
    {"input_format", ParameterType::String, "%Y-%m-%d %H:%M:%S", "strptime codes", "format of min, max and value"},
    {"hour_weights", ParameterType::Any, "", "24 numbers", "weights of the hours", true},
    {"minute_weights", ParameterType::Any, "", "60 numbers", "weights of the minutes", true},
    {"second_weights", ParameterType::Any, "", "60 numbers", "weights of the seconds", true},
    {"month_weights", ParameterType::Any, "", "12 numbers", "weights of the months", true},
    {"weekday_weights", ParameterType::Any, "", "7 numbers", "weights of the days of the week, from Monday", true},
    {"dom_weights", ParameterType::Any, "", "31 numbers", "weights of the days of the month", true},
    {"months", ParameterType::Words, "", "1 to 12, 3-5, Q1 to Q4, separated by commas", "only these months", true},
    {"months_exclude", ParameterType::Words, "", "as months", "none of these months", true},
    {"weekdays", ParameterType::Words, "", "mon to sun, fri-mon, 0 to 6, weekend, weekdays, all", "only these days",
     true},
    {"dom", ParameterType::Words, "", "1 to 31, 1-15, last", "only these days of the month", true},
    {"hours_preset", ParameterType::String, "", "office, night, flat", "weights of the hours by a name", true},
    {"minute_granularity", ParameterType::Int, "", "1 to 60", "minutes are multiples of it", true},
    {"second_granularity", ParameterType::Int, "", "1 to 60", "seconds are multiples of it", true},
    {"seed", ParameterType::Int, "", "", "same seed, same sequence", true},
    {"distribution", ParameterType::String, "", "as in DistributionGenerator, from 0 to 1",
     "where in the window times lie; the weights are its seasons", true},
};
constexpr std::string_view kExamples[] = {
    "DateTimeGenerator",
    "DateTimeGenerator(min='2020-01-01 00:00:00', max='2024-12-31 23:59:59', random=True)",
    "DateTimeGenerator(value='2026-01-01', input_format='%Y-%m-%d')",
    "DateTimeGenerator(min='2024-01-01 00:00:00', weekdays='business', hours_preset='office', minute_granularity=15)",
    "DateTimeGenerator(random=True, months='Q1,7', dom='last', seed=4)",
    "DateTimeGenerator(min='2024-01-01 00:00:00', max='2024-12-31 00:00:00', distribution='triangular(0, 1, 0.9)')",
    "DateTimeGenerator(min='2024-01-01 00:00:00', distribution='beta(2, 2)', weekdays='business', "
    "hours_preset='office')"};

Result<Timestamp> read_time(const Arguments& arguments, std::string_view name, const DateFormat& format) {
  auto time = format.parse(arguments.text(name));
  if (!time) {
    return fail("generator.argument", std::string(name) + ": " + time.error().message, "input_format tells the format");
  }
  return *time;
}

Result<Window> read_window(const Arguments& arguments, const DateFormat& format) {
  Window out{.min = {0}, .max = {kSpanMicros}, .has_min = arguments.has("min"), .has_max = arguments.has("max")};
  if (out.has_min) {
    MIMUS_ASSIGN(out.min, read_time(arguments, "min", format));
    out.max = {out.min.micros + kSpanMicros};
  }
  if (out.has_max) {
    MIMUS_ASSIGN(out.max, read_time(arguments, "max", format));
    if (!out.has_min) out.min = {out.max.micros - kSpanMicros};
  }
  if (out.max < out.min) return fail("generator.argument", "min must not be after max");
  return out;
}

Result<std::unique_ptr<Generator>> make_random(const Arguments& arguments, const DateFormat& format, DateRules rules,
                                               const ReadFile& read_file) {
  MIMUS_ASSIGN(const Window window, read_window(arguments, format));
  std::optional<Stream> own;
  if (arguments.has("seed")) own = Stream(static_cast<std::uint64_t>(arguments.integer("seed")), "DateTimeGenerator");
  if (arguments.has("distribution")) {
    MIMUS_ASSIGN(std::shared_ptr<const Law> law, parse_law(arguments.text("distribution"), read_file));
    MIMUS_TRY(check_within(*law, {0, 1}));
    auto made = std::make_unique<Distributed>(window, std::move(law), std::move(rules), own);
    MIMUS_TRY(made->check());
    return made;
  }
  if (!rules.has_days() && !rules.has_times()) return std::make_unique<Uniform>(window, own);
  std::vector<std::int32_t> days;
  std::vector<double> weights;
  if (rules.has_days()) {
    for (std::int64_t day = day_of(window.min); day <= day_of(window.max); ++day) {
      const double weight = rules.weight_of_day(day);
      if (!(weight > 0)) continue;
      days.push_back(static_cast<std::int32_t>(day));
      weights.push_back(weight);
    }
    if (days.empty()) {
      return fail("generator.argument", "no day between min and max has a positive weight",
                  "look at months, weekdays, dom and their weights");
    }
  }
  return std::make_unique<Weighted>(window, std::move(rules), std::move(days), weights, own);
}

}  // namespace

extern const GeneratorDeclaration kDateTimeGenerator{
    .name = "DateTimeGenerator",
    .summary = "a date and time: random in a window, a constant, or the run's clock",
    .result = Type::DateTime,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      MIMUS_ASSIGN(const DateFormat format, DateFormat::compile(arguments.text("input_format")));
      MIMUS_ASSIGN(DateRules rules, read_date_rules(arguments));
      if (arguments.has("value") && !arguments.text("value").empty()) {
        MIMUS_ASSIGN(const Timestamp time, read_time(arguments, "value", format));
        return std::make_unique<Constant>(time);
      }
      bool random = arguments.has("min") || arguments.has("max");
      if (arguments.has("random_mode")) {
        random = random || arguments.boolean("random_mode");
      } else if (arguments.has("random")) {
        random = random || arguments.boolean("random");
      }
      if (random) return make_random(arguments, format, std::move(rules), environment.read_file);
      return std::make_unique<Constant>(environment.now);
    },
    .keywords_only = true,
};

}  // namespace mimus
