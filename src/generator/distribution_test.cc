// Every generator with a declared distribution against it: chi-square for what can be counted, Kolmogorov and Smirnov's
// test for numbers.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <map>

#include "generator/generator.h"
#include "generator/test_statistics.h"

namespace mimus {
namespace {

using Counts = std::map<std::string, std::size_t>;
using Shares = std::map<std::string, double>;

constexpr Timestamp kNow{1'767'225'600'000'000};  // 2026-01-01

std::unique_ptr<Generator> made(const std::string& text) {
  const auto call = parse_call(text);
  EXPECT_TRUE(call) << text;
  auto generator = make_generator(*call, {.now = kNow});
  EXPECT_TRUE(generator) << text << ": " << (generator ? "" : generator.error().message);
  return generator ? std::move(*generator) : nullptr;
}

// Calls visit(value) for each of the values that tests draw.
template <class Visit>
void for_values(const Generator& generator, Visit visit) {
  Column column;
  const Stream stream(7);
  const std::size_t total = test_draws();
  for (std::size_t first = 0; first < total; first += column.size) {
    generator.generate({.first = first, .count = std::min<std::size_t>(2048, total - first)}, stream, column);
    for (std::size_t k = 0; k < column.size; ++k) visit(value_at(column, k));
  }
}

std::vector<double> numbers_of(const std::string& text) {
  std::vector<double> out;
  for_values(*made(text), [&](const Value& value) {
    out.push_back(value.as_int() != nullptr ? static_cast<double>(*value.as_int()) : *value.as_float());
  });
  return out;
}

Counts counts_of(const Generator& generator, const std::function<std::string(const Value&)>& kind) {
  Counts out;
  for_values(generator, [&](const Value& value) { ++out[kind(value)]; });
  return out;
}

std::string text(const Value& value) { return text_of(value); }

// Shares that are all the same.
Shares alike(const Counts& counts, std::size_t cells) {
  EXPECT_EQ(counts.size(), cells);
  Shares out;
  for (const auto& [value, count] : counts) out[value] = 1;
  return out;
}

// Each of so many values is as likely.
void expect_alike(const std::string& call, std::size_t cells,
                  const std::function<std::string(const Value&)>& kind = text) {
  const Counts counts = counts_of(*made(call), kind);
  expect_shares(call, counts, alike(counts, cells));
}

TEST(Distributions, OfIntegersAndFloats) {
  expect_alike("IntegerGenerator(min=-50, max=49)", 100);
  expect_distribution("all", numbers_of("IntegerGenerator(min=-9223372036854775808, max=9223372036854775807)"),
                      [](double x) { return (x + 0x1p63) / 0x1p64; });
  expect_distribution(
      "normal", numbers_of("IntegerGenerator(min=0, max=1000, distribution='normal(500, 100)')"),
      [](double x) { return normal_below((x - 500) / 100); }, 1);
  // Of counts the part between min and max.
  Shares shares;
  for (int k = 1; k <= 6; ++k) shares[std::to_string(k)] = std::exp(k * std::log(2.5) - std::lgamma(k + 1));
  expect_shares("poisson", counts_of(*made("IntegerGenerator(1, 6, 'poisson(2.5)')"), text), shares);
  // The ends of the grid get half of what the others get.
  const Counts steps = counts_of(*made("FloatGenerator(min=0, max=1, granularity=0.1)"), text);
  shares = alike(steps, 11);
  shares["0.0"] = shares["1.0"] = 0.5;
  expect_shares("float", steps, shares);
  expect_distribution(
      "float", numbers_of("FloatGenerator(min=-3, max=5, granularity=0.0001)"),
      [](double x) { return std::clamp((x + 3) / 8, 0.0, 1.0); }, 0.0001);
  expect_distribution(
      "exponential", numbers_of("FloatGenerator(0, 100, 0.01, 'exponential(0.5)')"),
      [](double x) { return 1 - std::exp(-0.5 * std::max(0.0, x)); }, 0.01);
  expect_distribution("within", numbers_of("DistributionGenerator('normal(0, 1)', min=0, max=2)"),
                      [](double x) { return (normal_below(x) - 0.5) / (normal_below(2) - 0.5); });
}

TEST(Distributions, OfTruthsWordsAndQuotas) {
  expect_shares("boolean", counts_of(*made("BooleanGenerator(prob_true=0.9)"), text), {{"True", 0.9}, {"False", 0.1}});
  expect_shares("gender", counts_of(*made("GenderGenerator"), text), {{"female", 49}, {"male", 49}, {"other", 2}});
  expect_shares("gender", counts_of(*made("GenderGenerator(female_quota=0.5)"), text),
                {{"female", 5}, {"male", 3}, {"other", 2}});
  const auto some = [](const Value& value) { return std::string(value.as_text()->empty() ? "none" : "some"); };
  expect_shares("title", counts_of(*made("AcademicTitleGenerator(quota=0.3)"), some), {{"some", 3}, {"none", 7}});
  expect_shares("noble", counts_of(*made("NobilityTitleGenerator(gender='male', noble_quota=0.2)"), some),
                {{"some", 2}, {"none", 8}});
  expect_alike("ColorGenerator('name')", 24);
  expect_alike("DepartmentNameGenerator", 8);
}

TEST(Distributions, OfTexts) {
  Counts characters, lengths;
  for_values(*made("StringGenerator(min_len=1, max_len=20)"), [&](const Value& value) {
    ++lengths[std::to_string(value.as_text()->size())];
    for (const char c : *value.as_text()) ++characters[std::string(1, c)];
  });
  expect_shares("lengths", lengths, alike(lengths, 20));
  expect_shares("characters", characters, alike(characters, 62));
  const auto at = [](std::size_t place) {
    return [place](const Value& value) { return std::string(1, (*value.as_text())[place]); };
  };
  expect_alike("StringGenerator(min_len=9, max_len=9, char_set='[0-9A-F]')", 16, at(8));
  expect_alike("HashGenerator", 16, at(31));
  expect_alike("TokenGenerator", 16, at(0));
  expect_alike("TokenGenerator('urlsafe')", 64, at(41));
  expect_alike("TokenGenerator('urlsafe')", 16, at(42));  // the last character has four bits
  expect_alike("UUIDGenerator", 16, at(0));
  expect_alike("UUIDGenerator", 16, at(35));
  expect_alike("UUIDGenerator", 4, at(19));
  expect_alike("UUIDv7Generator", 16, at(30));
  expect_alike("EANGenerator", 10, at(11));
  expect_alike("IMEIGenerator", 10, at(12));
  expect_alike("CPFGenerator", 10, at(0));
  expect_alike("ISINGenerator", 36, at(4));
  expect_alike("LEIGenerator", 36, at(10));
  expect_alike("MACAddressGenerator", 16, at(16));
  expect_alike("ColorGenerator", 16, at(1));
}

TEST(Distributions, OfPatternsAndChoices) {
  const auto pattern = *make_pattern("[a-c]{1,4}");
  expect_shares("lengths",
                counts_of(*pattern, [](const Value& value) { return std::to_string(value.as_text()->size()); }),
                {{"1", 1}, {"2", 1}, {"3", 1}, {"4", 1}});
  const Counts branches = counts_of(**make_pattern("(red|green|[b])x"), text);
  expect_shares("branches", branches, alike(branches, 3));
  const Counts digits = counts_of(**make_pattern("\\d[0-4]"), text);
  expect_shares("digits", digits, alike(digits, 50));
  const auto values = column_of({Value(std::string("a")), Value(std::string("b")), Value(std::string("c"))});
  const std::array<double, 3> weights = {1, 0, 3};
  expect_shares("weighted", counts_of(*make_weighted_choice(values, weights), text), {{"a", 1}, {"c", 3}});
  expect_shares("choice", counts_of(*make_choice(values), text), {{"a", 1}, {"b", 1}, {"c", 1}});
  Counts lengths;
  for_values(*make_random_string(), [&](const Value& value) { ++lengths[std::to_string(value.as_text()->size())]; });
  expect_shares("random string", lengths, alike(lengths, 21));
  const Counts ints = counts_of(*make_random_int(), text);
  expect_shares("random int", ints, alike(ints, 101));
}

std::string hour_of(const Value& value) { return std::to_string(civil_from(*value.as_time()).hour); }
// 0: Monday.
int weekday_of(const Value& value) {
  const Civil civil = civil_from(*value.as_time());
  return static_cast<int>((days_from_civil(civil.year, civil.month, civil.day) + 3) % 7);
}

TEST(Distributions, OfTimes) {
  expect_alike("DateTimeGenerator(min='2024-02-29 00:00:00', max='2024-02-29 00:00:59')", 60);
  expect_alike("DateTimeGenerator(min='2024-01-01 00:00:00', max='2024-12-30 23:59:59', second_granularity=30)", 24,
               hour_of);
  // 53 Mondays and 53 Tuesdays; nine hours of weight 1 and fifteen of 0.1.
  Counts counts =
      counts_of(*made("DateTimeGenerator(min='2024-01-01 00:00:00', max='2024-12-31 23:59:59', "
                      "weekday_weights=[3, 1, 0, 0, 0, 0, 0], hours_preset='office')"),
                [](const Value& value) { return std::to_string(weekday_of(value)) + "/" + hour_of(value); });
  Shares shares;
  for (int hour = 0; hour < 24; ++hour) {
    for (int day = 0; day < 2; ++day) {
      shares[std::to_string(day) + "/" + std::to_string(hour)] =
          (day == 0 ? 3 : 1) * (hour >= 9 && hour <= 17 ? 1 : 0.1);
    }
  }
  expect_shares("weights", counts, shares);
}

// A law over the window times the weights of days and hours.
TEST(Distributions, OfTimesWithSeasons) {
  // 28 days from a Monday on; the k-th of them by the law 2x. Sundays not at all, Saturdays half, nights three times.
  const Counts counts = counts_of(
      *made(
          "DateTimeGenerator(min='2024-01-01 00:00:00', max='2024-01-28 23:59:59', distribution='triangular(0, 1, 1)', "
          "weekday_weights=[2, 2, 2, 2, 2, 1, 0], hour_weights='[3]*6+[1]*18')"),
      [](const Value& value) {
        const Civil civil = civil_from(*value.as_time());
        return std::to_string(civil.day) + (civil.hour < 6 ? " night" : " day");
      });
  Shares shares;
  for (int day = 1; day <= 28; ++day) {
    const int weekday = (day - 1) % 7;
    const double weight = weekday == 6 ? 0 : weekday == 5 ? 1 : 2;
    if (weight == 0) continue;
    const auto mass = [&](double from, double to) { return to * to - from * from; };
    shares[std::to_string(day) + " night"] = 3 * weight * mass(day - 1, day - 0.75);
    shares[std::to_string(day) + " day"] = weight * mass(day - 0.75, day);
  }
  expect_shares("seasons", counts, shares);
  // Minutes and seconds within the hour.
  for_values(
      *made("DateTimeGenerator(min='2024-01-01 00:10:00', max='2024-01-28 23:59:59', distribution='uniform(0, 1)', "
            "minute_granularity=15, second_granularity=60)"),
      [](const Value& value) {
        const Civil civil = civil_from(*value.as_time());
        ASSERT_TRUE(civil.minute % 15 == 0 && civil.second == 0);
      });
}

TEST(Distributions, OfBirthdays) {
  const auto age = [](const Value& value) {
    return static_cast<double>(kNow.micros - value.as_time()->micros) / kMicrosPerDay / 365.2425;
  };
  std::vector<double> ages;
  for_values(*made("BirthdateGenerator(min_age=18, max_age=67)"),
             [&](const Value& value) { ages.push_back(age(value)); });
  expect_distribution("uniform", ages, [](double x) { return std::clamp((x - 18) / 50, 0.0, 1.0); }, 0.004);
  ages.clear();
  for_values(*made("BirthdateGenerator(min_age=0, max_age=120, distribution='normal(45, 10)')"),
             [&](const Value& value) { ages.push_back(age(value)); });
  expect_distribution("normal", ages, [](double x) { return normal_below((x - 45) / 10); }, 0.004);
  // Whole ages, within the bounds.
  const Counts counts =
      counts_of(*made("BirthdateGenerator(min_age=20, max_age=21, distribution='empirical([20, 21], [1, 3])')"),
                [&](const Value& value) { return std::to_string(2025 - civil_from(*value.as_time()).year); });
  EXPECT_NEAR(static_cast<double>(counts.at("21")) / static_cast<double>(test_draws()), 0.75, 0.01);
}

TEST(Distributions, OfSeries) {
  // Without level, trend and season there is the noise alone.
  expect_distribution("noise", numbers_of("TimeSeriesGenerator(noise=2)"),
                      [](double x) { return normal_below(x / 2); });
  expect_distribution("sine", numbers_of("TimeSeriesGenerator(amplitude=1, period=2.23606797749979)"),
                      [](double x) { return 0.5 + std::asin(std::clamp(x, -1.0, 1.0)) / M_PI; });
  const Counts gaps = counts_of(*made("TimeSeriesGenerator(gaps=0.05)"),
                                [](const Value& value) { return std::string(value.is_null() ? "gap" : "value"); });
  expect_shares("gaps", gaps, {{"gap", 1}, {"value", 19}});
  std::vector<double> walk = numbers_of("RandomWalkGenerator(step=3, drift=1)");
  std::vector<double> steps;
  for (std::size_t k = 1; k < walk.size(); ++k) steps.push_back(walk[k] - walk[k - 1]);
  expect_distribution("steps", steps, [](double x) { return normal_below((x - 1) / 3); });
}

// Latitudes so that equal areas are as likely, longitudes uniform.
TEST(Distributions, OfPoints) {
  std::vector<double> sines, longitudes;
  for_values(*made("GeoPointGenerator(south=-30, north=60, west=10, east=50)"), [&](const Value& value) {
    const std::string& point = *value.as_text();
    sines.push_back(std::sin(std::stod(point) * M_PI / 180));
    longitudes.push_back(std::stod(point.substr(point.find(',') + 1)));
  });
  const double high = std::sin(M_PI / 3);
  expect_distribution("latitude", sines, [high](double x) { return (x + 0.5) / (high + 0.5); });
  expect_distribution("longitude", longitudes, [](double x) { return std::clamp((x - 10) / 40, 0.0, 1.0); }, 1e-6);
}

TEST(Distributions, OfAddressesOfNetworks) {
  const Counts counts = counts_of(*made("IPv4Generator(network='10.32.0.0/11')"), [](const Value& value) {
    const std::string rest = value.as_text()->substr(3);
    return rest.substr(0, rest.find('.'));
  });
  expect_shares("network", counts, alike(counts, 32));
}

}  // namespace
}  // namespace mimus
