#include "script/operators.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "script/big.h"
#include "script/durations.h"
#include "script/errors.h"
#include "script/text_format.h"

namespace mimus::script {
namespace {

bool is_whole(const Value& value) {
  return value.as_int() != nullptr || value.as_bool() != nullptr || value.as_big() != nullptr;
}
bool is_number(const Value& value) { return is_whole(value) || value.as_float() != nullptr; }

// The number as 64 bits, when it fits.
std::optional<std::int64_t> small_of(const Value& value) {
  if (const auto* integer = value.as_int()) return *integer;
  if (const bool* truth = value.as_bool()) return *truth ? 1 : 0;
  return std::nullopt;
}

double real_of(const Value& value) {
  if (const double* real = value.as_float()) return *real;
  if (const auto small = small_of(value)) return static_cast<double>(*small);
  return big_to_float(value);
}

std::string_view symbol_of(Operator op) {
  switch (op) {
    case Operator::Add:
      return "+";
    case Operator::Subtract:
      return "-";
    case Operator::Multiply:
      return "*";
    case Operator::Divide:
      return "/";
    case Operator::FloorDivide:
      return "//";
    case Operator::Modulo:
      return "%";
    case Operator::Power:
      return "**";
    case Operator::MatrixMultiply:
      return "@";
    case Operator::BitAnd:
      return "&";
    case Operator::BitOr:
      return "|";
    case Operator::BitXor:
      return "^";
    case Operator::ShiftLeft:
      return "<<";
    case Operator::ShiftRight:
      return ">>";
    case Operator::Less:
      return "<";
    case Operator::LessEqual:
      return "<=";
    case Operator::Greater:
      return ">";
    case Operator::GreaterEqual:
      return ">=";
    default:
      return "?";
  }
}

std::unexpected<Diagnostic> unsupported(Operator op, const Value& a, const Value& b) {
  return type_error("'" + std::string(symbol_of(op)) + "' cannot be used on " + std::string(type_name_of(a)) + " and " +
                    std::string(type_name_of(b)));
}

// Python's float // and %: the remainder has the sign of the divisor.
double floor_modulo(double a, double b) {
  double rest = std::fmod(a, b);
  if (rest != 0 && (rest < 0) != (b < 0)) rest += b;
  if (rest == 0) rest = std::copysign(0.0, b);
  return rest;
}

double floor_quotient(double a, double b) {
  const double rest = std::fmod(a, b);
  double quotient = (a - rest) / b;
  if (rest != 0 && (rest < 0) != (b < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  double whole = std::floor(quotient);
  if (quotient - whole > 0.5) whole += 1;
  return whole;
}

Result<Value> real_power(double a, double b) {
  if (a == 0 && b < 0) return fail("script.zero_division", "0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && std::floor(b) != b) {
    return not_covered("a complex number (a negative number to a broken power)");
  }
  const double out = std::pow(a, b);
  if (std::isinf(out) && std::isfinite(a) && std::isfinite(b)) return overflow_error("the power is too large");
  return Value(out);
}

Result<Value> real_binary(Operator op, const Value& x, const Value& y) {
  const double a = real_of(x);
  const double b = real_of(y);
  if ((std::isinf(a) && x.as_big() != nullptr) || (std::isinf(b) && y.as_big() != nullptr)) {
    return overflow_error("the whole number is too large for a float");
  }
  switch (op) {
    case Operator::Add:
      return Value(a + b);
    case Operator::Subtract:
      return Value(a - b);
    case Operator::Multiply:
      return Value(a * b);
    case Operator::Divide:
      if (b == 0) return zero_division();
      return Value(a / b);
    case Operator::FloorDivide:
      if (b == 0) return zero_division();
      return Value(floor_quotient(a, b));
    case Operator::Modulo:
      if (b == 0) return zero_division();
      return Value(floor_modulo(a, b));
    case Operator::Power:
      return real_power(a, b);
    default:
      return unsupported(op, x, y);
  }
}

std::int64_t floor_modulo(std::int64_t a, std::int64_t b) {
  if (b == -1) return 0;  // the least integer divided by -1 does not fit
  const std::int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

// On 64 bits; nullopt where the result does not fit or another rule holds.
std::optional<Value> small_binary(Operator op, std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  switch (op) {
    case Operator::Add:
      if (__builtin_add_overflow(a, b, &out)) return std::nullopt;
      return Value(out);
    case Operator::Subtract:
      if (__builtin_sub_overflow(a, b, &out)) return std::nullopt;
      return Value(out);
    case Operator::Multiply:
      if (__builtin_mul_overflow(a, b, &out)) return std::nullopt;
      return Value(out);
    case Operator::FloorDivide:
      if (b == 0 || b == -1) return std::nullopt;
      return Value(a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0));
    case Operator::Modulo:
      if (b == 0 || b == -1) return std::nullopt;
      return Value(floor_modulo(a, b));
    case Operator::BitAnd:
      return Value(a & b);
    case Operator::BitOr:
      return Value(a | b);
    case Operator::BitXor:
      return Value(a ^ b);
    default:
      return std::nullopt;
  }
}

Result<Value> whole_binary(Operator op, const Value& x, const Value& y) {
  const auto a = small_of(x);
  const auto b = small_of(y);
  if (op == Operator::Divide) {
    if (b && *b == 0) return zero_division();
    constexpr std::int64_t kExact = std::int64_t{1} << 53U;
    const auto is_exact = [](std::int64_t value) { return value <= kExact && value >= -kExact; };
    if (a && b && is_exact(*a) && is_exact(*b)) {
      return Value(static_cast<double>(*a) / static_cast<double>(*b));
    }
    return big_true_divide(x, y);
  }
  if (op == Operator::Power && (b ? *b < 0 : big_compare(y, Value(std::int64_t{0})) < 0)) {
    if (a && *a == 0) return fail("script.zero_division", "0.0 cannot be raised to a negative power");
    if (std::isinf(real_of(x)) || std::isinf(real_of(y))) return overflow_error("int too large to convert to float");
    return real_power(real_of(x), real_of(y));
  }
  if (op == Operator::MatrixMultiply) return unsupported(op, x, y);
  if (a && b) {
    if (auto small = small_binary(op, *a, *b)) {
      const bool both_truths = x.as_bool() != nullptr && y.as_bool() != nullptr;
      if (both_truths && (op == Operator::BitAnd || op == Operator::BitOr || op == Operator::BitXor)) {
        return Value(*small->as_int() != 0);
      }
      return *small;
    }
  }
  return big_binary(op, x, y);
}

Result<Value> repeat(const Value& sequence, const Value& times, Operator op) {
  const auto count = small_of(times);
  if (!count && times.as_big() == nullptr) return unsupported(op, sequence, times);
  const bool is_sequence =
      sequence.as_text() != nullptr || sequence.as_list() != nullptr || sequence.as_tuple() != nullptr;
  if (!count && is_sequence) return overflow_error("a number of repetitions beyond 64 bits");
  const std::uint64_t n = !count || *count < 0 ? 0 : static_cast<std::uint64_t>(*count);
  constexpr std::uint64_t kMost = 1U << 28U;
  const auto checked = [&](std::uint64_t size) { return size == 0 || n <= kMost / size; };
  if (const auto* text = sequence.as_text()) {
    const bool is_beyond = !text->empty() && n > static_cast<std::uint64_t>(INT64_MAX) / text->size();
    if (is_beyond) return overflow_error("the repeated text is too long");
    if (!checked(text->size())) return fail("script.memory", "the repeated text is too long");
    std::string out;
    out.reserve(text->size() * n);
    for (std::uint64_t i = 0; i < (text->empty() ? 0 : n); ++i) out += *text;
    return Value(std::move(out));
  }
  const ValueList* items = sequence.as_list() != nullptr ? sequence.as_list() : sequence.as_tuple();
  if (items == nullptr) return unsupported(op, sequence, times);
  if (!checked(items->size() * sizeof(Value))) return fail("script.memory", "the repeated list is too long");
  ValueList out;
  for (std::uint64_t i = 0; i < (items->empty() ? 0 : n); ++i) out.insert(out.end(), items->begin(), items->end());
  return sequence.as_list() != nullptr ? Value::list(std::move(out)) : Value::tuple(std::move(out));
}

Result<Value> set_binary(Operator op, const ValueList& a, const ValueList& b) {
  ValueList out;
  const auto holds = [](const ValueList& items, const Value& item) {
    return std::ranges::any_of(items, [&](const Value& other) { return is_equal(item, other); });
  };
  for (const Value& item : a) {
    const bool both = holds(b, item);
    if (op == Operator::BitOr || (op == Operator::BitAnd && both) || (op != Operator::BitAnd && !both))
      out.push_back(item);
  }
  if (op == Operator::BitOr || op == Operator::BitXor) {
    for (const Value& item : b) {
      if (!holds(a, item)) out.push_back(item);
    }
  }
  return Value::set(std::move(out));
}

std::optional<Result<Value>> container_binary(Operator op, const Value& a, const Value& b) {
  if (op == Operator::Add) {
    if (a.as_text() != nullptr && b.as_text() != nullptr) return Result<Value>(Value(*a.as_text() + *b.as_text()));
    if (a.as_bytes() != nullptr && b.as_bytes() != nullptr)
      return Result<Value>(Value(Bytes{a.as_bytes()->bytes + b.as_bytes()->bytes}));
    const bool lists = a.as_list() != nullptr && b.as_list() != nullptr;
    if (lists || (a.as_tuple() != nullptr && b.as_tuple() != nullptr)) {
      ValueList out = lists ? *a.as_list() : *a.as_tuple();
      const ValueList& more = lists ? *b.as_list() : *b.as_tuple();
      out.insert(out.end(), more.begin(), more.end());
      return Result<Value>(lists ? Value::list(std::move(out)) : Value::tuple(std::move(out)));
    }
  }
  if (op == Operator::Multiply) {
    if (is_whole(b) && !is_number(a)) return repeat(a, b, op);
    if (is_whole(a) && !is_number(b)) return repeat(b, a, op);
  }
  if (op == Operator::Modulo && a.as_text() != nullptr) return percent_format(*a.as_text(), b);
  const bool set_operator =
      op == Operator::BitAnd || op == Operator::BitOr || op == Operator::BitXor || op == Operator::Subtract;
  if (set_operator && a.as_set() != nullptr && b.as_set() != nullptr) return set_binary(op, *a.as_set(), *b.as_set());
  if (op == Operator::BitOr && a.as_map() != nullptr && b.as_map() != nullptr) {
    ValueMap out = *a.as_map();
    for (const auto& [name, value] : *b.as_map()) {
      const auto known = std::ranges::find(out, name, &ValueMap::value_type::first);
      if (known == out.end()) {
        out.emplace_back(name, value);
      } else {
        known->second = value;
      }
    }
    return Result<Value>(Value::map(std::move(out)));
  }
  return std::nullopt;
}

// The order of two lists or tuples: that of the first items that differ, else of the lengths.
Result<int> order_of_items(const ValueList& a, const ValueList& b, Operator op) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (!is_equal(a[i], b[i])) return order_of(a[i], b[i], op);
  }
  return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

template <class T>
int three_way(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

int order_of_numbers(const Value& a, const Value& b) {
  const double* x = a.as_float();
  const double* y = b.as_float();
  if ((x != nullptr && std::isnan(*x)) || (y != nullptr && std::isnan(*y))) return 2;
  if (x != nullptr && y != nullptr) return three_way(*x, *y);
  if (x == nullptr && y == nullptr) {
    const auto i = small_of(a);
    const auto j = small_of(b);
    return i && j ? three_way(*i, *j) : big_compare(a, b);
  }
  // A whole number and a float: exact.
  const double real = x != nullptr ? *x : *y;
  const Value& whole = x != nullptr ? b : a;
  const int order = std::isinf(real) ? (real > 0 ? -1 : 1) : big_compare_float(whole, real);
  return x != nullptr ? -order : order;
}

bool is_subset(const ValueList& a, const ValueList& b) {
  return std::ranges::all_of(a, [&](const Value& item) {
    return std::ranges::any_of(b, [&](const Value& other) { return is_equal(item, other); });
  });
}

bool is_equal_items(const ValueList& a, const ValueList& b) {
  return a.size() == b.size() &&
         std::ranges::equal(a, b, [](const Value& x, const Value& y) { return is_equal(x, y); });
}

bool is_equal_maps(const ValueMap& a, const ValueMap& b) {
  return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& entry) {
           const Value* other = find(b, entry.first);
           return other != nullptr && is_equal(entry.second, *other);
         });
}

Result<bool> contains(const Value& container, const Value& item) {
  if (const auto* text = container.as_text()) {
    if (item.as_text() == nullptr)
      return type_error("'in' on a text needs a text, not " + std::string(type_name_of(item)));
    return text->find(*item.as_text()) != std::string::npos;
  }
  const bool hashed = container.as_map() != nullptr || container.as_set() != nullptr;
  if (hashed) MIMUS_TRY(check_hashable(item));
  if (const auto* map = container.as_map()) {
    return item.as_text() != nullptr && find(*map, *item.as_text()) != nullptr;
  }
  if (container.as_dotable() != nullptr) return type_error("'in' on a dict needs its keys()");
  const ValueList* items = container.as_list();
  if (items == nullptr) items = container.as_tuple();
  if (items == nullptr) items = container.as_set();
  if (items == nullptr) return type_error("'in' cannot be used on " + std::string(type_name_of(container)));
  return std::ranges::any_of(*items, [&](const Value& other) { return is_equal(item, other); });
}

}  // namespace

std::string_view type_name_of(const Value& value) {
  if (value.is_null()) return "NoneType";
  if (value.as_text() != nullptr) return "str";
  if (value.as_big() != nullptr) return "int";
  return kind_name(value);
}

bool is_true(const Value& value) {
  if (value.is_null()) return false;
  if (const bool* truth = value.as_bool()) return *truth;
  if (const auto* integer = value.as_int()) return *integer != 0;
  if (const double* real = value.as_float()) return *real != 0;
  if (const auto* text = value.as_text()) return !text->empty();
  if (const auto* bytes = value.as_bytes()) return !bytes->bytes.empty();
  if (const auto* list = value.as_list()) return !list->empty();
  if (const auto* tuple = value.as_tuple()) return !tuple->empty();
  if (const auto* set = value.as_set()) return !set->empty();
  if (const auto* map = value.as_map()) return !map->empty();
  if (const auto* duration = value.as_duration()) return duration->micros != 0;
  return true;
}

bool is_equal(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return order_of_numbers(a, b) == 0;
  if (a.data.index() != b.data.index()) return false;
  if (a.is_null()) return true;
  if (const auto* text = a.as_text()) return *text == *b.as_text();
  if (const auto* time = a.as_time()) return *time == *b.as_time();
  if (const auto* date = a.as_date()) return *date == *b.as_date();
  if (const auto* duration = a.as_duration()) return *duration == *b.as_duration();
  if (const auto* clock = a.as_clock_time()) return *clock == *b.as_clock_time();
  if (const auto* bytes = a.as_bytes()) return *bytes == *b.as_bytes();
  if (const auto* uuid = a.as_uuid()) return *uuid == *b.as_uuid();
  if (const auto* list = a.as_list()) return is_equal_items(*list, *b.as_list());
  if (const auto* tuple = a.as_tuple()) return is_equal_items(*tuple, *b.as_tuple());
  if (const auto* set = a.as_set()) return set->size() == b.as_set()->size() && is_subset(*set, *b.as_set());
  if (const auto* map = a.as_map()) return is_equal_maps(*map, *b.as_map());
  if (const auto* dotable = a.as_dotable()) return *dotable == *b.as_dotable();  // only to itself
  return false;
}

Result<int> order_of(const Value& a, const Value& b, Operator op) {
  if (is_number(a) && is_number(b)) return order_of_numbers(a, b);
  if (a.data.index() != b.data.index()) return unsupported(op, a, b);
  if (const auto* text = a.as_text()) return three_way(*text, *b.as_text());
  if (const auto* time = a.as_time()) return three_way(*time, *b.as_time());
  if (const auto* date = a.as_date()) return three_way(*date, *b.as_date());
  if (const auto* duration = a.as_duration()) return three_way(*duration, *b.as_duration());
  if (const auto* clock = a.as_clock_time()) return three_way(*clock, *b.as_clock_time());
  if (const auto* bytes = a.as_bytes()) return three_way(bytes->bytes, b.as_bytes()->bytes);
  if (const auto* uuid = a.as_uuid()) return three_way(*uuid, *b.as_uuid());
  if (const auto* list = a.as_list()) return order_of_items(*list, *b.as_list(), op);
  if (const auto* tuple = a.as_tuple()) return order_of_items(*tuple, *b.as_tuple(), op);
  return unsupported(op, a, b);
}

Result<bool> compare(Operator op, const Value& a, const Value& b) {
  switch (op) {
    case Operator::Equal:
      return is_equal(a, b);
    case Operator::NotEqual:
      return !is_equal(a, b);
    case Operator::In:
      return contains(b, a);
    case Operator::NotIn: {
      MIMUS_ASSIGN(const bool inside, contains(b, a));
      return !inside;
    }
    case Operator::Is:
    case Operator::IsNot: {
      // Identity is known for None and the truths; other values are the same object at most when they are equal.
      const bool same = a.data.index() == b.data.index() && is_equal(a, b);
      return same == (op == Operator::Is);
    }
    default:
      break;
  }
  if (a.as_set() != nullptr && b.as_set() != nullptr) {
    const bool below = is_subset(*a.as_set(), *b.as_set());
    const bool above = is_subset(*b.as_set(), *a.as_set());
    if (op == Operator::Less) return below && !above;
    if (op == Operator::LessEqual) return below;
    return op == Operator::Greater ? above && !below : above;
  }
  MIMUS_ASSIGN(const int order, order_of(a, b, op));
  if (order == 2) return false;
  if (op == Operator::Less) return order < 0;
  if (op == Operator::LessEqual) return order <= 0;
  return op == Operator::Greater ? order > 0 : order >= 0;
}

Result<Value> binary(Operator op, const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) {
    const bool real = a.as_float() != nullptr || b.as_float() != nullptr;
    return real ? real_binary(op, a, b) : whole_binary(op, a, b);
  }
  if (auto time = time_binary(op, a, b)) return *time;
  if (auto container = container_binary(op, a, b)) return *container;
  return unsupported(op, a, b);
}

Result<Value> unary(Operator op, const Value& value) {
  if (const double* real = value.as_float(); real != nullptr && op != Operator::Invert) {
    return Value(op == Operator::Negate ? -*real : *real);
  }
  if (const auto* duration = value.as_duration(); duration != nullptr && op != Operator::Invert) {
    if (op == Operator::Plus) return value;
    MIMUS_ASSIGN(const Value micros, unary(op, Value(duration->micros)));
    return duration_of(micros);
  }
  if (!is_whole(value)) return type_error("a sign cannot stand before " + std::string(type_name_of(value)));
  const auto small = small_of(value);
  if (op == Operator::Plus) return small ? Value(*small) : value;
  if (op == Operator::Invert) return small ? Value(~*small) : big_invert(value);
  if (small && *small != std::numeric_limits<std::int64_t>::min()) return Value(-*small);
  return big_negate(value);
}

}  // namespace mimus::script
