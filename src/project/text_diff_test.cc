#include "project/text_diff.h"

#include <gtest/gtest.h>

namespace mimus::project {
namespace {

TEST(TextDiff, IsEmptyForTheSame) { EXPECT_EQ(unified_diff("a\nb\n", "a\nb\n"), ""); }

TEST(TextDiff, ShowsWhatChanged) {
  EXPECT_EQ(unified_diff("a\nb\nc\n", "a\nx\nc\n"), "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
  EXPECT_EQ(unified_diff("", "a\n"), "@@ -0,0 +1,1 @@\n+a\n");
  EXPECT_EQ(unified_diff("a\n", ""), "@@ -1,1 +0,0 @@\n-a\n");
}

TEST(TextDiff, KnowsALastLineWithoutItsEnd) {
  EXPECT_EQ(unified_diff("a", "a\n"), "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST(TextDiff, HasTheContextOfThreeLines) {
  EXPECT_EQ(unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n"),
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
}

TEST(TextDiff, TellsChangesFarApartOnTheirOwn) {
  std::string before;
  for (int i = 1; i <= 20; ++i) before += std::to_string(i) + "\n";
  std::string after = before;
  after.replace(after.find("2\n"), 2, "two\n");
  after.replace(after.find("18\n"), 3, "");
  EXPECT_EQ(unified_diff(before, after),
            "@@ -1,5 +1,5 @@\n 1\n-2\n+two\n 3\n 4\n 5\n@@ -15,6 +15,5 @@\n 15\n 16\n 17\n-18\n 19\n 20\n");
}

TEST(TextDiff, TellsGreatDifferencesAsAWhole) {
  std::string before = "same\n";
  std::string after = "same\n";
  for (int i = 0; i < 30'000; ++i) {
    before += "b" + std::to_string(i) + "\n";
    after += "a" + std::to_string(i) + "\n";
  }
  before += "end\n";
  after += "end\n";
  const std::string diff = unified_diff(before, after);
  EXPECT_TRUE(diff.starts_with("@@ -1,30002 +1,30002 @@\n same\n-b0\n"));
  EXPECT_TRUE(diff.ends_with("+a29999\n end\n"));
}

}  // namespace
}  // namespace mimus::project
