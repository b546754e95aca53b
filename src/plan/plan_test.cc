#include <gtest/gtest.h>

#include "plan/cast.h"
#include "plan/names.h"

namespace mimus {
namespace {

std::string cast(const Value& value, SimpleType type) {
  const auto result = cast_value(value, type, "<key> 'k'");
  if (!result) return result.error().code + ": " + result.error().message;
  std::string out;
  append_repr(out, *result);
  return out;
}

Value text(const char* value) { return Value(std::string(value)); }
Value whole(std::int64_t value) { return Value(value); }

TEST(Cast, FollowsTheLanguage) {
  EXPECT_EQ(cast(text("12"), SimpleType::Int), "12");
  EXPECT_EQ(cast(text(" -1_000 "), SimpleType::Int), "-1000");
  EXPECT_EQ(cast(text("99999999999999999999"), SimpleType::Int), "99999999999999999999");
  EXPECT_EQ(cast(Value(12.9), SimpleType::Int), "12");
  EXPECT_EQ(cast(Value(-12.9), SimpleType::Int), "-12");
  EXPECT_EQ(cast(Value(1e20), SimpleType::Int), "100000000000000000000");
  EXPECT_EQ(cast(Value(true), SimpleType::Int), "1");
  EXPECT_EQ(cast(text("1e3"), SimpleType::Float), "1000.0");
  EXPECT_EQ(cast(text("inf"), SimpleType::Float), "inf");
  EXPECT_EQ(cast(whole(2), SimpleType::Float), "2.0");
  EXPECT_EQ(cast(text(""), SimpleType::Bool), "None");
  EXPECT_EQ(cast(text("FALSE"), SimpleType::Bool), "True");
  EXPECT_EQ(cast(text("False"), SimpleType::Bool), "False");
  EXPECT_EQ(cast(text("0"), SimpleType::Bool), "False");
  EXPECT_EQ(cast(Value(0.0), SimpleType::Bool), "False");
  EXPECT_EQ(cast(Value(true), SimpleType::String), "'True'");
  EXPECT_EQ(cast(Value(1.0), SimpleType::String), "'1.0'");
  EXPECT_EQ(cast(Value(), SimpleType::String), "None");
  EXPECT_EQ(cast(text("12.5"), SimpleType::Int), "value.type: <key> 'k': '12.5' is no whole number");
  EXPECT_EQ(cast(text("1__0"), SimpleType::Int), "value.type: <key> 'k': '1__0' is no whole number");
  EXPECT_EQ(cast(text(""), SimpleType::Int), "value.type: <key> 'k': '' is no whole number");
  EXPECT_EQ(cast(text("x"), SimpleType::Float), "value.type: <key> 'k': 'x' is no number");
  EXPECT_EQ(cast(Value(std::numeric_limits<double>::infinity()), SimpleType::Int),
            "value.type: <key> 'k': inf is no whole number");
}

TEST(CastColumn, ConvertsEachRowAndStopsAtTheFirstThatFails) {
  const auto made = column_of({text("1"), Value(), text("x"), text("y")});
  Column column = *made;
  column.owner = made;
  const auto failure = cast_column(column, SimpleType::Int, "<key> 'k'");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->row, 2U);
}

TEST(CastColumn, PrintsNumbersAndTimes) {
  for (const auto& [values, expected] : std::vector<std::pair<std::vector<Value>, std::vector<std::string>>>{
           {{whole(7), Value(), whole(-1)}, {"7", "", "-1"}},
           {{Value(true), Value(false)}, {"True", "False"}},
           {{Value(Timestamp{0}), Value(Timestamp{1'500'000})},
            {"1970-01-01 00:00:00", "1970-01-01 00:00:01.500000"}}}) {
    const auto made = column_of(values);
    Column column = *made;
    EXPECT_FALSE(cast_column(column, SimpleType::String, ""));
    for (std::size_t k = 0; k < values.size(); ++k) {
      EXPECT_EQ(value_at(column, k).is_null(), values[k].is_null());
      if (!values[k].is_null()) {
        EXPECT_EQ(*value_at(column, k).as_text(), expected[k]);
      }
    }
  }
}

TEST(FindName, LooksFromTheInnermostLevelOutwards) {
  SharedScope shared;
  shared.variables["setup"] = whole(1);
  shared.variables["v"] = whole(1);
  mimus::Setup setup;
  setup.properties = {{"property", "5"}, {"setup", "hidden"}};
  const SetupScope scope{shared, setup};
  const std::vector<ShapePlan> shapes = {{{"a", "n"}, false}, {{"a", "b"}, false}};
  OpenLevel root{.name = "", .number = 0, .shape = 0, .variables = {{"v", 3}}};
  OpenLevel nested{.name = "n", .number = 1, .shape = 1, .variables = {{"w", 4}}};
  const std::vector<OpenLevel> levels = {root, nested};

  const auto find = [&](std::string_view name) { return find_name(name, levels, shapes, scope); };
  EXPECT_EQ(find("a")->field.shape, 0U);
  EXPECT_EQ(find("n.a")->field.shape, 1U);
  EXPECT_EQ(find("n.b")->field.field, 1U);
  EXPECT_EQ(find("v")->variable, 3U);
  EXPECT_EQ(find("n.w")->variable, 4U);
  EXPECT_EQ(find("n.w")->level, 1U);
  EXPECT_EQ(*find("setup")->value.as_int(), 1);
  EXPECT_EQ(*find("property")->value.as_text(), "5");
  EXPECT_EQ(find("b").error().code, "name.unknown");
  EXPECT_EQ(find("w").error().code, "name.unknown");
}

TEST(CountOf, TakesWholeNumbers) {
  EXPECT_EQ(*count_of(whole(3), "n"), 3U);
  EXPECT_EQ(*count_of(text("12"), "n"), 12U);
  EXPECT_EQ(*count_of(Value(2.9), "n"), 2U);
  EXPECT_EQ(*count_of(whole(-1), "n"), 0U);
  EXPECT_EQ(count_of(text("many"), "n").error().code, "count.invalid");
  EXPECT_EQ(count_of(Value(), "n").error().code, "count.invalid");
}

}  // namespace
}  // namespace mimus
