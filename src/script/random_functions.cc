#include "script/random_functions.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "script/errors.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

using A = const CallArguments&;

struct RandomFunction {
  std::string_view path;
  std::size_t least, most;
  Result<Value> (*call)(const CallArguments& arguments, Draws& draws);
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

// least … least + count - 1.
Value between(std::int64_t least, std::uint64_t count, Draws& draws) {
  return Value(static_cast<std::int64_t>(static_cast<std::uint64_t>(least) + bounded(draws.draw(), count)));
}

Result<Value> randint(A a, Draws& draws) {
  MIMUS_ASSIGN(const std::int64_t least, whole(a, 0));
  MIMUS_ASSIGN(const std::int64_t most, whole(a, 1));
  if (most < least) return value_error("randint() of an empty range");
  return between(least, static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least) + 1, draws);
}

Result<Value> randrange(A a, Draws& draws) {
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
  const std::uint64_t pick = bounded(draws.draw(), (span - 1) / stride + 1);
  return Value(start + static_cast<std::int64_t>(pick) * step);
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
    RandomFunction{"random.randint", 2, 2, randint},
    RandomFunction{"random.randrange", 1, 3, randrange},
    RandomFunction{"random.uniform", 2, 2, uniform},
    RandomFunction{"random.choice", 1, 1, choice},
    RandomFunction{"random.sample", 2, 2, sample},
    RandomFunction{"uuid.uuid4", 0, 0, uuid4},
};

}  // namespace

bool is_random_function(std::string_view path) {
  return std::ranges::find(kRandom, path, &RandomFunction::path) != kRandom.end();
}

Result<Value> call_random_function(std::string_view path, const CallArguments& arguments, Draws& draws) {
  const auto function = std::ranges::find(kRandom, path, &RandomFunction::path);
  MIMUS_TRY(check_count(arguments, function->least, function->most, path));
  if (arguments.positional.size() < function->least)
    return type_error(std::string(path) + "() needs its arguments without names");
  return function->call(arguments, draws);
}

}  // namespace mimus::script
