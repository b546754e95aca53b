#include "source/key_counts.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace mimus {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

// In the order in which they come, which must ascend.
Counts counts_of(KeyCounts& keys) {
  Counts out;
  const Status done = keys.visit([&](std::string_view key, std::uint64_t count) -> Status {
    EXPECT_TRUE(out.empty() || out.rbegin()->first < key);
    out.emplace(key, count);
    return {};
  });
  EXPECT_TRUE(done);
  return out;
}

TEST(KeyCounts, CountsKeysOfAnyBytes) {
  KeyCounts keys("");
  for (const std::string& key :
       {std::string("b"), std::string(), std::string("a\0b", 3), std::string("b"), std::string("\xff")}) {
    ASSERT_TRUE(keys.add(key));
  }
  EXPECT_EQ(counts_of(keys), (Counts{{"", 1}, {std::string("a\0b", 3), 1}, {"b", 2}, {"\xff", 1}}));
  EXPECT_EQ(keys.spilled(), 0U);
}

TEST(KeyCounts, AreTheSameWhenTheyDoNotFitInMemory) {
  KeyCounts large("");
  KeyCounts small("", 1U << 16U);
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    // Some keys come again in many runs, one is larger than a block.
    const std::string key = i % 5000 == 7 ? std::string(400'000, 'x') : std::to_string(i * i % 9973);
    ASSERT_TRUE(large.add(key));
    ASSERT_TRUE(small.add(key));
  }
  const Counts all = counts_of(large);
  EXPECT_EQ(counts_of(small), all);
  EXPECT_GT(small.spilled(), 0U);
  EXPECT_EQ(large.spilled(), 0U);
  std::uint64_t sum = 0;
  for (const auto& [key, count] : all) sum += count;
  EXPECT_EQ(sum, 20'000U);
}

TEST(KeyCounts, EndsWithTheVisitThatFails) {
  KeyCounts keys("", 1);
  for (const char* key : {"a", "b", "c"}) ASSERT_TRUE(keys.add(key));
  int visits = 0;
  const Status done = keys.visit([&](std::string_view, std::uint64_t) -> Status {
    return ++visits == 2 ? Status(fail("source.scratch", "enough")) : Status();
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(visits, 2);
}

}  // namespace
}  // namespace mimus
