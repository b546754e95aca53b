// Dates and times, and seconds since 1970-01-01 in the run's zone.
#include <cmath>

#include "base/time.h"
#include "converter/scalar.h"

namespace mimus {
namespace {

// Years 1 to 9999, as Python's.
constexpr std::int64_t kLeast = -62'135'596'800;
constexpr std::int64_t kGreatest = 253'402'300'799;

class ToDate final : public ScalarConverter {
 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override {
    double seconds = 0;
    if (const auto* integer = value.as_int()) {
      if (*integer < kLeast || *integer > kGreatest) return out_of_range(value);
      return Value(Timestamp{*integer * kMicrosPerSecond});
    }
    if (const double* real = value.as_float()) {
      seconds = *real;
    } else if (const bool* truth = value.as_bool()) {
      seconds = *truth ? 1 : 0;
    } else {
      return refuse_value("Timestamp2Date", "a number of seconds", value);
    }
    if (!(seconds >= static_cast<double>(kLeast) && seconds <= static_cast<double>(kGreatest)))
      return out_of_range(value);
    return Value(Timestamp{static_cast<std::int64_t>(std::nearbyint(seconds * 1e6))});
  }

  [[nodiscard]] bool convert_flat(Column& column, std::optional<RowFailure>& failure) const override {
    if (column.type != Type::Int64) return false;
    for (std::size_t k = 0; k < column.size; ++k) {
      if (!column.is_present(k)) continue;
      const std::int64_t seconds = column.ints[k];
      if (seconds < kLeast || seconds > kGreatest) {
        failure = RowFailure{k, out_of_range(Value(seconds)).error()};
        return true;
      }
      column.ints[k] = seconds * kMicrosPerSecond;
    }
    column.type = Type::DateTime;
    column.is_written = true;
    return true;
  }

 private:
  static std::unexpected<Diagnostic> out_of_range(const Value& value) {
    return refuse_value("Timestamp2Date", "seconds of the years 1 to 9999", value);
  }
};

class ToTimestamp final : public ScalarConverter {
 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override {
    const Timestamp* time = value.as_time();
    if (time == nullptr) return refuse_value("Date2Timestamp", "a date and time", value);
    return Value(time->micros / kMicrosPerSecond);
  }

  [[nodiscard]] bool convert_flat(Column& column, std::optional<RowFailure>&) const override {
    if (column.type != Type::DateTime) return false;
    for (std::int64_t& value : column.ints) value /= kMicrosPerSecond;
    column.type = Type::Int64;
    column.is_written = true;
    return true;
  }
};

constexpr ConverterExample kToTimestampExamples[] = {{"Date2Timestamp", "'2024-05-06T07:08:09Z'", "1714979289"}};
constexpr ConverterExample kToDateExamples[] = {{"Timestamp2Date", "1714979289", "'2024-05-06T07:08:09Z'"}};

}  // namespace

extern const ConverterDeclaration kTimestamp2Date{
    .name = "Timestamp2Date",
    .summary = "seconds since 1970 as a date and time",
    .takes = "number",
    .gives = "date and time",
    .parameters = {},
    .examples = kToDateExamples,
    .make = [](const Arguments&, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      return std::make_unique<ToDate>();
    },
};

extern const ConverterDeclaration kDate2Timestamp{
    .name = "Date2Timestamp",
    .summary = "a date and time as whole seconds since 1970",
    .takes = "date and time",
    .gives = "number",
    .parameters = {},
    .examples = kToTimestampExamples,
    .make = [](const Arguments&, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      return std::make_unique<ToTimestamp>();
    },
};

}  // namespace mimus
