#include <gtest/gtest.h>

#include <algorithm>

#include "script/errors.h"
#include "script/evaluate.h"
#include "script/operators.h"
#include "script/parse.h"

namespace mimus::script {
namespace {

class FewNames final : public Names {
 public:
  std::vector<std::pair<std::string, Value>> values;
  [[nodiscard]] std::optional<Value> find(std::string_view name) const override {
    for (const auto& [known, value] : values) {
      if (known == name) return value;
    }
    return std::nullopt;
  }
};

std::string result(std::string_view expression) {
  static const FewNames kNames = [] {
    FewNames out;
    out.values = {
        {"n", Value(std::int64_t{3})},
        {"s", Value(std::string("h\u00e9llo"))},
        {"l", Value::list({Value(std::int64_t{1}), Value(std::int64_t{2})})},
        {"d", Value::map({{"a", Value::map({{"b", Value(std::int64_t{7})}})}, {"k", Value(std::string("v"))}})},
        {"none", Value()},
        {"n:l", Value::map({{"x:y", Value::map({{"c", Value(std::int64_t{5})}})}})}};
    return out;
  }();
  const auto tree = parse_expression(expression);
  if (!tree) return std::string(exception_name(tree.error().code));
  const auto value = evaluate(**tree, {.names = kNames, .now = {}});
  if (!value)
    return std::string(exception_name(value.error().code)) +
           (exception_name(value.error().code).empty() ? value.error().code : "");
  std::string out;
  append_repr(out, *value);
  return out;
}

struct Case {
  const char* expression;
  const char* result;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& one : cases) EXPECT_EQ(result(one.expression), one.result) << one.expression;
}

// Names of XML: a backslash before the first point, nothing behind it.
TEST(Expressions, ReadColonsOfNames) {
  expect_all({{R"(n\:l.x:y.c)", "5"},
              {R"(n\:l.x\:y.c + n)", "8"},
              {R"([n\:l.x:y.c, s])", "[5, 'héllo']"},
              {"n:l.x:y.c", "SyntaxError"},
              {R"(n\:l.x:z)", "AttributeError"},
              {R"(n\:m.x:y)", "NameError"},
              {R"(n\:l.x:y[1:2])", "SyntaxError"},
              {R"(n\l.x)", "SyntaxError"},
              {"{'a': 1}['a']", "1"}});
}

TEST(Expressions, WriteColonsOfNamesAsTheInterpreterReadsThem) {
  EXPECT_EQ(python_text(R"(n\:l.x:y.c + 'a:b')"), "n__l.x__y.c + 'a:b'");
  EXPECT_EQ(python_text("d.l[1:2]"), "d.l[1:2]");
  EXPECT_EQ(python_text(R"(n\:l.x[1:2])"), R"(n\:l.x[1:2])");
  EXPECT_EQ(python_name("n:l"), "n__l");
}

// The expected results are those of CPython 3.11.
TEST(Expressions, HaveThePrecedencesOfPython) {
  expect_all({{"1 + 2 * 3", "7"},
              {"(1 + 2) * 3", "9"},
              {"2 ** 3 ** 2", "512"},
              {"-2 ** 2", "-4"},
              {"2 ** -1", "0.5"},
              {"7 // 2 * 2 + 7 % 2", "7"},
              {"1 < 2 < 3", "True"},
              {"1 < 3 < 2", "False"},
              {"not 1 == 2", "True"},
              {"1 | 2 ^ 3 & 4", "3"},
              {"1 << 2 + 1", "8"},
              {"n if n > 5 else -n", "-3"},
              {"none or 0 or 'x'", "'x'"},
              {"1 and 'y'", "'y'"},
              {"1, 2", "(1, 2)"},
              {"'a' 'b'", "'ab'"}});
}

TEST(Expressions, CountWithoutEndAndRoundAsPython) {
  expect_all({{"2 ** 70", "1180591620717411303424"},
              {"9223372036854775807 + 1", "9223372036854775808"},
              {"-9223372036854775808 // -1", "9223372036854775808"},
              {"(2 ** 70) % -7", "-5"},
              {"(10 ** 25) / (10 ** 24)", "10.0"},
              {"-7 // 2", "-4"},
              {"-7 % 3", "2"},
              {"-7.5 % 2", "0.5"},
              {"0.1 + 0.2", "0.30000000000000004"},
              {"round(2.675, 2)", "2.67"},
              {"round(0.5)", "0"},
              {"round(1.5)", "2"},
              {"round(1234, -2)", "1200"},
              {"int('0x1F', 16)", "31"},
              {"1 / 0", "ZeroDivisionError"},
              {"True + True", "2"},
              {"9007199254740993 == 9007199254740992.0", "False"}});
}

TEST(Expressions, ReachNamesAndItems) {
  expect_all({{"d.a.b + n", "10"},
              {"d.get('k')", "'v'"},
              {"d['k']", "TypeError"},
              {"d.nothing", "AttributeError"},
              {"s[1]", "'\u00e9'"},
              {"s[::-1]", "'oll\u00e9h'"},
              {"s[1:3]", "'\u00e9l'"},
              {"l[-1]", "2"},
              {"l[5]", "IndexError"},
              {"[*l, 3]", "[1, 2, 3]"},
              {"{'x': 1, **{'y': 2}}", "{'x': 1, 'y': 2}"},
              {"nothing", "NameError"},
              {"none.x", "AttributeError"},
              {"len", "TypeError"}});
}

TEST(Expressions, FormatTexts) {
  expect_all({{"f'{n:03d}|{n!r:>4}|{1/3:.2f}'", "'003|   3|0.33'"},
              {"f'{s:^9}|{{}}|{n=}'", "'  h\u00e9llo  |{}|n=3'"},
              {"f'{n:{n + 2}}'", "'    3'"},
              {"f'{d.k}{\"x\"}'", "'vx'"},
              {"'%05.1f|%-4s|%x|%%' % (3.14159, 'ab', 255)", "'003.1|ab  |ff|%'"},
              {"'{0}-{x:>3}'.format('a', x=1)", "'a-  1'"},
              {"f'{1234567.891:,.2f}'", "'1,234,567.89'"},
              {"f'{n", "SyntaxError"},
              {"f'{}'", "SyntaxError"},
              {"f'{n:d'", "SyntaxError"}});
}

TEST(Expressions, KnowDatesAndTimes) {
  expect_all(
      {{"datetime.date(2024, 2, 28) + datetime.timedelta(days=2)", "datetime.date(2024, 3, 1)"},
       {"datetime.datetime(2024, 1, 31, 23) + datetime.timedelta(hours=2)", "datetime.datetime(2024, 2, 1, 1, 0)"},
       {"(datetime.date(2024, 3, 1) - datetime.date(2023, 3, 1)).days", "366"},
       {"datetime.datetime(2024, 3, 1).strftime('%d.%m.%Y')", "'01.03.2024'"},
       {"datetime.date(2023, 2, 29)", "ValueError"},
       {"datetime.datetime.now()", "datetime.datetime(1970, 1, 1, 0, 0)"}});
}

TEST(Expressions, LoopAndCallBack) {
  expect_all({{"[x * n for x in range(4) if x % 2]", "[3, 9]"},
              {"{k: v for k, v in [('a', 1)]}", "{'a': 1}"},
              {"sum(x for x in l)", "3"},
              {"sorted(['bb', 'a'], key=lambda x: len(x))", "['a', 'bb']"},
              {"list(map(lambda x: x + n, l))", "[4, 5]"},
              {"[a + b for a in 'xy' for b in '12']", "['x1', 'x2', 'y1', 'y2']"},
              {"[x['k'] + x.k + x.get('z', '-') for x in [{'k': 'v'}]]", "['vv-']"},
              {"list(map(lambda x: len(x), [{'k': 'v'}]))", "[1]"},
              {"max('apple', 'fig', key=len)", "'apple'"}});
}

TEST(Expressions, TakeArgumentsByNameWherePythonDoes) {
  expect_all({{"'a,b'.split(sep=',', maxsplit=1)", "['a', 'b']"},
              {"int('ff', base=16)", "255"},
              {"round(2.567, ndigits=1)", "2.6"},
              {"sum(l, start=10)", "13"},
              {"sorted(l, reverse=True)", "[2, 1]"},
              {"datetime.date(year=2024, month=1, day=2).isoformat()", "'2024-01-02'"},
              {"dict(a=1)", "{'a': 1}"},
              {"'{a}'.format(a=1)", "'1'"},
              {"sorted(l, revers=True)", "TypeError"},
              {"l.index(value=1)", "TypeError"},
              {"divmod(7, y=2)", "TypeError"},
              {"pow(2, exp=3)", "TypeError"},
              {"'a'.join(x=['b'])", "TypeError"},
              {"'a'.zfill(width=3)", "TypeError"},
              {"int(x='1')", "TypeError"},
              {"sum(start=1)", "TypeError"},
              {"datetime.datetime.strptime('2024', format='%Y')", "TypeError"}});
}

TEST(Expressions, RefuseWhatIsNoExpression) {
  for (const char* text : {"", " ", "1 +", "x = 1", "import math", "(1", "1)", "'open", "1 <> 2", "a b", "!x", "01",
                           "x++", "f(a=1, 2)", "[1, 2", "{1: }", "lambda", "1 if 2", "\n1 +\n1"}) {
    EXPECT_EQ(result(text), "SyntaxError") << text;
  }
  EXPECT_EQ(result(std::string(5000, '(')), "SyntaxError");
  EXPECT_EQ(result(std::string(5000, '-') + "1"), "SyntaxError");
}

TEST(Expressions, KeepWithinBounds) {
  expect_all({{"'x' * 10 ** 12", "MemoryError"},
              {"10 ** 10 ** 10", "OverflowError"},
              {"range(10 ** 9)", "MemoryError"},
              {"f'{1:10000000000}'", "ValueError"},
              {"f'{1.5:.10000000000f}'", "ValueError"},
              {"'%99999999999999999999d' % 1", "ValueError"},
              {"1 << 10 ** 9", "OverflowError"}});
}

TEST(CollectNames, LeavesOutLoopVariables) {
  std::vector<std::string> names;
  collect_names(**parse_expression("[x + a for x in b] + list(map(lambda y: y + c, d.e))"), names);
  for (const char* wanted : {"a", "b", "c", "d"}) EXPECT_NE(std::ranges::find(names, wanted), names.end()) << wanted;
  EXPECT_EQ(std::ranges::find(names, "x"), names.end());
  EXPECT_EQ(std::ranges::find(names, "y"), names.end());
}

TEST(Expressions, TellThePlaceOfAFailure) {
  const auto tree = parse_expression("1 + nothing * 2");
  ASSERT_TRUE(tree);
  const FewNames names;
  const auto value = evaluate(**tree, {.names = names, .now = {}});
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().where.column, 4);
  EXPECT_EQ(value.error().where.length, 7);
}

}  // namespace
}  // namespace mimus::script
