#include "script/durations.h"

#include <cmath>

#include "script/big.h"
#include "script/errors.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

bool is_whole(const Value& value) {
  return value.as_int() != nullptr || value.as_bool() != nullptr || value.as_big() != nullptr;
}

// a / b as the nearest whole number, half to even; b is not zero.
Result<Value> divide_to_nearest(const Value& a, const Value& b) {
  MIMUS_ASSIGN(const Value quotient, binary(Operator::FloorDivide, a, b));
  MIMUS_ASSIGN(const Value rest, binary(Operator::Modulo, a, b));
  MIMUS_ASSIGN(const Value twice, binary(Operator::Multiply, rest, Value(std::int64_t{2})));
  MIMUS_ASSIGN(const Value odd, binary(Operator::Modulo, quotient, Value(std::int64_t{2})));
  // The rest has the sign of b.
  const bool negative = big_compare(b, Value(std::int64_t{0})) < 0;
  const int order = negative ? -big_compare(twice, b) : big_compare(twice, b);
  return order > 0 || (order == 0 && is_true(odd)) ? binary(Operator::Add, quotient, Value(std::int64_t{1}))
                                                   : Result<Value>(quotient);
}

struct Ratio {
  Value numerator, denominator;
};

// The number as a quotient of whole numbers. Fails for floats that are no finite number.
Result<Ratio> ratio_of(const Value& number) {
  const double* real = number.as_float();
  if (real == nullptr) return Ratio{number, Value(std::int64_t{1})};
  if (std::isnan(*real)) return value_error("cannot convert NaN to integer ratio");
  if (std::isinf(*real)) return overflow_error("cannot convert Infinity to integer ratio");
  constexpr int kDigits = 53;
  int exponent = 0;
  const auto digits = static_cast<std::int64_t>(std::ldexp(std::frexp(*real, &exponent), kDigits));
  exponent -= kDigits;
  MIMUS_ASSIGN(const Value power, binary(Operator::ShiftLeft, Value(std::int64_t{1}),
                                         Value(std::int64_t{exponent < 0 ? -exponent : exponent})));
  if (exponent < 0) return Ratio{Value(digits), power};
  MIMUS_ASSIGN(const Value whole, binary(Operator::Multiply, Value(digits), power));
  return Ratio{whole, Value(std::int64_t{1})};
}

// a + b or a - b, as a length of time.
Result<Value> sum_of(std::int64_t a, std::int64_t b, bool subtract) {
  MIMUS_ASSIGN(const Value sum, binary(subtract ? Operator::Subtract : Operator::Add, Value(a), Value(b)));
  return duration_of(sum);
}

Result<Value> shifted(const Value& date, std::int64_t micros, int sign) {
  const std::int64_t least = days_from_civil(1, 1, 1) * kMicrosPerDay;
  const std::int64_t limit = days_from_civil(10000, 1, 1) * kMicrosPerDay;
  // timedelta + date ignores what is below a day.
  const bool is_date = date.as_date() != nullptr;
  const std::int64_t from = is_date ? date.as_date()->days * kMicrosPerDay : date.as_time()->micros;
  std::int64_t by = micros;
  if (is_date) {
    by = micros / kMicrosPerDay;
    if (micros % kMicrosPerDay < 0) --by;
    by *= kMicrosPerDay;
  }
  std::int64_t out = 0;
  if (__builtin_add_overflow(from, sign * by, &out) || out < least || out >= limit)
    return overflow_error("date value out of range");
  if (is_date) return Value(Date{out >= 0 ? out / kMicrosPerDay : -((-out + kMicrosPerDay - 1) / kMicrosPerDay)});
  return Value(Timestamp{out});
}

// Two lengths of time.
std::optional<Result<Value>> durations_binary(Operator op, Duration a, Duration b) {
  const bool divides = op == Operator::Divide || op == Operator::FloorDivide || op == Operator::Modulo;
  if (divides && b.micros == 0) return Result<Value>(zero_division());
  if (op == Operator::Add || op == Operator::Subtract) return sum_of(a.micros, b.micros, op == Operator::Subtract);
  if (op == Operator::Divide || op == Operator::FloorDivide) return binary(op, Value(a.micros), Value(b.micros));
  if (op != Operator::Modulo) return std::nullopt;
  MIMUS_ASSIGN(const Value rest, binary(op, Value(a.micros), Value(b.micros)));
  return duration_of(rest);
}

// A length of time and a number.
std::optional<Result<Value>> scaled(Operator op, Duration duration, const Value& number, bool number_first) {
  if (op == Operator::Multiply) return duration_of(number, duration.micros);
  if (number_first) return std::nullopt;
  if (op == Operator::Divide) {
    if (!is_true(number)) return Result<Value>(zero_division());
    MIMUS_ASSIGN(const Ratio ratio, ratio_of(number));
    MIMUS_ASSIGN(const Value dividend, binary(Operator::Multiply, Value(duration.micros), ratio.denominator));
    MIMUS_ASSIGN(const Value micros, divide_to_nearest(dividend, ratio.numerator));
    return duration_of(micros);
  }
  if (op == Operator::FloorDivide && is_whole(number)) {
    MIMUS_ASSIGN(const Value micros, binary(op, Value(duration.micros), number));
    return duration_of(micros);
  }
  return std::nullopt;
}

}  // namespace

Result<Value> duration_of(const Value& micros) {
  if (const auto* small = micros.as_int()) return Value(Duration{*small});
  constexpr std::int64_t kMostDays = 999'999'999;
  MIMUS_ASSIGN(const Value days, binary(Operator::FloorDivide, micros, Value(kMicrosPerDay)));
  const auto* whole = days.as_int();
  if (whole == nullptr || *whole > kMostDays || *whole < -kMostDays) {
    return overflow_error("the length of time is too large");
  }
  return not_covered("a length of time of more than 100,000,000 days");
}

Result<Value> duration_of(const Value& number, std::int64_t unit_micros) {
  MIMUS_ASSIGN(const Ratio ratio, ratio_of(number));
  MIMUS_ASSIGN(const Value product, binary(Operator::Multiply, ratio.numerator, Value(unit_micros)));
  MIMUS_ASSIGN(const Value micros, divide_to_nearest(product, ratio.denominator));
  return duration_of(micros);
}

Result<Value> seconds_of(Duration duration) {
  return binary(Operator::Divide, Value(duration.micros), Value(kMicrosPerSecond));
}

std::optional<Result<Value>> time_binary(Operator op, const Value& a, const Value& b) {
  const Duration* x = a.as_duration();
  const Duration* y = b.as_duration();
  const bool a_date = a.as_time() != nullptr || a.as_date() != nullptr;
  const bool b_date = b.as_time() != nullptr || b.as_date() != nullptr;
  if (op == Operator::Add && a_date && y != nullptr) return shifted(a, y->micros, 1);
  if (op == Operator::Add && b_date && x != nullptr) return shifted(b, x->micros, 1);
  if (op == Operator::Subtract && a_date && y != nullptr) return shifted(a, y->micros, -1);
  if (op == Operator::Subtract && a.as_time() != nullptr && b.as_time() != nullptr) {
    return sum_of(a.as_time()->micros, b.as_time()->micros, true);
  }
  if (op == Operator::Subtract && a.as_date() != nullptr && b.as_date() != nullptr) {
    return Result<Value>(Value(Duration{(a.as_date()->days - b.as_date()->days) * kMicrosPerDay}));
  }
  if (x != nullptr && y != nullptr) return durations_binary(op, *x, *y);
  if (x == nullptr && y == nullptr) return std::nullopt;
  const Value& number = x != nullptr ? b : a;
  if (!is_whole(number) && number.as_float() == nullptr) return std::nullopt;
  return scaled(op, x != nullptr ? *x : *y, number, x == nullptr);
}

}  // namespace mimus::script
