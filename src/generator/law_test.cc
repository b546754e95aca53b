// Laws against their distribution functions: Kolmogorov and Smirnov's test for continuous ones, chi-square for counts.
#include "generator/law.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>

#include "base/file.h"
#include "generator/test_statistics.h"
#include "random/elementary.h"
#include "random/samplers.h"

namespace mimus {
namespace {

std::vector<double> numbers_of(const std::string& text, std::size_t count = test_draws()) {
  const auto law = parse_law(text);
  EXPECT_TRUE(law) << text << ": " << (law ? "" : law.error().message);
  std::vector<double> out;
  const Stream stream(3, text);
  for (std::uint64_t row = 0; law && row < count; ++row) {
    Draws draws(stream, {row, 0});
    out.push_back((*law)->draw(draws));
  }
  return out;
}

void expect_distribution(const std::string& text, const std::function<double(double)>& below) {
  mimus::expect_distribution(text, numbers_of(text), below);
}

void expect_counts(const std::string& text, const std::function<double(int)>& probability) {
  std::map<std::string, std::size_t> counts;
  std::map<std::string, double> shares;
  for (const double number : numbers_of(text)) ++counts[std::to_string(static_cast<int>(number))];
  for (int k = 0; k < 500; ++k) shares[std::to_string(k)] = probability(k);
  expect_shares(text, counts, shares);
}

TEST(Elementary, AgreesWithTheLibrary) {
  for (double x = -700; x < 700; x += 0.37) EXPECT_NEAR(exact_exp(x) / std::exp(x), 1, 1e-14) << x;
  for (double x = 1e-300; x < 1e300; x *= 3.7)
    EXPECT_NEAR(exact_log(x), std::log(x), 1e-14 * (1 + std::abs(std::log(x))));
  for (double x = -3; x < 3; x += 0.013) {
    EXPECT_NEAR(sine_of_turns(x), std::sin(2 * M_PI * x), 4e-15 * (1 + std::abs(x)));
    EXPECT_NEAR(arc_tangent(7 * x), std::atan(7 * x), 1e-15 * 4);
  }
}

TEST(Samplers, InvertTheNormalDistribution) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-12);
  for (double x = -8; x < 8; x += 0.1) EXPECT_NEAR(normal_probability(x), normal_below(x), 1e-14) << x;
}

TEST(Laws, FollowTheirDistributions) {
  expect_distribution("uniform(2, 5)", [](double x) { return (x - 2) / 3; });
  expect_distribution("normal(10, 3)", [](double x) { return normal_below((x - 10) / 3); });
  expect_distribution("truncated_normal(0, 1, 1, 4)", [](double x) {
    return (normal_below(x) - normal_below(1)) / (normal_below(4) - normal_below(1));
  });
  expect_distribution("truncated_normal(0, 1, -0.5, 20)",
                      [](double x) { return (normal_below(x) - normal_below(-0.5)) / (1 - normal_below(-0.5)); });
  expect_distribution("lognormal(1, 0.5)", [](double x) { return normal_below((std::log(x) - 1) / 0.5); });
  expect_distribution("exponential(0.25)", [](double x) { return 1 - std::exp(-0.25 * x); });
  // Of whole shapes there is a closed form.
  expect_distribution("gamma(3, 2)", [](double x) {
    const double y = x / 2;
    return 1 - std::exp(-y) * (1 + y + y * y / 2);
  });
  expect_distribution("gamma(shape=0.5)", [](double x) { return std::erf(std::sqrt(x)); });
  expect_distribution("beta(2, 3)", [](double x) { return x * x * (6 - 8 * x + 3 * x * x); });
  expect_distribution("beta(0.5, 0.5)", [](double x) { return 2 / M_PI * std::asin(std::sqrt(x)); });
  expect_distribution("triangular(0, 10, 4)",
                      [](double x) { return x < 4 ? x * x / 40 : 1 - (10 - x) * (10 - x) / 60; });
  expect_distribution("histogram([0, 1, 3], [1, 3])",
                      [](double x) { return x < 1 ? x / 4 : 0.25 + 0.75 * (x - 1) / 2; });
  expect_distribution("mixture(1, uniform(0, 1), 3, uniform(1, 2))",
                      [](double x) { return x < 1 ? x / 4 : 0.25 + 0.75 * (x - 1); });
}

TEST(Laws, CountByTheirDistributions) {
  expect_counts("poisson(2.5)", [](int k) { return std::exp(-2.5 + k * std::log(2.5) - std::lgamma(k + 1)); });
  expect_counts("poisson(80)", [](int k) { return std::exp(-80 + k * std::log(80.0) - std::lgamma(k + 1)); });
  expect_counts("binomial(40, 0.3)", [](int k) {
    return k > 40 ? 0
                  : std::exp(std::lgamma(41) - std::lgamma(k + 1) - std::lgamma(41 - k) + k * std::log(0.3) +
                             (40 - k) * std::log(0.7));
  });
  expect_counts("geometric(0.2)", [](int k) { return 0.2 * std::pow(0.8, k); });
  double total = 0;
  for (int k = 1; k <= 50; ++k) total += std::pow(k, -1.2);
  expect_counts("zipf(50, 1.2)", [total](int k) { return k < 1 || k > 50 ? 0 : std::pow(k, -1.2) / total; });
  expect_counts("empirical([1, 2, 5], [1, 2, 1])", [](int k) { return k == 2 ? 0.5 : k == 1 || k == 5 ? 0.25 : 0; });
}

// A file gives the same numbers as the lists that stand in it.
TEST(Laws, ReadTheirNumbersFromFiles) {
  const std::map<std::string, std::string> files{{"sizes.csv", "\xEF\xBB\xBFsize,share\r\n1,1\r\n2,2\r\n5,1\r\n"},
                                                 {"plain.csv", "1\n2\n\n2\n5"},
                                                 {"bins.csv", "0;1\n1;3\n3\n"},
                                                 {"words.csv", "1,1\ntwo,1\n"},
                                                 {"closed.csv", "0,1\n1,3\n"},
                                                 {"empty.csv", "size,share\n"}};
  const ReadFile read = [&](const std::string& path) -> Result<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return fail("file.not_found", "no file '" + path + "'");
    return found->second;
  };
  const auto same = [&](const std::string& by_file, const std::string& by_list) {
    const auto law = parse_law(by_file, read);
    ASSERT_TRUE(law) << by_file << ": " << law.error().message;
    const Stream stream(3, by_list);
    const std::vector<double> wanted = numbers_of(by_list, 500);
    for (std::uint64_t row = 0; row < 500; ++row) {
      Draws draws(stream, {row, 0});
      ASSERT_EQ((*law)->draw(draws), wanted[row]) << by_file;
    }
  };
  same("empirical(file='sizes.csv')", "empirical([1, 2, 5], [1, 2, 1])");
  same("empirical(file='plain.csv')", "empirical([1, 2, 2, 5])");
  same("histogram(file='bins.csv')", "histogram([0, 1, 3], [1, 3])");
  same("mixture(1, histogram(file='bins.csv'))", "mixture(1, histogram([0, 1, 3], [1, 3]))");
  EXPECT_TRUE((*parse_law("mixture(1, empirical(file='sizes.csv'))"))->is_unread());
  for (const char* text : {"empirical(file='words.csv')", "empirical(file='empty.csv')", "histogram(file='closed.csv')",
                           "empirical(file='sizes.csv', weights=[1])", "empirical(file=3)"}) {
    const auto law = parse_law(text, read);
    ASSERT_FALSE(law) << text;
    EXPECT_EQ(law.error().code, "generator.argument") << text;
  }
  EXPECT_EQ(parse_law("empirical(file='none.csv')", read).error().code, "file.not_found");
}

TEST(Laws, RefuseWhatTheyDoNotKnow) {
  for (const char* text :
       {"normall(1, 2)",
        "normal(1",
        "normal(sd=0)",
        "normal(a=1)",
        "gamma(shape=-1)",
        "poisson(0)",
        "binomial(-1, 0.5)",
        "triangular(0, 1, 2)",
        "histogram([1, 0], [1])",
        "histogram([0, 1], [1, 2])",
        "empirical([])",
        "empirical",
        "histogram([0, 1])",
        "mixture()",
        "mixture(1)",
        "mixture(1, 2)",
        "mixture(-1, normal(0, 1))",
        "truncated_normal(0, 1, 5, 4)",
        "zipf(0)",
        "mixture(1,mixture(1,mixture(1,mixture(1,mixture(1,mixture(1,mixture(1,mixture(1,mixture(1,normal)))))))))"}) {
    const auto law = parse_law(text);
    ASSERT_FALSE(law) << text;
    EXPECT_EQ(law.error().code, "generator.argument") << text;
    EXPECT_FALSE(law.error().message.empty());
  }
}

// The reference page tells of each law and where its method comes from.
TEST(Laws, StandInTheReference) {
  const auto page = read_file(MIMUS_SOURCE_DIR "/docs/reference/generators.md");
  ASSERT_TRUE(page);
  for (const LawDeclaration& law : laws()) {
    const std::string row = "| `" + std::string(law.name) + "` | " + std::string(law.summary) + " | ";
    EXPECT_TRUE(page->contains(row + std::string(law.source) + " |")) << law.name;
  }
}

}  // namespace
}  // namespace mimus
