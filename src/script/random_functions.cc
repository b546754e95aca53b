#include "script/random_functions.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "script/errors.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

using A = const CallArguments&;

struct RandomFunction {
  std::string_view path;
  std::size_t least, most;
  Result<Value> (*call)(const CallArguments& arguments, Draws& draws);
  std::string_view names = {};         // of its parameters, in their order; empty: none may be given by its name
  std::string_view keyword_only = {};  // of those that may only be given by their names
};

Result<std::int64_t> whole(A a, std::size_t place) {
  const auto* number = a.positional.size() > place ? a.positional[place].as_int() : nullptr;
  if (number == nullptr) return type_error("a whole number is needed");
  return *number;
}

Result<double> real(A a, std::size_t place, double fallback) {
  if (a.positional.size() <= place) return fallback;
  MIMUS_ASSIGN(const Value value, binary(Operator::Multiply, a.positional[place], Value(1.0)));
  if (value.as_float() == nullptr) return type_error("a number is needed");
  return *value.as_float();
}

Result<WholeDraw> draw_of_randint(A a) {
  MIMUS_ASSIGN(const std::int64_t least, whole(a, 0));
  MIMUS_ASSIGN(const std::int64_t most, whole(a, 1));
  if (most < least) return value_error("randint() of an empty range");
  return WholeDraw{least, static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least) + 1, 1};
}

Result<WholeDraw> draw_of_randrange(A a) {
  MIMUS_ASSIGN(std::int64_t start, whole(a, 0));
  std::int64_t stop = start;
  std::int64_t step = 1;
  if (a.positional.size() > 1) {
    MIMUS_ASSIGN(stop, whole(a, 1));
  } else {
    start = 0;
  }
  if (a.positional.size() > 2) {
    MIMUS_ASSIGN(step, whole(a, 2));
  }
  if (step == 0 || (step > 0 ? stop <= start : stop >= start)) return value_error("randrange() of an empty range");
  const auto span = static_cast<std::uint64_t>(step > 0 ? stop - start : start - stop);
  const std::uint64_t stride = static_cast<std::uint64_t>(step > 0 ? step : -step);
  return WholeDraw{start, (span - 1) / stride + 1, step};
}

Result<Value> randint(A a, Draws& draws) {
  MIMUS_ASSIGN(const WholeDraw number, draw_of_randint(a));
  return Value(number.at(draws.draw()));
}

Result<Value> randrange(A a, Draws& draws) {
  MIMUS_ASSIGN(const WholeDraw number, draw_of_randrange(a));
  return Value(number.at(draws.draw()));
}

Result<Value> choice(A a, Draws& draws) {
  MIMUS_ASSIGN(const ValueList items, items_of(a.positional.at(0)));
  if (items.empty()) return index_error("choice() of nothing");
  return items[bounded(draws.draw(), items.size())];
}

// A Fisher-Yates shuffle, as far as it is needed.
Result<Value> sample(A a, Draws& draws) {
  MIMUS_ASSIGN(ValueList items, items_of(a.positional.at(0)));
  MIMUS_ASSIGN(const std::int64_t count, whole(a, 1));
  if (count < 0 || count > static_cast<std::int64_t>(items.size()))
    return value_error("sample() of more than there are");
  const auto n = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < n; ++i) std::swap(items[i], items[i + bounded(draws.draw(), items.size() - i)]);
  items.resize(n);
  return Value::list(std::move(items));
}

// A number of bits, as many as one draw has.
Result<Value> random_bits(A a, Draws& draws) {
  MIMUS_ASSIGN(const std::int64_t count, whole(a, 0));
  if (count < 0) return value_error("number of bits must be non-negative");
  if (count == 0) return Value(std::int64_t{0});
  if (count > 63) return not_covered("random.getrandbits() of more than 63 bits");
  return Value(static_cast<std::int64_t>(draws.draw() & ((std::uint64_t{1} << static_cast<unsigned>(count)) - 1)));
}

// low … high, most often `mode`. By the inverse of the distribution's function, as Python does.
Result<Value> triangular(A a, Draws& draws) {
  MIMUS_ASSIGN(double low, real(a, 0, 0));
  MIMUS_ASSIGN(double high, real(a, 1, 1));
  double u = unit(draws.draw());
  double c = 0.5;
  if (a.positional.size() > 2 && !a.positional[2].is_null()) {
    MIMUS_ASSIGN(const double mode, real(a, 2, 0));
    if (high == low) return a.positional[0];
    c = (mode - low) / (high - low);
  }
  if (u > c) {
    u = 1 - u;
    c = 1 - c;
    std::swap(low, high);
  }
  if (!(u * c >= 0)) return not_covered("random.triangular() with a mode outside of its range");
  return Value(low + (high - low) * std::sqrt(u * c));
}

// The sums of the weights so far; nullopt where they are no plain numbers, or add up to nothing.
std::optional<std::vector<double>> sums_of(const ValueList& weights, bool are_sums) {
  std::vector<double> out;
  double sum = 0;
  std::int64_t whole_sum = 0;
  bool is_whole = true;
  for (const Value& weight : weights) {
    const auto* number = weight.as_int();
    const auto* fraction = weight.as_float();
    constexpr std::int64_t kExact = std::int64_t{1} << 52;
    if ((number == nullptr || *number < 0 || *number > kExact) && fraction == nullptr) return std::nullopt;
    const double value = number == nullptr ? *fraction : static_cast<double>(*number);
    is_whole = is_whole && number != nullptr;
    whole_sum += number == nullptr ? 0 : *number;
    if (is_whole && whole_sum > kExact) return std::nullopt;
    sum = are_sums ? value : is_whole ? static_cast<double>(whole_sum) : sum + value;
    out.push_back(sum);
  }
  if (out.empty() || !(out.back() > 0) || !std::isfinite(out.back()) || !std::ranges::is_sorted(out)) {
    return std::nullopt;
  }
  return out;
}

// Several with replacement.
Result<Value> choices(A a, Draws& draws) {
  const auto given = [&](std::size_t place, std::string_view name) -> const Value* {
    const Value* value = a.get(place, name);
    return value == nullptr || value->is_null() ? nullptr : value;
  };
  const Value* population = a.get(0, "population");
  const Value* weights = given(1, "weights");
  const Value* sums = find(a.named, "cum_weights");
  if (sums != nullptr && sums->is_null()) sums = nullptr;
  const Value* k = find(a.named, "k");
  const auto* count = k == nullptr ? nullptr : k->as_int();
  if (population == nullptr || (k != nullptr && count == nullptr) || (weights != nullptr && sums != nullptr)) {
    return not_covered("random.choices() with these arguments");
  }
  MIMUS_ASSIGN(const ValueList items, items_of(*population));
  const std::int64_t n = count == nullptr ? 1 : *count;
  if (items.empty() && n > 0 && weights == nullptr && sums == nullptr) return index_error("choices() of nothing");
  if (n > 1'000'000) return not_covered("random.choices() of more than 1,000,000");
  std::optional<std::vector<double>> bounds;
  if (weights != nullptr || sums != nullptr) {
    MIMUS_ASSIGN(const ValueList numbers, items_of(weights != nullptr ? *weights : *sums));
    bounds = sums_of(numbers, sums != nullptr);
    if (!bounds || bounds->size() != items.size()) return not_covered("random.choices() with these weights");
  }
  ValueList out;
  for (std::int64_t i = 0; i < n; ++i) {
    const double u = unit(draws.draw());
    auto at = static_cast<std::size_t>(u * static_cast<double>(items.size()));
    if (bounds) {
      const auto place = std::ranges::upper_bound(bounds->begin(), bounds->end() - 1, u * bounds->back());
      at = static_cast<std::size_t>(place - bounds->begin());
    }
    out.push_back(items[at]);
  }
  return Value::list(std::move(out));
}

Result<Value> uniform(A a, Draws& draws) {
  MIMUS_ASSIGN(const double least, real(a, 0, 0));
  MIMUS_ASSIGN(const double most, real(a, 1, 1));
  return Value(least + (most - least) * unit(draws.draw()));
}

// A random UUID, version 4 (RFC 9562).
Result<Value> uuid4(A, Draws& draws) {
  const std::uint64_t high = (draws.draw() & ~std::uint64_t{0xF000}) | 0x4000U;
  const std::uint64_t low = (draws.draw() & ~(std::uint64_t{3} << 62U)) | std::uint64_t{2} << 62U;
  Uuid out;
  for (unsigned i = 0; i < 8; ++i) {
    out.bytes[i] = static_cast<std::uint8_t>(high >> (8 * (7 - i)));
    out.bytes[8 + i] = static_cast<std::uint8_t>(low >> (8 * (7 - i)));
  }
  return Value(out);
}

constexpr std::array kRandom{
    RandomFunction{"random.random", 0, 0, [](A, Draws& draws) -> Result<Value> { return Value(unit(draws.draw())); }},
    RandomFunction{"random.randint", 2, 2, randint, "a b"},
    RandomFunction{"random.randrange", 1, 3, randrange, "start stop step"},
    RandomFunction{"random.uniform", 2, 2, uniform, "a b"},
    RandomFunction{"random.choice", 1, 1, choice, "seq"},
    RandomFunction{"random.sample", 2, 3, sample, "population k", "counts"},
    RandomFunction{"random.choices", 1, 4, choices, "population weights", "cum_weights k"},
    RandomFunction{"random.getrandbits", 1, 1, random_bits},
    RandomFunction{"random.triangular", 0, 3, triangular, "low high mode"},
    RandomFunction{"uuid.uuid4", 0, 0, uuid4},
};

// The arguments that have names in the places of their parameters, but for those that have none.
Result<CallArguments> in_places(A given, const RandomFunction& function) {
  const std::vector<std::string_view> names = split(function.names, ' ');
  const std::vector<std::string_view> others = split(function.keyword_only, ' ');
  CallArguments out{.positional = given.positional, .named = {}};
  if (out.positional.size() > std::max(names.size(), function.names.empty() ? function.most : 0)) {
    return type_error(std::string(function.path) + "() takes some of its arguments by their names only");
  }
  std::size_t used = 0;
  for (std::size_t i = out.positional.size(); i < names.size(); ++i) {
    const Value* value = find(given.named, names[i]);
    if (value == nullptr) break;
    out.positional.push_back(*value);
    ++used;
  }
  for (const auto& [name, value] : given.named) {
    if (std::ranges::find(others, name) == others.end()) continue;
    out.named.emplace_back(name, value);
    ++used;
  }
  // One that is given twice, unknown, or behind one that is not given.
  if (used != given.named.size()) return not_covered(std::string(function.path) + "() with these arguments");
  if (find(out.named, "counts") != nullptr) return not_covered("random.sample() with counts");
  if (out.positional.size() < function.least)
    return not_covered(std::string(function.path) + "() with too few arguments");
  return out;
}

}  // namespace

std::optional<WholeDraw> whole_draw(std::string_view path, const CallArguments& arguments) {
  const bool is_randint = path == "random.randint" && arguments.positional.size() == 2;
  const std::size_t count = arguments.positional.size();
  if (!arguments.named.empty() || (!is_randint && (path != "random.randrange" || count < 1 || count > 3))) return {};
  const auto found = is_randint ? draw_of_randint(arguments) : draw_of_randrange(arguments);
  return found ? std::optional(*found) : std::nullopt;
}

bool is_random_function(std::string_view path) {
  return std::ranges::find(kRandom, path, &RandomFunction::path) != kRandom.end();
}

Result<Value> call_random_function(std::string_view path, const CallArguments& arguments, Draws& draws) {
  const auto function = std::ranges::find(kRandom, path, &RandomFunction::path);
  MIMUS_TRY(check_count(arguments, function->least, function->most, path));
  MIMUS_ASSIGN(const CallArguments placed, in_places(arguments, *function));
  return function->call(placed, draws);
}

}  // namespace mimus::script
