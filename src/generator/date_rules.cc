#include "generator/date_rules.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/time.h"
#include "generator/text.h"
#include "script/evaluate.h"
#include "script/parse.h"

namespace mimus {
namespace {

std::unexpected<Diagnostic> wrong(std::string message, std::string hint = {}) {
  return fail("generator.argument", std::move(message), std::move(hint));
}

class NoNames final : public script::Names {
 public:
  [[nodiscard]] std::optional<Value> find(std::string_view) const override { return std::nullopt; }
};

// The weights as they are given: a list, or the text of an expression that gives one.
Result<std::vector<double>> given_weights(const Arguments& arguments, std::string_view name) {
  Value value = arguments.value(name);
  if (const std::string* text = value.as_text()) {
    MIMUS_ASSIGN(const script::NodePtr tree, script::parse_expression(*text));
    MIMUS_ASSIGN(value, script::evaluate(*tree, {.names = NoNames(), .now = {}}));
  }
  const ValueList* items = value.as_list() != nullptr ? value.as_list() : value.as_tuple();
  if (items == nullptr) return wrong(std::string(name) + " must be a list of numbers");
  std::vector<double> out;
  for (const Value& item : *items) {
    if (const auto* integer = item.as_int()) {
      out.push_back(static_cast<double>(*integer));
    } else if (const double* real = item.as_float()) {
      out.push_back(*real);
    } else {
      return wrong(std::string(name) + " must be a list of numbers");
    }
  }
  return out;
}

Result<WeightTable> table_of(std::string_view name, const std::vector<double>& weights, std::size_t count) {
  if (weights.size() != count) {
    return wrong(std::string(name) + " must have length " + std::to_string(count) + ", but has " +
                 std::to_string(weights.size()));
  }
  double sum = 0;
  for (const double weight : weights) {
    if (!(weight >= 0) || !std::isfinite(weight)) return wrong(std::string(name) + " must be finite and non-negative");
    sum += weight;
  }
  if (!(sum > 0)) return wrong(std::string(name) + " must not sum to zero");
  return WeightTable(weights);
}

Result<std::optional<WeightTable>> weights_of(const Arguments& arguments, std::string_view name, std::size_t count) {
  if (!arguments.has(name)) return std::nullopt;
  MIMUS_ASSIGN(const std::vector<double> weights, given_weights(arguments, name));
  MIMUS_ASSIGN(WeightTable table, table_of(name, weights, count));
  return std::optional(std::move(table));
}

// "a", or "a-b" as two numbers.
Result<std::pair<int, int>> range_of(std::string_view word, int least, int most, std::string_view name) {
  const auto dash = word.find('-', 1);
  const auto first = parse_int(trim(word.substr(0, dash)));
  const auto last = dash == std::string_view::npos ? first : parse_int(trim(word.substr(dash + 1)));
  if (!first || !last) {
    return wrong(std::string(name) + ": '" + std::string(word.substr(0, 40)) +
                 "' is no number and no range of numbers");
  }
  for (const std::int64_t value : {*first, *last}) {
    if (value < least || value > most) {
      return wrong(std::string(name) + ": value " + std::to_string(value) + " out of bounds [" + std::to_string(least) +
                   "," + std::to_string(most) + "]");
    }
  }
  return std::pair(static_cast<int>(std::min(*first, *last)), static_cast<int>(std::max(*first, *last)));
}

using Months = std::array<bool, 12>;

Result<Months> months_of(const Arguments& arguments, std::string_view name) {
  Months out{};
  for (const std::string& word : arguments.words(name)) {
    if (word.size() == 2 && (word[0] == 'Q' || word[0] == 'q') && word[1] >= '1' && word[1] <= '4') {
      const int start = (word[1] - '1') * 3;
      for (int k = 0; k < 3; ++k) out[static_cast<std::size_t>(start + k)] = true;
      continue;
    }
    MIMUS_ASSIGN(const auto range, range_of(word, 1, 12, name));
    for (int month = range.first; month <= range.second; ++month) out[static_cast<std::size_t>(month - 1)] = true;
  }
  return out;
}

template <std::size_t N>
std::vector<double> as_weights(const std::array<bool, N>& allowed) {
  return {allowed.begin(), allowed.end()};
}

Result<std::optional<WeightTable>> read_months(const Arguments& arguments) {
  std::optional<Months> included, excluded;
  if (arguments.has("months")) {
    MIMUS_ASSIGN(included, months_of(arguments, "months"));
  }
  if (arguments.has("months_exclude")) {
    MIMUS_ASSIGN(excluded, months_of(arguments, "months_exclude"));
  }
  if (arguments.has("month_weights") || (!included && !excluded)) return weights_of(arguments, "month_weights", 12);
  Months allowed{};
  for (std::size_t k = 0; k < 12; ++k) allowed[k] = (!included || (*included)[k]) && (!excluded || !(*excluded)[k]);
  MIMUS_ASSIGN(WeightTable table, table_of("month_weights", as_weights(allowed), 12));
  return std::optional(std::move(table));
}

using Weekdays = std::array<bool, 7>;

std::optional<int> weekday_of(std::string_view word) {
  constexpr std::array<std::string_view, 7> kNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const auto* known = std::ranges::find(kNames, word);
  return known == kNames.end() ? std::nullopt : std::optional(static_cast<int>(known - kNames.begin()));
}

Status add_weekdays(const std::string& given, Weekdays& out) {
  const std::string word = lower_ascii(given);
  const auto set = [&](int first, int last) {
    for (int day = first;; day = (day + 1) % 7) {
      out[static_cast<std::size_t>(day)] = true;
      if (day == last) return;
    }
  };
  if (word == "weekend") {
    set(5, 6);
  } else if (word == "weekdays" || word == "business" || word == "workdays") {
    set(0, 4);
  } else if (word == "all") {
    set(0, 6);
  } else if (word.size() == 1 && word[0] >= '0' && word[0] <= '6') {
    set(word[0] - '0', word[0] - '0');
  } else {
    const auto dash = word.find('-');
    const auto first = weekday_of(trim(std::string_view(word).substr(0, dash)));
    const auto last = dash == std::string::npos ? first : weekday_of(trim(std::string_view(word).substr(dash + 1)));
    if (!first || !last) {
      return wrong("weekdays: '" + word.substr(0, 40) + "' is no day of the week",
                   "mon to sun, ranges as fri-mon, 0 to 6, weekend, weekdays, business, workdays, all");
    }
    set(*first, *last);
  }
  return {};
}

Result<std::optional<WeightTable>> read_weekdays(const Arguments& arguments) {
  Weekdays allowed{};
  if (arguments.has("weekdays")) {
    for (const std::string& word : arguments.words("weekdays")) MIMUS_TRY(add_weekdays(word, allowed));
  }
  if (arguments.has("weekday_weights") || !arguments.has("weekdays"))
    return weights_of(arguments, "weekday_weights", 7);
  MIMUS_ASSIGN(WeightTable table, table_of("weekday_weights", as_weights(allowed), 7));
  return std::optional(std::move(table));
}

Result<std::optional<MonthDays>> read_month_days(const Arguments& arguments) {
  if (!arguments.has("dom")) return std::nullopt;
  MonthDays out;
  for (const std::string& word : arguments.words("dom")) {
    if (lower_ascii(word) == "last") {
      out.last = true;
      continue;
    }
    MIMUS_ASSIGN(const auto range, range_of(word, 1, 31, "dom"));
    for (int day = range.first; day <= range.second; ++day) out.allowed[static_cast<std::size_t>(day)] = true;
  }
  return std::optional(out);
}

Result<std::optional<WeightTable>> read_hours(const Arguments& arguments) {
  if (arguments.has("hour_weights") || !arguments.has("hours_preset")) {
    return weights_of(arguments, "hour_weights", 24);
  }
  const std::string preset = lower_ascii(arguments.text("hours_preset"));
  std::vector<double> weights(24, 0);
  if (preset == "flat" || preset.empty()) return std::nullopt;
  for (std::size_t hour = 0; hour < 24; ++hour) {
    if (preset == "office") {
      weights[hour] = hour >= 9 && hour <= 17 ? 1.0 : 0.1;
    } else if (preset == "night") {
      weights[hour] = hour >= 22 || hour <= 5 ? 1.0 : 0.0;
    } else {
      return wrong("unknown hours_preset '" + preset.substr(0, 40) + "'", "allowed: office, night, flat");
    }
  }
  return std::optional(WeightTable(weights));
}

Result<std::optional<WeightTable>> read_sixtieths(const Arguments& arguments, std::string_view weights,
                                                  std::string_view granularity) {
  if (arguments.has(weights) || !arguments.has(granularity)) return weights_of(arguments, weights, 60);
  const std::int64_t step = arguments.integer(granularity);
  if (step < 1 || step > 60)
    return wrong(std::string(granularity) + " must be in 1..60, but is " + std::to_string(step));
  std::vector<double> out(60, 0);
  for (std::size_t k = 0; k < 60; k += static_cast<std::size_t>(step)) out[k] = 1;
  return std::optional(WeightTable(out));
}

}  // namespace

WeightTable::WeightTable(const std::vector<double>& weights) {
  sums_.reserve(weights.size() + 1);
  sums_.push_back(0);
  for (const double weight : weights) {
    sums_.push_back(sums_.back() + weight);
    most_ = std::max(most_, weight);
  }
}

int WeightTable::pick(int first, int last, double fraction) const {
  const double low = sums_[static_cast<std::size_t>(first)];
  const double high = sums_[static_cast<std::size_t>(last) + 1];
  if (!(high > low)) return first + static_cast<int>(fraction * (last - first + 1));
  const double at = low + fraction * (high - low);
  const auto begin = sums_.begin() + first + 1;
  const auto found = std::upper_bound(begin, sums_.begin() + last + 1, at);
  int index = first + static_cast<int>(found - begin);
  // Rounding may lead beyond the last one that weighs anything.
  while (index > first && !(weight(index) > 0)) --index;
  return index;
}

double DateRules::weight_of_day(std::int64_t day) const {
  const Civil civil = civil_from({day * kMicrosPerDay});
  double weight = months ? months->weight(civil.month - 1) : 1;
  if (weekdays) weight *= weekdays->weight(static_cast<int>(((day + 3) % 7 + 7) % 7));
  if (days) weight *= days->weight(civil.day - 1);
  if (month_days && !month_days->allowed[static_cast<std::size_t>(civil.day)] &&
      !(month_days->last && civil.day == days_in_month(civil.year, civil.month))) {
    return 0;
  }
  return weight;
}

double DateRules::most_of_days() const {
  return (months ? months->most() : 1) * (weekdays ? weekdays->most() : 1) * (days ? days->most() : 1);
}

Result<DateRules> read_date_rules(const Arguments& arguments) {
  DateRules out;
  MIMUS_ASSIGN(out.months, read_months(arguments));
  MIMUS_ASSIGN(out.weekdays, read_weekdays(arguments));
  MIMUS_ASSIGN(out.days, weights_of(arguments, "dom_weights", 31));
  MIMUS_ASSIGN(out.month_days, read_month_days(arguments));
  MIMUS_ASSIGN(out.hours, read_hours(arguments));
  MIMUS_ASSIGN(out.minutes, read_sixtieths(arguments, "minute_weights", "minute_granularity"));
  MIMUS_ASSIGN(out.seconds, read_sixtieths(arguments, "second_weights", "second_granularity"));
  return out;
}

}  // namespace mimus
