// Statistics for tests: do numbers follow the distribution that is said of them? The seeds are fixed, so that a test
// gives the same answer each time.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace mimus {

// How many values the tests of distributions draw; MIMUS_TEST_DRAWS gives another number (scripts/test-long).
inline std::size_t test_draws() {
  const char* given = std::getenv("MIMUS_TEST_DRAWS");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 100'000;
}

// The 99.99 % point of chi-square by Wilson and Hilferty's approximation (1931).
inline double chi_square_bound(double freedom) {
  return freedom * std::pow(1 - 2 / (9 * freedom) + 3.719 * std::sqrt(2 / (9 * freedom)), 3);
}

// Chi-square of counts against their shares: of the cells that are expected five times or more, and of all others
// together. A value without a share fails.
inline void expect_shares(const std::string& what, const std::map<std::string, std::size_t>& counts,
                          const std::map<std::string, double>& shares) {
  double total = 0, all = 0;
  for (const auto& [value, share] : shares) all += share;
  for (const auto& [value, count] : counts) {
    ASSERT_TRUE(shares.contains(value)) << what << " gives '" << value << "'";
    total += static_cast<double>(count);
  }
  double sum = 0, cells = 0, rare = 0, rare_expected = 0;
  for (const auto& [value, share] : shares) {
    const auto found = counts.find(value);
    const double count = found == counts.end() ? 0 : static_cast<double>(found->second);
    const double expected = total * share / all;
    if (expected < 5) {
      rare += count;
      rare_expected += expected;
      continue;
    }
    sum += (count - expected) * (count - expected) / expected;
    cells += 1;
  }
  if (rare_expected >= 5) {
    sum += (rare - rare_expected) * (rare - rare_expected) / rare_expected;
    cells += 1;
  }
  ASSERT_GT(cells, 1) << what;
  EXPECT_LT(sum, chi_square_bound(cells - 1)) << what;
}

// The greatest distance of the empirical and the true distribution function (Kolmogorov and Smirnov); 1.95 / sqrt(n) is
// the 99.9 % point. `step`: numbers are rounded to multiples of it, which moves the function by what lies in a step.
inline void expect_distribution(const std::string& what, std::vector<double> numbers,
                                const std::function<double(double)>& below, double step = 0) {
  std::ranges::sort(numbers);
  const auto n = static_cast<double>(numbers.size());
  double most = 0;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (step > 0) {
      if (k + 1 == numbers.size() || numbers[k + 1] != numbers[k]) {
        most = std::max(most, std::abs(below(numbers[k] + step / 2) - static_cast<double>(k + 1) / n));
      }
      continue;
    }
    const double p = below(numbers[k]);
    most = std::max({most, std::abs(p - static_cast<double>(k) / n), std::abs(p - static_cast<double>(k + 1) / n)});
  }
  EXPECT_LT(most, 1.95 / std::sqrt(n)) << what;
}

inline double normal_below(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

}  // namespace mimus
