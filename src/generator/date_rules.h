// Which days and times of day a random date and time may have, and how likely each is: the weights of DateTimeGenerator
// and the words that stand for them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "descriptor/parameters.h"

namespace mimus {

// Weights of 0 … n-1, none negative, with a positive sum.
class WeightTable {
 public:
  explicit WeightTable(const std::vector<double>& weights);

  // One of first … last by weight, from a number of [0, 1); each as likely where all of them weigh nothing.
  [[nodiscard]] int pick(int first, int last, double fraction) const;
  [[nodiscard]] double weight(int index) const {
    return sums_[static_cast<std::size_t>(index) + 1] - sums_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] double most() const { return most_; }  // of all weights

 private:
  std::vector<double> sums_;  // of the weights before each
  double most_ = 0;
};

// Days of a month: numbers, and the last one.
struct MonthDays {
  std::array<bool, 32> allowed{};
  bool last = false;
};

struct DateRules {
  std::optional<WeightTable> months;    // 0: January
  std::optional<WeightTable> weekdays;  // 0: Monday
  std::optional<WeightTable> days;      // 0: the first of the month
  std::optional<MonthDays> month_days;
  std::optional<WeightTable> hours, minutes, seconds;

  [[nodiscard]] bool has_days() const { return months || weekdays || days || month_days; }
  [[nodiscard]] bool has_times() const { return hours || minutes || seconds; }
  // Of a day since 1970-01-01; 0: never.
  [[nodiscard]] double weight_of_day(std::int64_t day) const;
  // What no day weighs more than.
  [[nodiscard]] double most_of_days() const;
};

// The parameters *_weights, months, months_exclude, weekdays, dom, hours_preset and *_granularity. Fails with
// generator.argument.
[[nodiscard]] Result<DateRules> read_date_rules(const Arguments& arguments);

}  // namespace mimus
