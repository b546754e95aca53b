// statistics: means, medians and spreads, exact as Python's: sums are fractions of whole numbers, rounded once.
#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <numeric>

#include "script/big.h"
#include "script/errors.h"
#include "script/function.h"
#include "script/numbers.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

using boost::multiprecision::cpp_int;
using A = const CallArguments&;

// Numbers as whole multiples of 2^-shift.
struct Numbers {
  std::vector<cpp_int> whole;
  unsigned shift = 0;
  bool all_whole = true;  // no float among them
};

constexpr int kMantissaBits = 53;
constexpr int kLeastExponent = 1074;

Result<ValueList> data_of(A a, std::string_view function, std::size_t least) {
  MIMUS_ASSIGN(ValueList items, items_of(a.positional[0]));
  if (items.size() < least) {
    return value_error(std::string(function) + " requires at least " + (least == 1 ? "one" : "two") + " data point" +
                       (least == 1 ? "" : "s"));
  }
  return items;
}

Result<Numbers> numbers_of(const ValueList& items) {
  Numbers out;
  for (const Value& item : items) {
    if (const double* real = item.as_float()) {
      out.all_whole = false;
      out.shift = kLeastExponent;
      if (!std::isfinite(*real)) return not_covered("statistics of infinite numbers");
    } else if (item.as_int() == nullptr && item.as_big() == nullptr && item.as_bool() == nullptr) {
      return type_error("a number is needed, not " + std::string(type_name_of(item)));
    }
  }
  for (const Value& item : items) {
    if (const double* real = item.as_float()) {
      int exponent = 0;
      const double fraction = std::frexp(*real, &exponent);
      const cpp_int mantissa = static_cast<std::int64_t>(std::ldexp(fraction, kMantissaBits));
      const int shift = kLeastExponent + exponent - kMantissaBits;
      // Subnormal numbers have fewer bits: what is shifted out is 0.
      if (shift >= 0) {
        out.whole.emplace_back(mantissa << static_cast<unsigned>(shift));
      } else {
        out.whole.emplace_back(mantissa / (cpp_int(1) << static_cast<unsigned>(-shift)));
      }
    } else {
      const bool* truth = item.as_bool();
      const cpp_int whole = truth != nullptr ? cpp_int(*truth ? 1 : 0) : cpp_int(text_of(item));
      out.whole.emplace_back(whole << out.shift);
    }
  }
  return out;
}

Value value_of(const cpp_int& number) {
  if (number >= INT64_MIN && number <= INT64_MAX) return Value(static_cast<std::int64_t>(number));
  return Value(BigInteger{number.str()});
}

// A whole number where all numbers were and the division leaves nothing, else a float.
Result<Value> quotient(const cpp_int& above, const cpp_int& below, bool all_whole) {
  if (all_whole && above % below == 0) return value_of(above / below);
  return big_true_divide(value_of(above), value_of(below));
}

cpp_int sum_of(const Numbers& numbers) {
  return std::accumulate(numbers.whole.begin(), numbers.whole.end(), cpp_int(0));
}

Result<Value> mean(A a) {
  MIMUS_ASSIGN(const ValueList items, data_of(a, "mean", 1));
  MIMUS_ASSIGN(const Numbers numbers, numbers_of(items));
  return quotient(sum_of(numbers), cpp_int(items.size()) << numbers.shift, numbers.all_whole);
}

Result<Value> float_mean(A a) {
  MIMUS_ASSIGN(const ValueList items, data_of(a, "fmean", 1));
  MIMUS_ASSIGN(const Numbers numbers, numbers_of(items));
  // The sum is rounded before it is divided, as math.fsum does.
  MIMUS_ASSIGN(const Value sum, big_true_divide(value_of(sum_of(numbers)), value_of(cpp_int(1) << numbers.shift)));
  return Value(*sum.as_float() / static_cast<double>(items.size()));
}

Result<ValueList> sorted_data(A a, std::string_view function) {
  MIMUS_ASSIGN(ValueList items, data_of(a, function, 1));
  std::optional<Diagnostic> failure;
  std::ranges::stable_sort(items, [&](const Value& x, const Value& y) {
    if (failure) return false;
    const auto less = compare(Operator::Less, x, y);
    if (!less) failure = less.error();
    return less && *less;
  });
  if (failure) return fail(std::move(*failure));
  return items;
}

Result<Value> median(A a) {
  MIMUS_ASSIGN(const ValueList items, sorted_data(a, "median"));
  const std::size_t n = items.size();
  if (n % 2 == 1) return items[n / 2];
  MIMUS_ASSIGN(const Value sum, binary(Operator::Add, items[n / 2 - 1], items[n / 2]));
  return binary(Operator::Divide, sum, Value(std::int64_t{2}));
}

Result<Value> median_low(A a) {
  MIMUS_ASSIGN(const ValueList items, sorted_data(a, "median_low"));
  return items[(items.size() - 1) / 2];
}

Result<Value> median_high(A a) {
  MIMUS_ASSIGN(const ValueList items, sorted_data(a, "median_high"));
  return items[items.size() / 2];
}

// How often each value is there, in the order in which they come first.
std::vector<std::pair<Value, std::size_t>> frequencies(const ValueList& items) {
  std::vector<std::pair<Value, std::size_t>> out;
  for (const Value& item : items) {
    const auto known = std::ranges::find_if(out, [&](const auto& entry) { return is_equal(entry.first, item); });
    if (known == out.end()) {
      out.emplace_back(item, 1);
    } else {
      ++known->second;
    }
  }
  return out;
}

Result<Value> mode(A a) {
  MIMUS_ASSIGN(const ValueList items, data_of(a, "mode", 1));
  const auto counts = frequencies(items);
  return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
}

Result<Value> all_modes(A a) {
  MIMUS_ASSIGN(const ValueList items, data_of(a, "multimode", 0));
  const auto counts = frequencies(items);
  std::size_t most = 0;
  for (const auto& [value, count] : counts) most = std::max(most, count);
  ValueList out;
  for (const auto& [value, count] : counts) {
    if (count == most) out.push_back(value);
  }
  return Value::list(std::move(out));
}

// The mean square of the deviations: above / below.
struct Spread {
  cpp_int above, below;
  bool all_whole;
};

Result<Spread> spread_of(A a, std::string_view function, std::size_t lost) {
  if (a.positional.size() > 1 || !a.named.empty())
    return not_covered("the second argument of statistics." + std::string(function) + "()");
  MIMUS_ASSIGN(const ValueList items, data_of(a, function, lost + 1));
  MIMUS_ASSIGN(const Numbers numbers, numbers_of(items));
  const cpp_int n = items.size();
  const cpp_int sum = sum_of(numbers);
  cpp_int squares = 0;
  for (const cpp_int& number : numbers.whole) squares += number * number;
  Spread out{.above = n * squares - sum * sum,
             .below = (n * (n - lost)) << (2 * numbers.shift),
             .all_whole = numbers.all_whole};
  return out;
}

// The square root of a fraction, rounded once: to more bits than a float has, the last one set where something is left.
Result<Value> root_of(const Spread& spread) {
  if (spread.above == 0) return Value(0.0);
  constexpr int kBits = 120;  // of the fraction: half as many of its root
  const auto bits = [](const cpp_int& number) { return static_cast<int>(msb(number)) + 1; };
  const int shift = (bits(spread.above) - bits(spread.below) - kBits) / 2;
  cpp_int above = spread.above;
  cpp_int below = spread.below;
  (shift >= 0 ? below : above) <<= static_cast<unsigned>(2 * std::abs(shift));
  cpp_int root = sqrt(cpp_int(above / below));
  if (root * root * below != above) root |= 1;
  const cpp_int scale = cpp_int(1) << static_cast<unsigned>(std::abs(shift));
  return shift >= 0 ? big_true_divide(value_of(root * scale), Value(std::int64_t{1}))
                    : big_true_divide(value_of(root), value_of(scale));
}

Result<Value> variance(A a, std::string_view function, std::size_t lost) {
  MIMUS_ASSIGN(const Spread spread, spread_of(a, function, lost));
  return quotient(spread.above, spread.below, spread.all_whole);
}

Result<Value> deviation(A a, std::string_view function, std::size_t lost) {
  MIMUS_ASSIGN(const Spread spread, spread_of(a, function, lost));
  return root_of(spread);
}

constexpr std::array kFunctions{
    Function{"statistics.mean", 1, 1, mean},
    Function{"statistics.fmean", 1, 1, float_mean},
    Function{"statistics.median", 1, 1, median},
    Function{"statistics.median_low", 1, 1, median_low},
    Function{"statistics.median_high", 1, 1, median_high},
    Function{"statistics.mode", 1, 1, mode},
    Function{"statistics.multimode", 1, 1, all_modes},
    Function{"statistics.variance", 1, 2, [](A a) { return variance(a, "variance", 1); }},
    Function{"statistics.pvariance", 1, 2, [](A a) { return variance(a, "pvariance", 0); }},
    Function{"statistics.stdev", 1, 2, [](A a) { return deviation(a, "stdev", 1); }},
    Function{"statistics.pstdev", 1, 2, [](A a) { return deviation(a, "pstdev", 0); }},
};

}  // namespace

std::span<const Function> statistics_functions() { return kFunctions; }

}  // namespace mimus::script
