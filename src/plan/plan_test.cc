#include <gtest/gtest.h>

#include "generator/faker_call.h"
#include "plan/cast.h"
#include "plan/expression.h"
#include "python/faker_methods.h"
#include "python/session.h"
#include "script/errors.h"
#include "script/evaluate.h"
#include "script/parse.h"

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

class ExpressionTest : public testing::Test {
 protected:
  ExpressionTest() {
    shared.variables["setup"] = whole(1);
    shared.variables["v"] = whole(1);
    setup.properties = {{"property", "5"}, {"setup", "hidden"}};
  }
  [[nodiscard]] Result<ExpressionPlan> bind(const std::string& text, const std::vector<OpenLevel>& open) {
    return bind_expression({text, {"d.xml", 3, 10, 0}}, "script", {open, shapes, SetupScope{shared, setup}});
  }

  SharedScope shared;
  mimus::Setup setup;
  std::vector<ShapePlan> shapes = {{{"a", "n"}, false}, {{"a", "b"}, false}};
  std::vector<OpenLevel> levels = {{"", 0, 0, {{"v", 3}}}, {"n", 1, 1, {{"w", 4}}}};
};

TEST_F(ExpressionTest, SaysWhereTheInterpreterIsMissing) {
  const auto plan = bind("re.sub('a', 'b', 'c')", {});
  ASSERT_TRUE(plan);
  const auto value = evaluate_in_setup(*plan);
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().code, "python.missing");
}

TEST_F(ExpressionTest, BindsNamesToTheirPlaces) {
  const auto plan = bind("a + v + setup + property + n.b + nothing", levels);
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->names.size(), 5U);
  EXPECT_EQ(plan->names[0].name, "a");
  EXPECT_EQ(plan->names[0].links[0].kind, NameLink::Kind::Field);
  EXPECT_EQ(plan->names[1].name, "n");
  EXPECT_EQ(plan->names[1].links[0].kind, NameLink::Kind::Record);
  EXPECT_EQ(plan->names[1].links[0].level, 1U);
  EXPECT_EQ(plan->names[2].name, "property");
  EXPECT_EQ(*plan->names[3].links[0].value.as_int(), 1);
  ASSERT_EQ(plan->names[4].links.size(), 2U);
  EXPECT_EQ(plan->names[4].links[0].variable, 3U);
  std::vector<std::size_t> variables;
  collect_variables(*plan, variables);
  EXPECT_EQ(variables, (std::vector<std::size_t>{4, 3}));
}

TEST_F(ExpressionTest, IsEvaluatedInTheSetup) {
  const auto plan = bind("setup + int(property)", {});
  ASSERT_TRUE(plan);
  EXPECT_EQ(*evaluate_in_setup(*plan)->as_int(), 6);
  const auto unknown = bind("1 + b", {});
  ASSERT_TRUE(unknown);
  const auto value = evaluate_in_setup(*unknown);
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().code, "script.name");
  EXPECT_EQ(value.error().where.column, 14);
  const auto broken = bind("1 +", {});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, "script.syntax");
  EXPECT_EQ(broken.error().where.line, 3);
}

TEST_F(ExpressionTest, TextsHoldVariablesBetweenTheirMarks) {
  const std::vector<OpenLevel> none;
  const auto joined = [&](const std::string& text, const TextMarks& marks) {
    const auto plan = bind_text({text, {}}, marks, "string", {none, shapes, SetupScope{shared, setup}});
    if (!plan) return plan.error().code;
    std::string out;
    for (const TextPlan::Piece& piece : plan->pieces) {
      out += piece.literal;
      if (piece.expression) out += text_of(*evaluate_in_setup(*piece.expression));
    }
    return out;
  };
  EXPECT_EQ(joined("x__v__y", {}), "x1y");
  EXPECT_EQ(joined("___v__", {}), "_1");
  EXPECT_EQ(joined("__v + 1__", {}), "__v + 1__");
  EXPECT_EQ(joined("__1+1__", {}), "2");
  EXPECT_EQ(joined("____", {}), "____");
  EXPECT_EQ(joined("@{v}{v}", {"@{", "}"}), "1{v}");
  EXPECT_EQ(joined("|v||v|", {"|", "|"}), "11");
}

TEST(CountOf, TakesWholeNumbers) {
  EXPECT_EQ(*count_of(whole(3), "n"), 3U);
  EXPECT_EQ(*count_of(text("12"), "n"), 12U);
  EXPECT_EQ(*count_of(Value(2.9), "n"), 2U);
  EXPECT_EQ(*count_of(whole(-1), "n"), 0U);
  EXPECT_EQ(count_of(text("many"), "n").error().code, "count.invalid");
  EXPECT_EQ(count_of(Value(), "n").error().code, "count.invalid");
}

class NoNames final : public script::Names {
  [[nodiscard]] std::optional<Value> find(std::string_view) const override { return std::nullopt; }
};

std::string shown(const Result<Value>& value) {
  if (!value) return value.error().code;
  std::string out;
  append_repr(out, *value);
  return out;
}

TEST(Draws, AreTheSameWithAndWithoutTheInterpreter) {
  const Timestamp now{1'764'000'000'000'000};
  python::set_faker_methods(call_faker);
  const auto python = python::Session::start({.now = now, .stream = {}});
  ASSERT_TRUE(python) << python.error().message;
  const Stream stream(7, "path");
  for (const std::string_view text : {"fake.name()",
                                      "fake.email() + fake.user_name()",
                                      "random.randint(1, 9), fake.first_name(), random.random()",
                                      "[fake.city() for i in range(3)]",
                                      "fake.random_int(10, max=99)",
                                      "fake.pyfloat(min_value=1, max_value=2)",
                                      "fake.random_element(('a', 'b', 'c'))",
                                      "fake.date_of_birth(minimum_age=18)",
                                      "fake.random_int(max='x')",
                                      "fake.nam()",
                                      "random.choices('abc', k=5)",
                                      "random.choices(['a', 'b', 'c'], [1, 2, 3])",
                                      "random.choices([1, 2], weights=[0.25, 0.5], k=4)",
                                      "random.choices([1, 2, 3], cum_weights=[1, 2, 9], k=3)",
                                      "random.choices([1], [0])",
                                      "random.choices('ab', [1, 2], 3)",
                                      "random.getrandbits(7), random.getrandbits(0)",
                                      "random.getrandbits(70)",
                                      "random.triangular()",
                                      "random.triangular(1, 9, 2)",
                                      "random.triangular(mode=0.75)",
                                      "random.triangular(3, 3, 3)",
                                      "random.sample(range(10), k=3)",
                                      "random.choice(seq='abc')",
                                      "random.randint(a=1, b=6)",
                                      "random.randint(b=6, a=1)",
                                      "random.randint(1, c=2)",
                                      "random.uniform(1, b=2)",
                                      "random.randrange(0, stop=10, step=5)",
                                      "random.randrange(3, step=5)",
                                      "random.sample([1, 2, 3], counts=[1, 1, 1], k=2)",
                                      "''.join(random.choices(string.ascii_letters + string.digits, k=8))",
                                      "uuid.uuid4()"}) {
    const auto tree = script::parse_expression(text);
    ASSERT_TRUE(tree) << text;
    const auto compiled = (*python)->compile({.text = text, .constants = {}, .parameters = {}});
    ASSERT_TRUE(compiled) << text;
    for (std::uint64_t row = 0; row < 20; ++row) {
      const auto native = script::evaluate(
          **tree, {.names = NoNames(), .now = now, .stream = stream, .row = {row}, .fake = call_faker});
      if (!native && native.error().code == script::kNotCovered) continue;
      EXPECT_EQ(shown(native), shown((*compiled)->evaluate({}, {row}, stream, false))) << text;
    }
  }
}

}  // namespace
}  // namespace mimus
