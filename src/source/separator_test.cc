#include "source/separator.h"

#include <gtest/gtest.h>

#include "source/test_files.h"

namespace mimus {
namespace {

char detected(std::string_view text, char expected = '|', bool is_whole = true) {
  Diagnostics warnings;
  const char found = detect_separator(text, is_whole, expected, "f.csv", warnings);
  EXPECT_EQ(warnings.empty(), found == expected);
  return found;
}

TEST(DetectSeparator, TakesTheOneThatSplitsAllLinesEvenly) {
  EXPECT_EQ(detected("a,b\n1,2\n"), ',');
  EXPECT_EQ(detected("a;b;c\n1,5;2;3\n"), ';');
  EXPECT_EQ(detected("a\tb\n1\t2\n"), '\t');
  EXPECT_EQ(detected("a|b\n1|2\n", ','), '|');
  EXPECT_EQ(detected("a,b,c;d\n\"x,y\",2,3;4\n"), ',');
  EXPECT_EQ(detected("a,b\n1,2\n3", '|', false), ',');
}

TEST(DetectSeparator, KeepsTheDefaultWhenItIsThereOrNothingElseFits) {
  EXPECT_EQ(detected("a|b,c\n1|2,3\n"), '|');
  EXPECT_EQ(detected("name\nDoe, John\n"), '|');
  EXPECT_EQ(detected("a,b\n1\n"), '|');
  EXPECT_EQ(detected("a\n1\n"), '|');
  EXPECT_EQ(detected(""), '|');
}

TEST(OpenCsv, FindsTheDelimiterUnlessItIsGiven) {
  const Files files;
  const fs::path file = files.write("d.csv", "a;b\n1;2\n");
  const auto found = open_csv(file, {.separator_is_given = false}, "d.csv");
  ASSERT_TRUE(found);
  EXPECT_EQ(shown_all(*found->rows), "[{'a': '1', 'b': '2'}]");
  EXPECT_EQ(found->warnings[0].code, "source.separator");
  const auto given = open_csv(file, {}, "d.csv");
  EXPECT_EQ(shown_all(*given->rows), "[{'a;b': '1;2'}]");
  EXPECT_TRUE(given->warnings.empty());
}

}  // namespace
}  // namespace mimus
