#include "script/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "script/big.h"
#include "script/errors.h"
#include "script/letter_case.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

// A number's text with the digits and blanks of other scripts as those of ASCII.
std::string in_ascii(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(text, i);
    if (c >= 0x80 && is_blank(c)) {
      out += ' ';
    } else if (c >= 0x80 && is_decimal(c)) {
      // The digits of a script follow one another, from zero.
      char32_t zero = c;
      while (is_decimal(zero - 1)) --zero;
      out += static_cast<char>('0' + (c - zero) % 10);
    } else {
      out += text.substr(start, i - start);
    }
  }
  return out;
}

// The digits without '_', which may stand between two of them only; nullopt when one stands elsewhere.
std::optional<std::string> without_underscores(std::string_view digits) {
  const auto is_digit_at = [&](std::size_t i) { return i < digits.size() && digits[i] >= '0' && digits[i] <= '9'; };
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] != '_') {
      out += digits[i];
    } else if (i == 0 || !is_digit_at(i - 1) || !is_digit_at(i + 1)) {
      return std::nullopt;
    }
  }
  return out;
}

constexpr std::size_t kMaxReadDigits = 10'000;  // of bases without a limit

// The text of an integer as int() takes it, in a base from 2 to 36 or 0 (by prefix).
Result<Value> parse_whole(const std::string& text, std::int64_t base) {
  const auto refuse = [&] {
    std::string shown;
    append_repr(shown, std::string_view(text));
    return value_error("invalid literal for int() with base " + std::to_string(base) + ": " + shown);
  };
  if (base != 0 && (base < 2 || base > 36)) return value_error("int() base must be >= 2 and <= 36, or 0");
  const std::string own_digits = in_ascii(text);
  std::string_view digits = trim(own_digits);
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  const auto has_prefix = [&](char letter) {
    return digits.size() > 1 && digits[0] == '0' && (digits[1] | 0x20) == letter;
  };
  for (const auto& [letter, own] : {std::pair('x', 16), std::pair('o', 8), std::pair('b', 2)}) {
    if (has_prefix(letter) && (base == own || base == 0)) {
      base = own;
      digits.remove_prefix(2);
      if (digits.starts_with('_')) digits.remove_prefix(1);
      break;
    }
  }
  if (base == 0) base = 10;
  if (digits.empty() || digits.starts_with('_') || digits.ends_with('_') || digits.find("__") != std::string_view::npos)
    return refuse();
  const bool is_power_of_two = (base & (base - 1)) == 0;
  const auto count = digits.size() - static_cast<std::size_t>(std::ranges::count(digits, '_'));
  if (!is_power_of_two && count > kMaxDecimalDigits) {
    return value_error("a whole number is read from " + std::to_string(kMaxDecimalDigits) + " digits at most, not " +
                       std::to_string(count));
  }
  if (count > kMaxReadDigits) return not_covered("a whole number of so many digits");
  Value out(std::int64_t{0});
  const Value factor(base);
  for (const char c : digits) {
    if (c == '_') continue;
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 10
                      : c >= 'A' && c <= 'Z' ? c - 'A' + 10
                                             : 99;
    if (digit >= base) return refuse();
    MIMUS_ASSIGN(const Value shifted, binary(Operator::Multiply, out, factor));
    MIMUS_ASSIGN(out, binary(Operator::Add, shifted, Value(std::int64_t{digit})));
  }
  return negative ? unary(Operator::Negate, out) : Result<Value>(out);
}

}  // namespace

Status check_digits(const Value& value) {
  if (const auto* big = value.as_big()) {
    const std::size_t digits = big->digits.size() - (big->digits.starts_with('-') ? 1 : 0);
    if (digits <= kMaxDecimalDigits) return {};
    return value_error("a whole number of " + std::to_string(digits) + " digits is not written as text, only of " +
                       std::to_string(kMaxDecimalDigits));
  }
  const ValueList* items = value.as_list() != nullptr    ? value.as_list()
                           : value.as_tuple() != nullptr ? value.as_tuple()
                                                         : value.as_set();
  if (items != nullptr) {
    for (const Value& item : *items) MIMUS_TRY(check_digits(item));
  }
  if (const ValueMap* entries = value.as_dotable() != nullptr ? value.as_dotable()->get() : value.as_map()) {
    for (const auto& [name, entry] : *entries) MIMUS_TRY(check_digits(entry));
  }
  return {};
}

Result<Value> to_whole(const CallArguments& arguments) {
  if (arguments.positional.empty()) return Value(std::int64_t{0});
  const Value& value = arguments.positional[0];
  const Value* base = arguments.get(1, "base");
  if (const auto* text = value.as_text()) {
    if (base == nullptr) return parse_whole(*text, 10);
    if (const bool* truth = base->as_bool()) return parse_whole(*text, *truth ? 1 : 0);
    if (base->as_int() != nullptr) return parse_whole(*text, *base->as_int());
    if (base->as_big() != nullptr) return value_error("int() base must be >= 2 and <= 36, or 0");
    return type_error("'" + std::string(type_name_of(*base)) + "' object cannot be interpreted as an integer");
  }
  if (base != nullptr) return type_error("int() can't convert non-string with explicit base");
  if (const double* real = value.as_float()) {
    if (std::isnan(*real)) return value_error("cannot convert float NaN to integer");
    if (std::isinf(*real)) return overflow_error("cannot convert float infinity to integer");
    return big_from_float(*real);
  }
  if (value.as_int() != nullptr || value.as_big() != nullptr || value.as_bool() != nullptr)
    return unary(Operator::Plus, value);
  return type_error("int() needs a number or a text, not " + std::string(type_name_of(value)));
}

Result<Value> to_real(const CallArguments& arguments) {
  if (arguments.positional.empty()) return Value(0.0);
  const Value& value = arguments.positional[0];
  if (value.as_float() != nullptr) return value;
  if (const auto* text = value.as_text()) {
    const auto digits = without_underscores(trim(in_ascii(*text)));
    if (const auto real = digits ? parse_float(*digits) : std::nullopt) return Value(*real);
    return value_error("could not convert string to float: '" + text->substr(0, 40) + "'");
  }
  if (value.as_bool() != nullptr || value.as_int() != nullptr || value.as_big() != nullptr) {
    const double real = value.as_bool() != nullptr ? (*value.as_bool() ? 1.0 : 0.0) : big_to_float(value);
    if (std::isinf(real)) return overflow_error("int too large to convert to float");
    return Value(real);
  }
  return type_error("float() needs a number or a text, not " + std::string(type_name_of(value)));
}

double round_float(double value, int digits) {
  if (digits > 323 || !std::isfinite(value) || value == 0) return value;
  if (digits < -308) return std::copysign(0.0, value);
  if (digits >= 0) {
    // Scaled and rounded where the product is clearly no tie; else by exact decimal digits.
    constexpr double kPowers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    if (digits < 16) {
      const double scaled = value * kPowers[digits];
      if (std::abs(scaled) < 1e15) {
        const double whole = std::nearbyint(scaled);
        if (std::abs(std::abs(scaled - whole) - 0.5) > 1e-6 * std::max(1.0, std::abs(scaled) * 1e-9))
          return whole / kPowers[digits];
      }
    }
    return parse_float(fmt::format("{:.{}f}", value, digits)).value_or(value);
  }
  const double power = std::pow(10.0, -digits);
  const double quotient = value / power;
  double whole = std::nearbyint(quotient);
  // The quotient may have been rounded to a tie.
  const double rest = value - std::floor(quotient) * power;
  if (std::abs(quotient - std::floor(quotient) - 0.5) < 1e-9 && rest != power / 2) {
    whole = rest > power / 2 ? std::floor(quotient) + 1 : std::floor(quotient);
  }
  return whole * power;
}

Result<Value> rounded(const CallArguments& arguments) {
  const Value& value = arguments.positional[0];
  const Value* given = arguments.get(1, "ndigits");
  const bool to_int = given == nullptr || given->is_null();
  if (!to_int && given->as_int() == nullptr && given->as_bool() == nullptr)
    return type_error("round() needs a whole number of digits");
  const std::int64_t digits = to_int ? 0 : given->as_bool() != nullptr ? (*given->as_bool() ? 1 : 0) : *given->as_int();
  if (const double* real = value.as_float()) {
    if (!to_int) return Value(round_float(*real, static_cast<int>(std::clamp<std::int64_t>(digits, -1000, 1000))));
    if (std::isnan(*real)) return value_error("cannot convert float NaN to integer");
    if (std::isinf(*real)) return overflow_error("cannot convert float infinity to integer");
    return big_from_float(std::nearbyint(*real));
  }
  if (value.as_int() == nullptr && value.as_big() == nullptr && value.as_bool() == nullptr) {
    return type_error("round() needs a number, not " + std::string(type_name_of(value)));
  }
  if (digits >= 0) return unary(Operator::Plus, value);
  if (digits < -1000) return Value(std::int64_t{0});
  // Whole numbers to tens, hundreds …: halves to even.
  MIMUS_ASSIGN(const Value power, binary(Operator::Power, Value(std::int64_t{10}), Value(-digits)));
  MIMUS_ASSIGN(const Value quotient, binary(Operator::FloorDivide, value, power));
  MIMUS_ASSIGN(const Value rest, binary(Operator::Modulo, value, power));
  MIMUS_ASSIGN(const Value twice, binary(Operator::Multiply, rest, Value(std::int64_t{2})));
  MIMUS_ASSIGN(const Value odd, binary(Operator::Modulo, quotient, Value(std::int64_t{2})));
  const int order = big_compare(twice, power);
  const bool up = order > 0 || (order == 0 && is_true(odd));
  MIMUS_ASSIGN(const Value whole, binary(Operator::Add, quotient, Value(std::int64_t{up ? 1 : 0})));
  return binary(Operator::Multiply, whole, power);
}

}  // namespace mimus::script
