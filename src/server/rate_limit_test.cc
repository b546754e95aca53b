#include "server/rate_limit.h"

#include <gtest/gtest.h>

#include "store/testing.h"

namespace mimus::server {
namespace {

using namespace std::chrono_literals;

TEST(RateLimit, GivesABurstAndThenWhatComesBack) {
  RateLimit limit(2, 4);
  const RateLimit::Clock::time_point start{};
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(limit.take("a", start));
  EXPECT_EQ(limit.take("a", start), 1U);
  EXPECT_FALSE(limit.take("b", start));
  EXPECT_FALSE(limit.take("a", start + 500ms));
  EXPECT_TRUE(limit.take("a", start + 500ms));
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(limit.take("a", start + 1h));
  EXPECT_TRUE(limit.take("a", start + 1h));
}

TEST(RateLimit, TellsHowLongToWait) {
  RateLimit limit(20.0 / 60, 20);
  const RateLimit::Clock::time_point start{};
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(limit.take("a", start));
  EXPECT_EQ(limit.take("a", start), 3U);
  EXPECT_FALSE(limit.take("a", start + 3s));
}

TEST(RateLimit, IsNoneWhenItIsZero) {
  RateLimit limit(0, 0);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(limit.take("a"));
}

TEST(RateLimit, RemembersInAFixedRoom) {
  RateLimit limit(1, 1);
  const RateLimit::Clock::time_point start{};
  for (int i = 0; i < 100'000; ++i) EXPECT_FALSE(limit.take(std::to_string(i), start + std::chrono::microseconds(i)));
  EXPECT_TRUE(limit.take("99999", start + 100ms));
}

TEST(RateLimit, TakesAnIpv6NetworkForOneAddress) {
  EXPECT_EQ(limited_address("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(limited_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2");
  EXPECT_EQ(limited_address("2001:db8:1:2:ffff:4:5:6"), "2001:db8:1:2");
  EXPECT_EQ(limited_address("2001:db8:1:2::1"), "2001:db8:1:2");
  EXPECT_EQ(limited_address("::1"), "");
}

}  // namespace
}  // namespace mimus::server
