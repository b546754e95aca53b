// Points in time: a constant, the run's clock, or uniform over whole seconds of a closed window.
#include "base/date_format.h"
#include "generator/generator.h"

namespace mimus {
namespace {

// Without both bounds the window spans fifty years: int(365.25 * 50) days.
constexpr std::int64_t kSpanMicros = 18262 * kMicrosPerDay;

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

class Uniform final : public Generator {
 public:
  Uniform(Timestamp min, Timestamp max, std::optional<Stream> own)
      : min_(min), seconds_(static_cast<std::uint64_t>((max.micros - min.micros) / kMicrosPerSecond) + 1), own_(own) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::DateTime, rows.count);
    std::int64_t* values = out.make_ints();
    auto* draws = reinterpret_cast<std::uint64_t*>(values);
    (own_ ? *own_ : stream).fill(rows, 0, draws);
    for (std::size_t k = 0; k < rows.count; ++k) {
      values[k] = min_.micros + static_cast<std::int64_t>(bounded(draws[k], seconds_)) * kMicrosPerSecond;
    }
  }

 private:
  Timestamp min_;
  std::uint64_t seconds_;
  std::optional<Stream> own_;  // with `seed`: the same sequence wherever it stands
};

constexpr ParameterDeclaration kParameters[] = {
    {"min", ParameterType::String, "", "", "earliest time; alone: fifty years from there", true},
    {"max", ParameterType::String, "", "at least min", "latest time; alone: fifty years up to there", true},
    {"value", ParameterType::String, "", "", "exactly this time", true},
    {"random", ParameterType::Bool, "", "", "a random time, also without min and max", true},
    {"random_mode", ParameterType::Bool, "", "", "the same as random, and stronger", true},
    {"input_format", ParameterType::String, "%Y-%m-%d %H:%M:%S", "strptime codes", "format of min, max and value"},
    {"seed", ParameterType::Int, "", "", "same seed, same sequence", true},
};
constexpr std::string_view kExamples[] = {
    "DateTimeGenerator", "DateTimeGenerator(min='2020-01-01 00:00:00', max='2024-12-31 23:59:59', random=True)",
    "DateTimeGenerator(value='2026-01-01', input_format='%Y-%m-%d')"};

Result<Timestamp> read_time(const Arguments& arguments, std::string_view name, const DateFormat& format) {
  auto time = format.parse(arguments.text(name));
  if (!time) {
    return fail("generator.argument", std::string(name) + ": " + time.error().message, "input_format tells the format");
  }
  return *time;
}

Result<std::unique_ptr<Generator>> make_window(const Arguments& arguments, const DateFormat& format) {
  Timestamp min{0};
  Timestamp max{kSpanMicros};
  if (arguments.has("min")) {
    MIMUS_ASSIGN(min, read_time(arguments, "min", format));
    max = {min.micros + kSpanMicros};
  }
  if (arguments.has("max")) {
    MIMUS_ASSIGN(max, read_time(arguments, "max", format));
    if (!arguments.has("min")) min = {max.micros - kSpanMicros};
  }
  if (max < min) return fail("generator.argument", "min must not be after max");
  std::optional<Stream> own;
  if (arguments.has("seed")) own = Stream(static_cast<std::uint64_t>(arguments.integer("seed")), "DateTimeGenerator");
  return std::make_unique<Uniform>(min, max, own);
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
      if (random) return make_window(arguments, format);
      return std::make_unique<Constant>(environment.now);
    },
    .keywords_only = true,
};

}  // namespace mimus
