#include "generator/law.h"

#include <algorithm>
#include <cmath>

#include "base/diagnostic.h"
#include "base/text.h"
#include "random/alias.h"
#include "random/elementary.h"
#include "random/samplers.h"

namespace mimus {
namespace {

constexpr int kMostTries = 1000;
constexpr std::size_t kMostDepth = 8;

std::unexpected<Diagnostic> wrong(std::string message, std::string hint = {}) {
  return fail("generator.argument", std::move(message), std::move(hint));
}

// A law from a function of the draws.
template <class Draw>
std::unique_ptr<Law> make_law(Draw draw) {
  class Function final : public Law {
   public:
    explicit Function(Draw function) : draw_(std::move(function)) {}
    [[nodiscard]] double draw(Draws& draws) const override { return draw_(draws); }

   private:
    Draw draw_;
  };
  return std::make_unique<Function>(std::move(draw));
}

// Whole numbers from `first` on, by weight.
class Counts final : public Law {
 public:
  Counts(std::int64_t first, const std::vector<double>& weights) : first_(first), table_(weights) {}
  [[nodiscard]] double draw(Draws& draws) const override {
    return static_cast<double>(first_ + static_cast<std::int64_t>(table_.pick(draws.next())));
  }
  [[nodiscard]] bool is_whole() const override { return true; }

 private:
  std::int64_t first_;
  AliasTable table_;
};

// Weights around the most likely count, from which `ratio(k)` = weight(k) / weight(k - 1) leads down and up, until they
// are below what 64 bits can draw.
template <class Ratio>
std::unique_ptr<Law> counts_around(std::int64_t mode, std::int64_t least, std::int64_t most, Ratio ratio) {
  constexpr double kNegligible = 0x1p-70;
  std::vector<double> below, weights{1};
  double weight = 1;
  std::int64_t first = mode;
  for (; first > least && weight > kNegligible; --first) {
    weight /= ratio(first);
    below.push_back(weight);
  }
  weight = 1;
  for (std::int64_t k = mode + 1; k <= most && weight > kNegligible; ++k) {
    weight *= ratio(k);
    weights.push_back(weight);
  }
  weights.insert(weights.begin(), below.rbegin(), below.rend());
  return std::make_unique<Counts>(first, weights);
}

Status positive(const Arguments& arguments, std::string_view name, double most = 1e15) {
  const double value = arguments.number(name);
  if (value > 0 && value <= most) return {};
  return wrong(std::string(name) + " must be greater than 0 and at most " + float_text(most) + ", but is " +
               float_text(value));
}

Status finite(const Arguments& arguments, std::string_view name) {
  const double value = arguments.number(name);
  if (std::isfinite(value) && std::abs(value) <= 1e15) return {};
  return wrong(std::string(name) + " must be between -1e15 and 1e15, but is " + float_text(value));
}

constexpr ParameterDeclaration kUniform[] = {
    {"min", ParameterType::Float, "0", "", "least number"},
    {"max", ParameterType::Float, "1", "at least min", "greatest number"},
};
Result<std::unique_ptr<Law>> make_uniform(const Arguments& arguments) {
  MIMUS_TRY(finite(arguments, "min"));
  MIMUS_TRY(finite(arguments, "max"));
  const double min = arguments.number("min");
  const double span = arguments.number("max") - min;
  if (span < 0) return wrong("min must be at most max");
  return make_law([min, span](Draws& draws) { return min + span * draws.fraction(); });
}

constexpr ParameterDeclaration kNormal[] = {
    {"mean", ParameterType::Float, "0", "", "the mean"},
    {"sd", ParameterType::Float, "1", "greater than 0", "the standard deviation"},
};
Result<std::unique_ptr<Law>> make_normal(const Arguments& arguments) {
  MIMUS_TRY(finite(arguments, "mean"));
  MIMUS_TRY(positive(arguments, "sd"));
  return make_law([mean = arguments.number("mean"), sd = arguments.number("sd")](Draws& draws) {
    return mean + sd * draw_normal(draws);
  });
}

constexpr ParameterDeclaration kTruncated[] = {
    {"mean", ParameterType::Float, "0", "", "the mean, before the ends are cut off"},
    {"sd", ParameterType::Float, "1", "greater than 0", "the standard deviation, before that"},
    {"min", ParameterType::Float, "-1", "", "least number"},
    {"max", ParameterType::Float, "1", "greater than min", "greatest number"},
};
// By inversion, in the tail that has the more digits.
Result<std::unique_ptr<Law>> make_truncated(const Arguments& arguments) {
  for (const std::string_view name : {"mean", "min", "max"}) MIMUS_TRY(finite(arguments, name));
  MIMUS_TRY(positive(arguments, "sd"));
  const double mean = arguments.number("mean");
  const double sd = arguments.number("sd");
  const double min = arguments.number("min");
  const double max = arguments.number("max");
  if (!(min < max)) return wrong("min must be less than max");
  double low = (min - mean) / sd;
  double high = (max - mean) / sd;
  const double sign = low > 0 ? -1 : 1;
  if (low > 0) {
    low = -std::exchange(high, -low);
  }
  const double first = normal_probability(low);
  const double span = normal_probability(high) - first;
  if (!(span > 0)) return wrong("min and max are too far from the mean: no number lies there");
  return make_law([=](Draws& draws) {
    return std::clamp(mean + sd * sign * normal_quantile(first + span * draw_open(draws)), min, max);
  });
}

constexpr ParameterDeclaration kLogNormal[] = {
    {"mu", ParameterType::Float, "0", "", "mean of the logarithm"},
    {"sigma", ParameterType::Float, "1", "greater than 0", "standard deviation of the logarithm"},
};
Result<std::unique_ptr<Law>> make_log_normal(const Arguments& arguments) {
  MIMUS_TRY(finite(arguments, "mu"));
  MIMUS_TRY(positive(arguments, "sigma", 100));
  return make_law([mu = arguments.number("mu"), sigma = arguments.number("sigma")](Draws& draws) {
    return exact_exp(mu + sigma * draw_normal(draws));
  });
}

constexpr ParameterDeclaration kExponential[] = {
    {"rate", ParameterType::Float, "1", "greater than 0", "1 / the mean"},
};
Result<std::unique_ptr<Law>> make_exponential(const Arguments& arguments) {
  MIMUS_TRY(positive(arguments, "rate"));
  return make_law([rate = arguments.number("rate")](Draws& draws) { return draw_exponential(draws) / rate; });
}

constexpr ParameterDeclaration kGamma[] = {
    {"shape", ParameterType::Float, "1", "greater than 0", "the shape"},
    {"scale", ParameterType::Float, "1", "greater than 0", "the scale: the mean is shape times scale"},
};
Result<std::unique_ptr<Law>> make_gamma(const Arguments& arguments) {
  MIMUS_TRY(positive(arguments, "shape"));
  MIMUS_TRY(positive(arguments, "scale"));
  return make_law([shape = arguments.number("shape"), scale = arguments.number("scale")](Draws& draws) {
    return scale * draw_gamma(draws, shape);
  });
}

constexpr ParameterDeclaration kBeta[] = {
    {"a", ParameterType::Float, "1", "greater than 0", "the first shape"},
    {"b", ParameterType::Float, "1", "greater than 0", "the second shape"},
};
Result<std::unique_ptr<Law>> make_beta(const Arguments& arguments) {
  MIMUS_TRY(positive(arguments, "a"));
  MIMUS_TRY(positive(arguments, "b"));
  return make_law(
      [a = arguments.number("a"), b = arguments.number("b")](Draws& draws) { return draw_beta(draws, a, b); });
}

constexpr ParameterDeclaration kTriangular[] = {
    {"min", ParameterType::Float, "0", "", "least number"},
    {"max", ParameterType::Float, "1", "greater than min", "greatest number"},
    {"mode", ParameterType::Float, "0.5", "from min to max", "the most likely number"},
};
Result<std::unique_ptr<Law>> make_triangular(const Arguments& arguments) {
  for (const std::string_view name : {"min", "max", "mode"}) MIMUS_TRY(finite(arguments, name));
  const double min = arguments.number("min");
  const double max = arguments.number("max");
  const double mode = arguments.number("mode");
  if (!(min < max) || mode < min || mode > max) return wrong("mode must lie from min to max, and min below max");
  return make_law([=](Draws& draws) {
    const double u = draws.fraction();
    const double peak = (mode - min) / (max - min);
    return u < peak ? min + std::sqrt(u * (max - min) * (mode - min))
                    : max - std::sqrt((1 - u) * (max - min) * (max - mode));
  });
}

constexpr ParameterDeclaration kPoisson[] = {
    {"mean", ParameterType::Float, "1", "greater than 0, at most 1,000,000", "the mean"},
};
Result<std::unique_ptr<Law>> make_poisson(const Arguments& arguments) {
  MIMUS_TRY(positive(arguments, "mean", 1e6));
  const double mean = arguments.number("mean");
  return counts_around(static_cast<std::int64_t>(mean), 0, INT64_MAX,
                       [mean](std::int64_t k) { return mean / static_cast<double>(k); });
}

constexpr ParameterDeclaration kBinomial[] = {
    {"n", ParameterType::Int, "1", "0 to 1,000,000,000", "how many attempts"},
    {"p", ParameterType::Float, "0.5", "0 to 1", "the probability of success"},
};
Result<std::unique_ptr<Law>> make_binomial(const Arguments& arguments) {
  const std::int64_t n = arguments.integer("n");
  const double p = arguments.number("p");
  if (n < 0 || n > 1'000'000'000) return wrong("n must be from 0 to 1000000000, but is " + std::to_string(n));
  if (!(p >= 0 && p <= 1)) return wrong("p must be from 0 to 1, but is " + float_text(p));
  const auto mode = std::min(n, static_cast<std::int64_t>(static_cast<double>(n + 1) * p));
  if (p == 0 || p == 1) return std::make_unique<Counts>(mode, std::vector<double>{1});
  return counts_around(mode, 0, n, [=](std::int64_t k) {
    return static_cast<double>(n - k + 1) / static_cast<double>(k) * (p / (1 - p));
  });
}

constexpr ParameterDeclaration kGeometric[] = {
    {"p", ParameterType::Float, "0.5", "0.0001 to 1", "the probability of success; failures before it are counted"},
};
Result<std::unique_ptr<Law>> make_geometric(const Arguments& arguments) {
  const double p = arguments.number("p");
  if (!(p >= 0.0001 && p <= 1)) return wrong("p must be from 0.0001 to 1, but is " + float_text(p));
  if (p == 1) return std::make_unique<Counts>(0, std::vector<double>{1});
  return counts_around(0, 0, INT64_MAX, [p](std::int64_t) { return 1 - p; });
}

constexpr ParameterDeclaration kZipf[] = {
    {"n", ParameterType::Int, "1000", "1 to 10,000,000", "the greatest number"},
    {"s", ParameterType::Float, "1", "0 to 100", "the exponent: k weighs k to the power of -s"},
};
Result<std::unique_ptr<Law>> make_zipf(const Arguments& arguments) {
  const std::int64_t n = arguments.integer("n");
  const double s = arguments.number("s");
  if (n < 1 || n > 10'000'000) return wrong("n must be from 1 to 10000000, but is " + std::to_string(n));
  if (!(s >= 0 && s <= 100)) return wrong("s must be from 0 to 100, but is " + float_text(s));
  std::vector<double> weights(static_cast<std::size_t>(n));
  for (std::size_t k = 0; k < weights.size(); ++k) weights[k] = exact_pow(static_cast<double>(k + 1), -s);
  return std::make_unique<Counts>(1, weights);
}

Result<std::vector<double>> read_weights(const Arguments& arguments, std::string_view name, std::size_t count) {
  std::vector<double> weights(count, 1);
  if (arguments.has(name)) weights = arguments.numbers(name);
  double sum = 0;
  for (const double weight : weights) sum += weight >= 0 && weight <= 1e300 ? weight : NAN;
  if (weights.size() != count || !(sum > 0) || !std::isfinite(sum)) {
    return wrong(std::string(name) + " must be " + std::to_string(count) +
                 " numbers, none negative, not all of them 0");
  }
  return weights;
}

// Of numbers that stand in a file that is not read.
class Unread final : public Law {
 public:
  [[nodiscard]] double draw(Draws&) const override { return 0; }
  [[nodiscard]] bool is_unread() const override { return true; }
};

constexpr ParameterDeclaration kHistogram[] = {
    {"edges", ParameterType::Numbers, "", "ascending, two or more", "the borders of the bins", true},
    {"counts", ParameterType::Numbers, "", "one fewer than edges", "how much each bin weighs", true},
    {"file", ParameterType::String, "", "a CSV file of the project", "in their place: an edge and a weight a line",
     true},
};
Result<std::unique_ptr<Law>> make_histogram(const Arguments& arguments) {
  if (arguments.has("file")) return std::make_unique<Unread>();
  if (!arguments.has("edges") || !arguments.has("counts")) return wrong("needs edges and counts, or file");
  const std::vector<double> edges = arguments.numbers("edges");
  if (edges.size() < 2 || !std::ranges::is_sorted(edges) || !std::isfinite(edges.front()) ||
      !std::isfinite(edges.back())) {
    return wrong("edges must be two or more numbers that ascend");
  }
  MIMUS_ASSIGN(const std::vector<double> counts, read_weights(arguments, "counts", edges.size() - 1));
  return make_law([edges, table = AliasTable(counts)](Draws& draws) {
    const std::uint32_t bin = table.pick(draws.next());
    return edges[bin] + (edges[bin + 1] - edges[bin]) * draws.fraction();
  });
}

class Empirical final : public Law {
 public:
  Empirical(std::vector<double> values, const std::vector<double>& weights)
      : values_(std::move(values)), table_(weights), whole_(std::ranges::all_of(values_, [](double value) {
          return std::nearbyint(value) == value && std::abs(value) < 0x1p53;
        })) {}
  [[nodiscard]] double draw(Draws& draws) const override { return values_[table_.pick(draws.next())]; }
  [[nodiscard]] bool is_whole() const override { return whole_; }

 private:
  std::vector<double> values_;
  AliasTable table_;
  bool whole_;
};

constexpr ParameterDeclaration kEmpirical[] = {
    {"values", ParameterType::Numbers, "", "one or more", "the numbers", true},
    {"weights", ParameterType::Numbers, "", "as many as values", "how much each weighs; otherwise the same", true},
    {"file", ParameterType::String, "", "a CSV file of the project", "in their place: a number, and its weight, a line",
     true},
};
Result<std::unique_ptr<Law>> make_empirical(const Arguments& arguments) {
  if (arguments.has("file")) return std::make_unique<Unread>();
  if (!arguments.has("values")) return wrong("needs values, or file");
  const std::vector<double> values = arguments.numbers("values");
  if (values.empty()) return wrong("values must be one number or more");
  MIMUS_ASSIGN(const std::vector<double> weights, read_weights(arguments, "weights", values.size()));
  return std::make_unique<Empirical>(values, weights);
}

constexpr LawDeclaration kLaws[] = {
    {"uniform", "every number from min to max is as likely", "inversion", kUniform, make_uniform},
    {"normal", "the normal distribution", "inversion; Wichura, AS 241, 1988", kNormal, make_normal},
    {"truncated_normal", "the normal distribution, of which only the part from min to max is left",
     "inversion; Wichura, AS 241, 1988", kTruncated, make_truncated},
    {"lognormal", "numbers whose logarithm is normal", "inversion; Wichura, AS 241, 1988", kLogNormal, make_log_normal},
    {"exponential", "the time between events that come at a constant rate", "inversion", kExponential,
     make_exponential},
    {"gamma", "the gamma distribution", "Marsaglia and Tsang, ACM TOMS 26, 2000", kGamma, make_gamma},
    {"beta", "the beta distribution, from 0 to 1", "Devroye, Non-Uniform Random Variate Generation, IX.3, 1986", kBeta,
     make_beta},
    {"triangular", "rises from min to mode and falls to max", "inversion", kTriangular, make_triangular},
    {"poisson", "how many events there are", "alias table; Vose, IEEE TSE 17, 1991", kPoisson, make_poisson},
    {"binomial", "how many of n attempts succeed", "alias table; Vose, IEEE TSE 17, 1991", kBinomial, make_binomial},
    {"geometric", "how many attempts fail before one succeeds", "alias table; Vose, IEEE TSE 17, 1991", kGeometric,
     make_geometric},
    {"zipf", "ranks from 1 to n, the first the most frequent", "alias table; Vose, IEEE TSE 17, 1991", kZipf,
     make_zipf},
    {"histogram", "uniform in bins that weigh differently", "alias table; Vose, IEEE TSE 17, 1991", kHistogram,
     make_histogram},
    {"empirical", "one of the numbers", "alias table; Vose, IEEE TSE 17, 1991", kEmpirical, make_empirical},
};

// One of several laws, by weight.
class Mixture final : public Law {
 public:
  Mixture(const std::vector<double>& weights, std::vector<std::shared_ptr<const Law>> parts)
      : table_(weights), parts_(std::move(parts)) {}
  [[nodiscard]] double draw(Draws& draws) const override { return parts_[table_.pick(draws.next())]->draw(draws); }
  [[nodiscard]] bool is_whole() const override { return std::ranges::all_of(parts_, &Law::is_whole); }
  [[nodiscard]] bool is_unread() const override { return std::ranges::any_of(parts_, &Law::is_unread); }

 private:
  AliasTable table_;
  std::vector<std::shared_ptr<const Law>> parts_;
};

Result<std::shared_ptr<const Law>> law_of(std::string_view text, const ReadFile& read_file, std::size_t depth);

// mixture(weight, law, weight, law, …): a law is no literal, and stands as a text or as it is.
Result<std::shared_ptr<const Law>> mixture_of(const Call& call, const ReadFile& read_file, std::size_t depth) {
  std::vector<double> weights;
  std::vector<std::shared_ptr<const Law>> parts;
  for (std::size_t k = 0; k + 1 < call.arguments.size(); k += 2) {
    const Value& weight = call.arguments[k].value;
    const Argument& part = call.arguments[k + 1];
    const std::string* quoted = part.value.as_text();
    if (weight.as_int() == nullptr && weight.as_float() == nullptr) break;
    weights.push_back(weight.as_int() != nullptr ? static_cast<double>(*weight.as_int()) : *weight.as_float());
    if (!(weights.back() >= 0) || !std::isfinite(weights.back())) break;
    MIMUS_ASSIGN(std::shared_ptr<const Law> law,
                 law_of(quoted != nullptr ? *quoted : part.expression, read_file, depth + 1));
    parts.push_back(std::move(law));
  }
  double sum = 0;
  for (const double weight : weights) sum += weight;
  if (parts.empty() || 2 * parts.size() != call.arguments.size() || !(sum > 0)) {
    return wrong("a mixture has weights, none negative, each with its distribution",
                 "as in mixture(0.7, normal(1, 2), 0.3, exponential(4))");
  }
  return std::make_shared<const Mixture>(weights, std::move(parts));
}

Result<std::shared_ptr<const Law>> law_of(std::string_view text, const ReadFile& read_file, std::size_t depth) {
  if (depth > kMostDepth) return wrong("distributions are nested too deeply");
  const auto call = parse_call(text);
  if (!call) {
    return wrong("'" + std::string(text.substr(0, 80)) + "' is no distribution: " + call.error().message,
                 "as in normal(50, 10)");
  }
  if (call->name == "mixture") return mixture_of(*call, read_file, depth);
  const auto* known = std::ranges::find(kLaws, call->name, &LawDeclaration::name);
  if (known == std::end(kLaws)) {
    std::vector<std::string_view> names{"mixture"};
    for (const LawDeclaration& law : kLaws) names.push_back(law.name);
    std::string hint = suggest(call->name, names);
    if (hint.empty()) {
      for (const std::string_view name : names) hint += (hint.empty() ? "there are: " : ", ") + std::string(name);
    }
    return wrong("unknown distribution '" + call->name + "'", std::move(hint));
  }
  MIMUS_ASSIGN(const Call full, with_numbers_of_file(*call, read_file));
  auto arguments = match_arguments(full, known->parameters, {.family = "generator"});
  if (!arguments) {
    Diagnostic cause = std::move(arguments).error();
    cause.where = {};
    return fail(std::move(cause));
  }
  auto made = known->make(*arguments);
  if (!made) {
    Diagnostic cause = std::move(made).error();
    cause.message = call->name + ": " + cause.message;
    return fail(std::move(cause));
  }
  return std::shared_ptr<const Law>(std::move(*made));
}

}  // namespace

std::span<const LawDeclaration> laws() { return kLaws; }

Result<std::shared_ptr<const Law>> parse_law(std::string_view text, const ReadFile& read_file) {
  return law_of(text, read_file, 0);
}

double draw_within(const Law& law, Bounds bounds, Draws& draws) {
  double value = 0;
  for (int k = 0; k < kMostTries; ++k) {
    value = law.draw(draws);
    if (value >= bounds.least && value <= bounds.most) return value;
  }
  return std::clamp(value, bounds.least, bounds.most);
}

Status check_within(const Law& law, Bounds bounds) {
  if (law.is_unread()) return {};
  const Stream stream(0, "check");
  for (std::uint64_t row = 0; row < 2000; ++row) {
    Draws draws(stream, {row, 0});
    const double value = law.draw(draws);
    if (value >= bounds.least && value <= bounds.most) return {};
  }
  return wrong("hardly any number of the distribution lies from " + float_text(bounds.least) + " to " +
               float_text(bounds.most));
}

}  // namespace mimus
