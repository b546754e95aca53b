#include "script/big.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <limits>

#include "script/errors.h"

namespace mimus::script {
namespace {

using boost::multiprecision::cpp_int;

constexpr std::size_t kMaxBits = 1U << 22U;  // of a result: about 1.2 million digits

cpp_int integer_of(const Value& value) {
  if (const auto* small = value.as_int()) return *small;
  if (const bool* truth = value.as_bool()) return *truth ? 1 : 0;
  return cpp_int(value.as_big()->digits);
}

Value value_of(const cpp_int& integer) {
  if (integer >= std::numeric_limits<std::int64_t>::min() && integer <= std::numeric_limits<std::int64_t>::max()) {
    return Value(static_cast<std::int64_t>(integer));
  }
  return Value(BigInteger{integer.str()});
}

std::size_t bits_of(const cpp_int& integer) { return integer == 0 ? 0 : msb(abs(integer)) + 1; }

// Quotient toward minus infinity.
cpp_int floor_divide(const cpp_int& a, const cpp_int& b, cpp_int& remainder) {
  cpp_int quotient;
  divide_qr(a, b, quotient, remainder);
  if (remainder != 0 && (remainder < 0) != (b < 0)) {
    quotient -= 1;
    remainder += b;
  }
  return quotient;
}

Result<Value> power(const cpp_int& base, const cpp_int& exponent) {
  if (exponent > std::numeric_limits<std::uint32_t>::max() && abs(base) > 1)
    return overflow_error("the power is too large");
  if (abs(base) > 1 && bits_of(base) * static_cast<std::size_t>(exponent) > kMaxBits)
    return overflow_error("the power is too large");
  if (abs(base) <= 1) {
    if (base == -1) return Value(std::int64_t{exponent % 2 == 0 ? 1 : -1});
    return Value(std::int64_t{base == 1 || exponent == 0 ? 1 : 0});
  }
  return value_of(pow(base, static_cast<unsigned>(exponent)));
}

Result<Value> shift(Operator op, const cpp_int& a, const cpp_int& b) {
  if (b < 0) return value_error("negative shift count");
  if (op == Operator::ShiftLeft) {
    if (a == 0) return Value(std::int64_t{0});
    if (b > kMaxBits || bits_of(a) + static_cast<std::size_t>(b) > kMaxBits)
      return overflow_error("the shift is too large");
    return value_of(a << static_cast<unsigned>(b));
  }
  if (b > kMaxBits) return Value(std::int64_t{a < 0 ? -1 : 0});
  cpp_int remainder;
  return value_of(floor_divide(a, cpp_int(1) << static_cast<unsigned>(b), remainder));
}

// Two's complement of enough bits for both, as Python sees negative numbers.
cpp_int bitwise(Operator op, cpp_int a, cpp_int b) {
  const std::size_t bits = std::max(bits_of(a), bits_of(b)) + 1;
  const cpp_int modulus = cpp_int(1) << static_cast<unsigned>(bits);
  if (a < 0) a += modulus;
  if (b < 0) b += modulus;
  cpp_int out = a ^ b;
  if (op == Operator::BitAnd) out = a & b;
  if (op == Operator::BitOr) out = a | b;
  if (bit_test(out, static_cast<unsigned>(bits - 1))) out -= modulus;
  return out;
}

// |value| / 2^k rounded to 53 bits, ties to even, as a double.
double scaled_double(const cpp_int& magnitude, bool sticky, std::int64_t exponent) {
  const std::size_t bits = bits_of(magnitude);
  cpp_int mantissa = magnitude;
  std::int64_t shift = static_cast<std::int64_t>(bits) - 54;
  // Subnormal numbers have fewer bits.
  const std::int64_t least = -1075;
  if (exponent + shift < least) shift = least - exponent;
  bool rest = sticky;
  if (shift > 0) {
    const cpp_int cut = cpp_int(1) << static_cast<unsigned>(shift);
    rest = rest || (magnitude % cut) != 0;
    mantissa = magnitude >> static_cast<unsigned>(shift);
  } else if (shift < 0) {
    mantissa = magnitude << static_cast<unsigned>(-shift);
  }
  auto whole = static_cast<std::uint64_t>(mantissa);
  const bool half = (whole & 1U) != 0;
  whole >>= 1U;
  if (half && (rest || (whole & 1U) != 0)) ++whole;
  return std::ldexp(static_cast<double>(whole), static_cast<int>(exponent + shift + 1));
}

}  // namespace

Result<Value> big_binary(Operator op, const Value& a, const Value& b) {
  const cpp_int x = integer_of(a);
  const cpp_int y = integer_of(b);
  cpp_int remainder;
  switch (op) {
    case Operator::Add:
      return value_of(x + y);
    case Operator::Subtract:
      return value_of(x - y);
    case Operator::Multiply:
      if (bits_of(x) + bits_of(y) > kMaxBits) return overflow_error("the product is too large");
      return value_of(x * y);
    case Operator::FloorDivide:
      if (y == 0) return zero_division();
      return value_of(floor_divide(x, y, remainder));
    case Operator::Modulo:
      if (y == 0) return zero_division();
      (void)floor_divide(x, y, remainder);
      return value_of(remainder);
    case Operator::Power:
      return power(x, y);
    case Operator::ShiftLeft:
    case Operator::ShiftRight:
      return shift(op, x, y);
    default:
      return value_of(bitwise(op, x, y));
  }
}

Value big_negate(const Value& value) { return value_of(-integer_of(value)); }
Value big_invert(const Value& value) { return value_of(-integer_of(value) - 1); }
int big_compare(const Value& a, const Value& b) { return integer_of(a).compare(integer_of(b)); }

double big_to_float(const Value& value) {
  const cpp_int integer = integer_of(value);
  if (integer == 0) return 0;
  const double out = scaled_double(abs(integer), false, 0);
  return integer < 0 ? -out : out;
}

int big_compare_float(const Value& value, double real) {
  const cpp_int integer = integer_of(value);
  const double whole = std::floor(real);
  const int order = integer.compare(cpp_int(whole));
  if (order != 0) return order < 0 ? -1 : 1;
  return real > whole ? -1 : 0;
}

Result<Value> big_true_divide(const Value& a, const Value& b) {
  const cpp_int x = integer_of(a);
  const cpp_int y = integer_of(b);
  if (x == 0) return Value(y < 0 ? -0.0 : 0.0);
  // A quotient of at least 66 bits, and whether something is left.
  const auto shift = static_cast<std::int64_t>(66 + bits_of(y)) - static_cast<std::int64_t>(bits_of(x));
  cpp_int numerator = abs(x);
  cpp_int denominator = abs(y);
  if (shift > 0) numerator <<= static_cast<unsigned>(shift);
  if (shift < 0) denominator <<= static_cast<unsigned>(-shift);
  cpp_int quotient, remainder;
  divide_qr(numerator, denominator, quotient, remainder);
  const double out = scaled_double(quotient, remainder != 0, -shift);
  if (std::isinf(out)) return overflow_error("integer division result too large for a float");
  return Value((x < 0) != (y < 0) ? -out : out);
}

std::string big_digits(const Value& value, unsigned base) {
  cpp_int integer = integer_of(value);
  const bool negative = integer < 0;
  integer = abs(integer);
  std::string out;
  do {
    const auto digit = static_cast<unsigned>(integer % base);
    out.insert(out.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[digit]);
    integer /= base;
  } while (integer != 0);
  if (negative) out.insert(out.begin(), '-');
  return out;
}

Value big_from_float(double real) { return value_of(cpp_int(std::trunc(real))); }

}  // namespace mimus::script
