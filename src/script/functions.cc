// Builtin functions, and functions of the modules that expressions know.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "script/big.h"
#include "script/call.h"
#include "script/errors.h"
#include "script/function.h"
#include "script/numbers.h"
#include "script/operators.h"
#include "script/random_functions.h"
#include "script/text_format.h"

namespace mimus::script {

Status check_count(const CallArguments& arguments, std::size_t least, std::size_t most, std::string_view function) {
  const std::size_t given = arguments.size();
  if (given >= least && given <= most) return {};
  std::string wanted = std::to_string(least);
  if (most == SIZE_MAX) {
    wanted = "at least " + wanted;
  } else if (most != least) {
    wanted += " to " + std::to_string(most);
  }
  return type_error(std::string(function) + "() takes " + wanted + " argument(s), but got " + std::to_string(given));
}

Status check_names(const CallArguments& arguments, std::size_t least, std::string_view names, bool first_by_name,
                   std::string_view function) {
  const std::vector<std::string_view> known = split(names, ' ');
  for (const auto& [name, value] : arguments.named) {
    if (names == "*" || std::ranges::find(known, name) != known.end()) continue;
    return type_error(std::string(function) + "() has no parameter '" + name + "' that can be given by its name");
  }
  if (first_by_name || arguments.positional.size() >= least) return {};
  return type_error(std::string(function) + "() needs " + (least == 1 ? "an argument" : "its arguments") +
                    " without a name");
}

namespace {

using A = const CallArguments&;

const Value& first(A arguments) { return arguments.positional[0]; }

bool is_whole(const Value& value) {
  return value.as_int() != nullptr || value.as_big() != nullptr || value.as_bool() != nullptr;
}

Result<Value> length(A a) {
  const Value& value = first(a);
  if (const auto* text = value.as_text()) return Value(static_cast<std::int64_t>(code_points(*text)));
  if (const auto* bytes = value.as_bytes()) return Value(static_cast<std::int64_t>(bytes->bytes.size()));
  if (value.as_dotable() != nullptr) return type_error("len() of a named dict needs its keys()");
  if (value.as_text() == nullptr && value.as_list() == nullptr && value.as_tuple() == nullptr &&
      value.as_set() == nullptr && value.as_map() == nullptr) {
    return type_error("'" + std::string(type_name_of(value)) + "' has no len()");
  }
  MIMUS_ASSIGN(const ValueList items, items_of(value));
  return Value(static_cast<std::int64_t>(items.size()));
}

Result<Value> to_text(A a) { return a.positional.empty() ? Value(std::string()) : converted(undotted(first(a)), 's'); }

Result<Value> absolute(A a) {
  const Value& value = first(a);
  if (const double* real = value.as_float()) return Value(std::abs(*real));
  if (const auto* duration = value.as_duration())
    return duration->micros < 0 ? unary(Operator::Negate, value) : Result<Value>(value);
  if (value.as_bool() == nullptr && value.as_int() == nullptr && value.as_big() == nullptr) {
    return type_error("abs() needs a number, not " + std::string(type_name_of(value)));
  }
  if (big_compare(value, Value(std::int64_t{0})) < 0) return unary(Operator::Negate, value);
  return unary(Operator::Plus, value);
}

// The arguments of max(), min(): one iterable, or several values.
Result<Value> extreme(A a, Operator better) {
  ValueList items = a.positional;
  if (items.size() == 1) {
    MIMUS_ASSIGN(items, items_of(a.positional[0]));
  }
  if (find(a.named, "key") != nullptr) return not_covered("the parameter 'key' of min() and max()");
  if (items.empty()) {
    if (const Value* fallback = find(a.named, "default")) return *fallback;
    return value_error("min() or max() of nothing");
  }
  Value best = items[0];
  for (std::size_t i = 1; i < items.size(); ++i) {
    MIMUS_ASSIGN(const bool is_better, compare(better, items[i], best));
    if (is_better) best = items[i];
  }
  return best;
}

Result<Value> sum(A a) {
  MIMUS_ASSIGN(const ValueList items, items_of(first(a)));
  const Value* start = a.get(1, "start");
  Value out = start == nullptr ? Value(std::int64_t{0}) : *start;
  if (out.as_text() != nullptr) return type_error("sum() cannot add texts");
  for (const Value& item : items) {
    MIMUS_ASSIGN(out, binary(Operator::Add, out, item));
  }
  return out;
}

Result<Value> sorted(A a) {
  if (find(a.named, "key") != nullptr) return not_covered("the parameter 'key' of sorted()");
  MIMUS_ASSIGN(ValueList items, items_of(first(a)));
  std::optional<Diagnostic> failure;
  const Value* reverse = find(a.named, "reverse");
  const bool backwards = reverse != nullptr && is_true(*reverse);
  std::ranges::stable_sort(items, [&](const Value& x, const Value& y) {
    if (failure) return false;
    const auto less = backwards ? compare(Operator::Less, y, x) : compare(Operator::Less, x, y);
    if (!less) failure = less.error();
    return less && *less;
  });
  if (failure) return fail(std::move(*failure));
  return Value::list(std::move(items));
}

Result<Value> range(A a) {
  std::array<std::int64_t, 3> bounds = {0, 0, 1};
  for (std::size_t i = 0; i < a.positional.size(); ++i) {
    const auto* number = a.positional[i].as_int();
    if (a.positional[i].as_big() != nullptr) return not_covered("range() beyond 64 bits");
    if (number == nullptr)
      return type_error("range() needs whole numbers, not " + std::string(type_name_of(a.positional[i])));
    bounds[a.positional.size() == 1 ? 1 : i] = *number;
  }
  const auto [start, stop, step] = bounds;
  if (step == 0) return value_error("range() arg 3 must not be zero");
  constexpr std::int64_t kMost = 10'000'000;
  ValueList out;
  for (std::int64_t i = start; step > 0 ? i < stop : i > stop;) {
    if (out.size() >= kMost) return fail("script.memory", "range() of more than 10,000,000 numbers");
    out.emplace_back(i);
    if (__builtin_add_overflow(i, step, &i)) break;
  }
  return Value::list(std::move(out));
}

Result<Value> quantified(A a, bool all) {
  MIMUS_ASSIGN(const ValueList items, items_of(first(a)));
  for (const Value& item : items) {
    if (is_true(item) != all) return Value(!all);
  }
  return Value(all);
}

Result<Value> to_list(A a) {
  if (a.positional.empty()) return Value::list({});
  MIMUS_ASSIGN(ValueList items, items_of(first(a)));
  return Value::list(std::move(items));
}

Result<Value> to_tuple(A a) {
  if (a.positional.empty()) return Value::tuple({});
  MIMUS_ASSIGN(ValueList items, items_of(first(a)));
  return Value::tuple(std::move(items));
}

Result<Value> to_set(A a) {
  if (a.positional.empty()) return Value::set({});
  MIMUS_ASSIGN(ValueList items, items_of(first(a)));
  return set_of(std::move(items));
}

Result<Value> to_dict(A a) {
  ValueMap out;
  const auto put = [&](const std::string& name, const Value& value) {
    const auto known = std::ranges::find(out, name, &ValueMap::value_type::first);
    if (known == out.end()) {
      out.emplace_back(name, value);
    } else {
      known->second = value;
    }
  };
  if (!a.positional.empty()) {
    const Value from = undotted(first(a));
    if (const ValueMap* map = from.as_map()) {
      out = *map;
    } else {
      MIMUS_ASSIGN(const ValueList pairs, items_of(from));
      for (const Value& pair : pairs) {
        MIMUS_ASSIGN(const ValueList parts, items_of(pair));
        if (parts.size() != 2) return value_error("dict() needs pairs");
        if (parts[0].as_text() == nullptr) return not_covered("a dict with keys that are no texts");
        put(*parts[0].as_text(), parts[1]);
      }
    }
  }
  for (const auto& [name, value] : a.named) put(name, value);
  return Value::map(std::move(out));
}

Result<Value> in_base(A a, unsigned base, std::string_view prefix) {
  const Value& value = first(a);
  if (value.as_int() == nullptr && value.as_big() == nullptr && value.as_bool() == nullptr) {
    return type_error("a whole number is needed, not " + std::string(type_name_of(value)));
  }
  std::string digits = big_digits(value, base);
  digits.insert(digits.starts_with('-') ? 1 : 0, prefix);
  return Value(std::move(digits));
}

Result<Value> enumerated(A a) {
  MIMUS_ASSIGN(const ValueList items, items_of(first(a)));
  const Value* start = a.get(1, "start");
  std::int64_t number = start != nullptr && start->as_int() != nullptr ? *start->as_int() : 0;
  ValueList out;
  for (const Value& item : items) out.push_back(Value::tuple({Value(number++), item}));
  return Value::list(std::move(out));
}

Result<Value> zipped(A a) {
  std::vector<ValueList> all;
  std::size_t least = a.positional.empty() ? 0 : SIZE_MAX;
  for (const Value& iterable : a.positional) {
    MIMUS_ASSIGN(ValueList items, items_of(iterable));
    least = std::min(least, items.size());
    all.push_back(std::move(items));
  }
  ValueList out;
  for (std::size_t i = 0; i < least; ++i) {
    ValueList row;
    for (const ValueList& items : all) row.push_back(items[i]);
    out.push_back(Value::tuple(std::move(row)));
  }
  return Value::list(std::move(out));
}

Result<Value> reversed(A a) {
  MIMUS_ASSIGN(ValueList items, items_of(first(a)));
  std::ranges::reverse(items);
  return Value::list(std::move(items));
}

Result<Value> character(A a) {
  const auto* code = first(a).as_int();
  if (code == nullptr) return type_error("chr() needs a whole number");
  if (*code < 0 || *code > 0x10FFFF) return value_error("chr() arg not in range(0x110000)");
  std::string out;
  append_utf8(out, static_cast<char32_t>(*code));
  return Value(std::move(out));
}

Result<Value> code_of(A a) {
  const auto* text = first(a).as_text();
  if (text == nullptr || code_points(*text) != 1) return type_error("ord() needs one character");
  std::size_t i = 0;
  return Value(static_cast<std::int64_t>(next_code_point(*text, i)));
}

Result<Value> quotient_and_rest(A a) {
  MIMUS_ASSIGN(Value quotient, binary(Operator::FloorDivide, a.positional.at(0), a.positional.at(1)));
  MIMUS_ASSIGN(Value rest, binary(Operator::Modulo, a.positional.at(0), a.positional.at(1)));
  return Value::tuple({std::move(quotient), std::move(rest)});
}

// ---- math

Result<double> real_argument(A a, std::size_t place = 0) {
  const Value& value = a.positional.at(place);
  if (const double* real = value.as_float()) return *real;
  if (const bool* truth = value.as_bool()) return *truth ? 1.0 : 0.0;
  if (value.as_int() != nullptr || value.as_big() != nullptr) {
    const double real = big_to_float(value);
    if (std::isinf(real)) return overflow_error("int too large to convert to float");
    return real;
  }
  return type_error("a number is needed, not " + std::string(type_name_of(value)));
}

Result<Value> rounded_whole(A a, double (*round_to)(double)) {
  const Value& value = first(a);
  if (value.as_int() != nullptr || value.as_big() != nullptr || value.as_bool() != nullptr)
    return unary(Operator::Plus, value);
  MIMUS_ASSIGN(const double real, real_argument(a));
  if (std::isnan(real)) return value_error("NaN is no whole number");
  if (std::isinf(real)) return overflow_error("infinity is no whole number");
  return big_from_float(round_to(real));
}

Result<Value> root(A a) {
  MIMUS_ASSIGN(const double real, real_argument(a));
  if (real < 0) return value_error("math domain error");
  return Value(std::sqrt(real));
}

Result<Value> is_close(A a) {
  MIMUS_ASSIGN(const double x, real_argument(a, 0));
  MIMUS_ASSIGN(const double y, real_argument(a, 1));
  const Value* relative = find(a.named, "rel_tol");
  const Value* absolute_tolerance = find(a.named, "abs_tol");
  const double rel = relative != nullptr && relative->as_float() != nullptr ? *relative->as_float() : 1e-9;
  const double abs = absolute_tolerance != nullptr && absolute_tolerance->as_float() != nullptr
                         ? *absolute_tolerance->as_float()
                         : 0.0;
  if (x == y) return Value(true);
  if (std::isinf(x) || std::isinf(y)) return Value(false);
  return Value(std::abs(x - y) <= std::max(rel * std::max(std::abs(x), std::abs(y)), abs));
}

// Euclid's algorithm, on numbers of any size.
Result<Value> common_divisor(A a) {
  Value out(std::int64_t{0});
  for (const Value& value : a.positional) {
    if (!is_whole(value)) return type_error("gcd() needs whole numbers");
    MIMUS_ASSIGN(Value other, unary(Operator::Plus, value));
    while (is_true(other)) {
      MIMUS_ASSIGN(Value rest, binary(Operator::Modulo, out, other));
      out = std::exchange(other, std::move(rest));
    }
  }
  return big_compare(out, Value(std::int64_t{0})) < 0 ? unary(Operator::Negate, out) : Result<Value>(out);
}

// pow(base, exponent, modulus), by squares.
Result<Value> power_of(A a) {
  const Value& base = first(a);
  const Value& exponent = a.positional.at(1);
  if (a.positional.size() < 3 || a.positional[2].is_null()) return binary(Operator::Power, base, exponent);
  const Value& modulus = a.positional[2];
  if (!is_whole(base) || !is_whole(exponent) || !is_whole(modulus)) {
    return type_error("pow() with a modulus needs whole numbers");
  }
  if (!is_true(modulus)) return value_error("pow() 3rd argument cannot be 0");
  const auto* exponent_bits = exponent.as_int();
  const bool small = exponent.as_bool() != nullptr || (exponent_bits != nullptr && *exponent_bits >= 0);
  if (!small) return not_covered("pow() with a modulus and so large or negative an exponent");
  std::uint64_t bits = exponent_bits != nullptr ? static_cast<std::uint64_t>(*exponent_bits) : *exponent.as_bool();
  MIMUS_ASSIGN(Value square, binary(Operator::Modulo, base, modulus));
  MIMUS_ASSIGN(Value out, binary(Operator::Modulo, Value(std::int64_t{1}), modulus));
  for (; bits != 0; bits >>= 1U) {
    if ((bits & 1U) != 0) {
      MIMUS_ASSIGN(out, binary(Operator::Multiply, out, square));
      MIMUS_ASSIGN(out, binary(Operator::Modulo, out, modulus));
    }
    MIMUS_ASSIGN(square, binary(Operator::Multiply, square, square));
    MIMUS_ASSIGN(square, binary(Operator::Modulo, square, modulus));
  }
  return out;
}

constexpr std::array kFunctions{
    Function{"len", 1, 1, length},
    Function{"str", 0, 1, to_text},
    Function{"int", 0, 2, to_whole, "base"},
    Function{"float", 0, 1, to_real},
    Function{"bool", 0, 1, [](A a) -> Result<Value> { return Value(!a.positional.empty() && is_true(first(a))); }},
    Function{"abs", 1, 1, absolute},
    Function{"round", 1, 2, rounded, "ndigits"},
    Function{"max", 1, SIZE_MAX, [](A a) { return extreme(a, Operator::Greater); }, "key default"},
    Function{"min", 1, SIZE_MAX, [](A a) { return extreme(a, Operator::Less); }, "key default"},
    Function{"sum", 1, 2, sum, "start"},
    Function{"sorted", 1, 3, sorted, "key reverse"},
    Function{"range", 1, 3, range},
    Function{"any", 1, 1, [](A a) { return quantified(a, false); }},
    Function{"all", 1, 1, [](A a) { return quantified(a, true); }},
    Function{"list", 0, 1, to_list},
    Function{"tuple", 0, 1, to_tuple},
    Function{"set", 0, 1, to_set},
    Function{"dict", 0, SIZE_MAX, to_dict, "*"},
    Function{"bin", 1, 1, [](A a) { return in_base(a, 2, "0b"); }},
    Function{"oct", 1, 1, [](A a) { return in_base(a, 8, "0o"); }},
    Function{"hex", 1, 1, [](A a) { return in_base(a, 16, "0x"); }},
    Function{"enumerate", 1, 2, enumerated, "start"},
    Function{"zip", 0, SIZE_MAX, zipped},
    Function{"reversed", 1, 1, reversed},
    Function{"chr", 1, 1, character},
    Function{"ord", 1, 1, code_of},
    Function{"divmod", 2, 2, quotient_and_rest},
    Function{"pow", 2, 3, power_of},
    Function{"repr", 1, 1, [](A a) -> Result<Value> { return converted(undotted(first(a)), 'r'); }},
    Function{"format", 1, 2,
             [](A a) -> Result<Value> {
               const Value* spec = a.get(1, "format_spec");
               MIMUS_ASSIGN(
                   std::string text,
                   format_value(first(a), spec == nullptr || spec->as_text() == nullptr ? "" : *spec->as_text()));
               return Value(std::move(text));
             }},
    Function{"math.floor", 1, 1, [](A a) { return rounded_whole(a, [](double x) { return std::floor(x); }); }},
    Function{"math.ceil", 1, 1, [](A a) { return rounded_whole(a, [](double x) { return std::ceil(x); }); }},
    Function{"math.trunc", 1, 1, [](A a) { return rounded_whole(a, [](double x) { return std::trunc(x); }); }},
    Function{"math.fabs", 1, 1,
             [](A a) -> Result<Value> {
               MIMUS_ASSIGN(const double x, real_argument(a));
               return Value(std::abs(x));
             }},
    Function{"math.sqrt", 1, 1, root},
    Function{"math.isclose", 2, 4, is_close, "rel_tol abs_tol"},
    Function{"math.gcd", 0, SIZE_MAX, common_divisor},
};

// Functions of the run's clock.
std::optional<Value> clock_function(std::string_view path, Timestamp now) {
  if (path == "datetime.datetime.now" || path == "datetime.datetime.today" || path == "datetime.datetime.utcnow")
    return Value(now);
  if (path == "datetime.date.today") return Value(Date{now.micros / kMicrosPerDay});
  return std::nullopt;
}

using FunctionIndex = std::unordered_map<std::string_view, const Function*>;

const FunctionIndex& function_index() {
  static const FunctionIndex kIndex = [] {
    FunctionIndex out;
    for (const std::span<const Function> table :
         {std::span<const Function>(kFunctions), date_functions(), hash_functions(), json_functions(),
          statistics_functions(), uuid_functions()}) {
      for (const Function& function : table) out.emplace(function.path, &function);
    }
    return out;
  }();
  return kIndex;
}

const Function* find_function(std::string_view path) {
  const auto found = function_index().find(path);
  return found == function_index().end() ? nullptr : found->second;
}

}  // namespace

std::optional<Value> module_constant(std::string_view path) {
  if (path == "math.pi") return Value(std::numbers::pi);
  if (path == "math.e") return Value(std::numbers::e);
  if (path == "math.tau") return Value(2 * std::numbers::pi);
  if (path == "math.inf") return Value(std::numeric_limits<double>::infinity());
  if (path == "math.nan") return Value(std::numeric_limits<double>::quiet_NaN());
  if (auto text = string_constant(path)) return text;
  return uuid_constant(path);
}

bool is_function(std::string_view path) {
  return find_function(path) != nullptr || clock_function(path, {}).has_value();
}

bool is_function_root(std::string_view name) {
  constexpr std::array<std::string_view, 18> kModules{
      "math",      "datetime",    "calendar",   "random",   "uuid",    "json", "os", "re",   "itertools",
      "functools", "collections", "statistics", "requests", "hashlib", "np",   "pd", "fake", "string"};
  return std::ranges::find(kModules, name) != kModules.end() || find_function(name) != nullptr || name == "map" ||
         name == "filter" || name == "reduce" || name == "type";
}

bool is_python_name(std::string_view name) {
  constexpr std::array<std::string_view, 25> kNames{"ArithmeticError",
                                                    "AttributeError",
                                                    "Exception",
                                                    "IndexError",
                                                    "KeyError",
                                                    "LookupError",
                                                    "NameError",
                                                    "OverflowError",
                                                    "RuntimeError",
                                                    "StopIteration",
                                                    "TypeError",
                                                    "ValueError",
                                                    "ascii",
                                                    "bytearray",
                                                    "bytes",
                                                    "callable",
                                                    "complex",
                                                    "frozenset",
                                                    "hash",
                                                    "isinstance",
                                                    "iter",
                                                    "next",
                                                    "NotImplementedError",
                                                    "slice",
                                                    "ZeroDivisionError"};
  return std::ranges::find(kNames, name) != kNames.end();
}

Result<Value> call_function(std::string_view path, const CallArguments& arguments, Timestamp now, Draws& draws) {
  if (is_random_function(path)) return call_random_function(path, arguments, draws);
  if (auto value = clock_function(path, now)) return *value;
  const Function* function = find_function(path);
  if (function == nullptr) return not_covered("'" + std::string(path) + "()'");
  MIMUS_TRY(check_count(arguments, function->least, function->most, path));
  MIMUS_TRY(check_names(arguments, function->least, function->names, function->first_by_name, path));
  return function->call(arguments);
}

}  // namespace mimus::script
