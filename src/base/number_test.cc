#include "base/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>

#include "base/text.h"

namespace mimus {
namespace {

template <class Write>
std::string text_of(Write write) {
  char text[64];
  return {text, write(text)};
}

std::string int_text(std::int64_t value) {
  return text_of([&](char* out) { return write_int(out, value); });
}

TEST(WriteInt, AgreesWithTheLibrary) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i) {
    const auto value = static_cast<std::int64_t>(random() >> (random() % 64));
    EXPECT_EQ(int_text(value), std::to_string(value));
    EXPECT_EQ(int_text(-value), std::to_string(-value));
  }
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(int_text(kLeast), std::to_string(kLeast));
}

TEST(WriteScaled, IsTheReprOfTheFloat) {
  std::mt19937_64 random(2);
  for (int scale = 0; scale <= 9; ++scale) {
    for (int i = 0; i < 20'000; ++i) {
      const auto n =
          static_cast<std::int64_t>(random() % 1'000'000'000'000'000U >> (random() % 50)) * (i % 2 == 0 ? 1 : -1);
      const double value = static_cast<double>(n) / std::pow(10.0, scale);
      if (n == 0 && i % 2 == 1) continue;  // there is no negative zero
      EXPECT_EQ(text_of([&](char* out) { return write_scaled(out, n, scale); }), float_text(value))
          << n << " " << scale;
    }
  }
}

TEST(WriteFloat, IsTheReprOfTheFloat) {
  for (const double value :
       {0.0, -0.0, 1.0, 0.1, 1e16, 1e15, 1e-4, 1e-5, 1.5, -2.25, 1e300, 5e-324, 123456789012345680.0,
        std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(), std::nan("")}) {
    EXPECT_EQ(text_of([&](char* out) { return write_float(out, value); }), float_text(value));
  }
}

// Few decimals and many, in runs and mixed, so that what the writer has seen before is right and wrong.
TEST(WriteFloat, AgreesWithTheGeneralWay) {
  std::mt19937_64 random(4);
  for (int i = 0; i < 1'000'000; ++i) {
    const int scale = i % 5000 < 2500 ? i / 5000 % 12 : static_cast<int>(random() % 16);
    double value = static_cast<double>(random() >> (11 + random() % 50)) / std::pow(10.0, scale);
    if (i % 7 == 0) value = std::nextafter(value, i % 2 == 0 ? 0.0 : 1e300);
    if (i % 3 == 0) value = -value;
    const std::string text = text_of([&](char* out) { return write_float(out, value); });
    if (text != float_text(value)) FAIL() << text << " is not " << float_text(value);
  }
}

TEST(WriteTime, AgreesWithAppendDatetime) {
  std::mt19937_64 random(3);
  const std::int64_t first = days_from_civil(1, 1, 1) * kMicrosPerDay;
  const std::int64_t limit = days_from_civil(10000, 1, 1) * kMicrosPerDay;
  for (int i = 0; i < 100'000; ++i) {
    std::int64_t micros = first + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit - first));
    if (i % 2 == 0) micros = static_cast<std::int64_t>(random() % 4'000'000'000U) * kMicrosPerSecond;
    std::string expected;
    append_datetime(expected, {micros}, ' ');
    EXPECT_EQ(text_of([&](char* out) { return write_time(out, {micros}, ' '); }), expected);
  }
}

}  // namespace
}  // namespace mimus
