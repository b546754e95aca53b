#include "server/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/negotiate.h"
#include "server/paging.h"

namespace mimus::server {
namespace {

using testing::ElementsAre;

std::vector<std::string> segments(std::string_view text) {
  const auto target = parse_target(text);
  return target ? target->segments : std::vector<std::string>{"error " + target.error().code};
}

TEST(Target, DividesAtRawSlashesOnly) {
  EXPECT_THAT(segments("/a/b"), ElementsAre("a", "b"));
  EXPECT_THAT(segments("/a%2Fb/c"), ElementsAre("a/b", "c"));
  EXPECT_THAT(segments("/"), ElementsAre(""));
  EXPECT_THAT(segments("/a//b/"), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(segments("/a/../b/./%2e%2E"), ElementsAre("a", "..", "b", ".", ".."));
}

TEST(Target, DecodesExactlyOnce) {
  EXPECT_THAT(segments("/a%252Fb"), ElementsAre("a%2Fb"));
  EXPECT_THAT(segments("/a+b%20c"), ElementsAre("a+b c"));
  EXPECT_THAT(segments("/%C3%BC"), ElementsAre("ü"));
  EXPECT_THAT(segments("/ü"), ElementsAre("ü"));
  EXPECT_THAT(segments("/a%00b"), ElementsAre(std::string("a\0b", 3)));
}

TEST(Target, RefusesWhatCannotBeRead) {
  for (const char* text : {"/a%", "/a%2", "/a%zz", "/a?x=%", "/a?%g0=1", "", "*", "a/b", "ftp://host/a", "/a\x01",
                           "/a b", "http://host?x"}) {
    EXPECT_THAT(segments(text), ElementsAre("error request.target")) << text;
  }
  EXPECT_THAT(segments("http://host"), ElementsAre(""));
  EXPECT_THAT(segments("HTTP://host:80/a?b"), ElementsAre("a"));
}

TEST(Target, ReadsTheQuery) {
  const auto target = parse_target("/a?name=x%2Fy+z&empty&name=second&&k%65y=%26");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->parameter("name"), "x/y z");
  EXPECT_EQ(target->parameter("empty"), "");
  EXPECT_EQ(target->parameter("key"), "&");
  EXPECT_FALSE(target->parameter("other"));
  EXPECT_EQ(target->path, "/a");
}

TEST(Target, EncodesNames) {
  EXPECT_EQ(percent_encode("a b/ü%~"), "a%20b%2F%C3%BC%25~");
  EXPECT_EQ(percent_encode("a b/c", true), "a%20b/c");
}

TEST(Paging, KeepsTheOtherParameters) {
  const auto target = parse_target("/files?limit=2&cursor=old&status=A%26B");
  ASSERT_TRUE(target);
  const auto page = parse_page(*target);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->limit, 2U);
  EXPECT_EQ(page->cursor, "old");
  Headers headers;
  add_next_link(headers, *target, "");
  EXPECT_FALSE(headers.has("Link"));
  add_next_link(headers, *target, "a/b");
  EXPECT_EQ(headers.get("Link"), "</files?limit=2&status=A%26B&cursor=a%2Fb>; rel=\"next\"");
  for (const char* text : {"/?limit=0", "/?limit=1001", "/?limit=-1", "/?limit=", "/?limit=x", "/?limit=1e3"}) {
    EXPECT_FALSE(parse_page(*parse_target(text))) << text;
  }
}

TEST(MediaType, ReadsParameters) {
  const MediaType type = parse_media_type("Multipart/Form-Data; Boundary=\"a;b\"; x=1");
  EXPECT_EQ(type.name, "multipart/form-data");
  EXPECT_EQ(type.parameter("boundary"), "a;b");
  EXPECT_EQ(type.parameter("x"), "1");
  EXPECT_EQ(type.parameter("y"), "");
}

TEST(MediaType, WeighsWhatIsAccepted) {
  EXPECT_EQ(acceptance("", "application/json"), 1000);
  EXPECT_EQ(acceptance("*/*", "application/json"), 1000);
  EXPECT_EQ(acceptance("text/html, */*;q=0.1", "application/json"), 100);
  EXPECT_EQ(acceptance("application/*;q=0.5", "application/json"), 500);
  EXPECT_EQ(acceptance("application/json;q=0, */*", "application/json"), 0);
  EXPECT_EQ(acceptance("text/html", "application/json"), 0);
  EXPECT_EQ(acceptance("application/zip", "application/zip"), 1000);
  EXPECT_EQ(acceptance("application/json;q=x", "application/json"), 1000);
}

}  // namespace
}  // namespace mimus::server
