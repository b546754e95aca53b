#include "server/range.h"

#include <gtest/gtest.h>

#include "server/date.h"

namespace mimus::server {
namespace {

// "whole", "416", or "first+length".
std::string shown(std::string_view text, std::uint64_t size) {
  const RangeAnswer answer = parse_range(text, size);
  if (answer.kind == RangeKind::Whole) return "whole";
  if (answer.kind == RangeKind::Unsatisfiable) return "416";
  return std::to_string(answer.range.first) + "+" + std::to_string(answer.range.length);
}

TEST(Range, ReadsOneRange) {
  EXPECT_EQ(shown("bytes=0-4", 10), "0+5");
  EXPECT_EQ(shown("bytes=9-9", 10), "9+1");
  EXPECT_EQ(shown("bytes=5-", 10), "5+5");
  EXPECT_EQ(shown("bytes=5-99", 10), "5+5");
  EXPECT_EQ(shown("bytes=-3", 10), "7+3");
  EXPECT_EQ(shown("bytes=-30", 10), "0+10");
  EXPECT_EQ(shown("Bytes=0-0", 10), "0+1");
  EXPECT_EQ(shown("bytes=0-99999999999999999999999", 10), "0+10");
}

TEST(Range, RefusesWhatBeginsPastTheEnd) {
  EXPECT_EQ(shown("bytes=10-", 10), "416");
  EXPECT_EQ(shown("bytes=99999999999999999999999-", 10), "416");
  EXPECT_EQ(shown("bytes=-0", 10), "416");
  EXPECT_EQ(shown("bytes=0-", 0), "416");
  EXPECT_EQ(shown("bytes=-1", 0), "416");
}

TEST(Range, IgnoresWhatIsNoSingleRange) {
  for (const char* text : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "items=0-1", "bytes=0-1,3-4",
                           "bytes=+1-2", "bytes=1- 2", "bytes=--2", "bytes=0x1-2"}) {
    EXPECT_EQ(shown(text, 10), "whole") << text;
  }
}

TEST(Range, ComparesTags) {
  EXPECT_TRUE(names_tag("\"a\"", "\"a\"", false));
  EXPECT_TRUE(names_tag("\"b\", \"a\"", "\"a\"", false));
  EXPECT_TRUE(names_tag("*", "\"a\"", false));
  EXPECT_TRUE(names_tag("W/\"a\"", "\"a\"", true));
  EXPECT_FALSE(names_tag("W/\"a\"", "\"a\"", false));
  EXPECT_FALSE(names_tag("a", "\"a\"", true));
  EXPECT_FALSE(names_tag("", "\"a\"", true));
}

TEST(Range, CountsOnlyWhenIfRangeFits) {
  const auto modified = parse_rfc3339("2026-01-01T10:00:00.5Z").value_or(Timestamp{});
  EXPECT_TRUE(allows_range("", "\"a\"", modified));
  EXPECT_TRUE(allows_range("\"a\"", "\"a\"", modified));
  EXPECT_TRUE(allows_range("Thu, 01 Jan 2026 10:00:00 GMT", "\"a\"", modified));
  EXPECT_FALSE(allows_range("\"b\"", "\"a\"", modified));
  EXPECT_FALSE(allows_range("W/\"a\"", "\"a\"", modified));
  EXPECT_FALSE(allows_range("Thu, 01 Jan 2026 10:00:01 GMT", "\"a\"", modified));
}

TEST(HttpDate, GoesBothWays) {
  const Timestamp time = parse_rfc3339("1994-11-06T08:49:37Z").value_or(Timestamp{});
  EXPECT_EQ(http_date(time), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), time);
  for (const char* text : {"Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "", "06 Nov 1994",
                           "Sun, 06 Nov 1994 08:49:99 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"}) {
    EXPECT_FALSE(parse_http_date(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace mimus::server
