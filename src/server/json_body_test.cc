#include "server/json_body.h"

#include <gtest/gtest.h>

#include "store/testing.h"

namespace mimus::server {
namespace {

using store::code_of;
using store::require;

TEST(JsonBody, GivesItsMembers) {
  JsonBody body = require(JsonBody::parse(R"({"a": "x", "b": true, "n": 7, "o": {"p": "q"}, "z": null})"));
  EXPECT_EQ(body.required_text("a"), "x");
  EXPECT_EQ(body.boolean("b"), true);
  EXPECT_EQ(body.natural("n", 7), 7U);
  EXPECT_EQ(body.text("z"), std::nullopt);
  auto inner = body.object("o");
  ASSERT_TRUE(inner);
  EXPECT_EQ(inner->text("p"), "q");
  EXPECT_TRUE(inner->finish());
  EXPECT_TRUE(body.finish());
}

TEST(JsonBody, TellsAllThatIsWrong) {
  JsonBody body = require(JsonBody::parse(R"({"a": 1, "b": "true", "n": 8, "extra": 1, "o": []})"));
  (void)body.text("a");
  (void)body.boolean("b");
  (void)body.natural("n", 7);
  (void)body.object("o");
  (void)body.required_text("name");
  const Status status = body.finish();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, "request.invalid");
  EXPECT_EQ(status.error().fields.size(), 6U);
  EXPECT_EQ(status.error().fields.back().second, "is not known; allowed: a, b, n, o, name");
}

TEST(JsonBody, RefusesWhatIsNoObject) {
  EXPECT_EQ(code_of(JsonBody::parse("{")), "request.syntax");
  EXPECT_EQ(code_of(JsonBody::parse("[]")), "request.invalid");
  EXPECT_TRUE(require(JsonBody::parse(" ")).finish());
  EXPECT_FALSE(require(JsonBody::parse(R"({"x": 1})")).finish());
}

TEST(JsonBody, NamesMembersOfObjectsInside) {
  JsonBody body = require(JsonBody::parse(R"({"o": {"p": 1}})"));
  auto inner = body.object("o");
  (void)inner->text("p");
  EXPECT_EQ(inner->finish().error().fields.front().first, "o.p");
}

}  // namespace
}  // namespace mimus::server
