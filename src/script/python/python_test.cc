#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/column.h"
#include "python/session.h"

namespace mimus::python {
namespace {

using testing::HasSubstr;

constexpr Timestamp kNow{1'764'000'000'000'000};

std::shared_ptr<Session> session() {
  auto made = Session::start({.now = kNow, .stream = Stream(1, "test")});
  EXPECT_TRUE(made) << (made ? "" : made.error().message);
  return made ? *made : nullptr;
}

std::string repr(const Result<Value>& value) {
  if (!value) return value.error().code + ": " + value.error().message;
  std::string out;
  append_repr(out, *value);
  return out;
}

Result<Value> evaluate(Session& python, std::string_view text, ValueMap constants = {}) {
  auto made = python.compile({.text = text, .constants = std::move(constants), .parameters = {}});
  if (!made) return fail(made.error());
  return (*made)->evaluate({}, {}, Stream(7, "path"), false);
}

TEST(Python, GivesValuesOfEveryKind) {
  const auto python = session();
  const auto shown = [&](std::string_view text) { return repr(evaluate(*python, text)); };
  EXPECT_EQ(shown("None"), "None");
  EXPECT_EQ(shown("1 + True"), "2");
  EXPECT_EQ(shown("2 ** 70"), "1180591620717411303424");
  EXPECT_EQ(shown("0.1 + 0.2"), "0.30000000000000004");
  EXPECT_EQ(shown("'ä' * 2"), "'ää'");
  EXPECT_EQ(shown("[1, (2,), {3}, {'a': b'x'}]"), "[1, (2,), {3}, {'a': b'x'}]");
  EXPECT_EQ(shown("datetime.datetime(2024, 2, 29, 1, 2, 3, 4)"), "datetime.datetime(2024, 2, 29, 1, 2, 3, 4)");
  EXPECT_EQ(shown("datetime.date(2024, 2, 29)"), "datetime.date(2024, 2, 29)");
  EXPECT_EQ(shown("datetime.time(1, 2, 3)"), "datetime.time(1, 2, 3)");
  EXPECT_EQ(shown("datetime.timedelta(days=-1, seconds=5)"), "datetime.timedelta(days=-1, seconds=5)");
  EXPECT_EQ(shown("uuid.UUID(int=5)"), "UUID('00000000-0000-0000-0000-000000000005')");
  EXPECT_EQ(shown("re.sub('a+', 'b', 'caat')"), "'cbt'");
}

TEST(Python, TellsWhatWentWrong) {
  const auto python = session();
  const auto shown = [&](std::string_view text) { return repr(evaluate(*python, text)); };
  EXPECT_EQ(shown("1 / 0"), "script.zero_division: division by zero");
  EXPECT_EQ(shown("nobody"), "script.name: name 'nobody' is not defined");
  EXPECT_EQ(shown("open('x')"), "script.name: name 'open' is not defined");
  EXPECT_EQ(shown("{'a': 1}['b']"), "script.key: no key 'b'");
  EXPECT_EQ(shown("itertools.islice([], -1)").substr(0, 13), "script.value:");
  EXPECT_EQ(shown("json.loads('{')").substr(0, 37), "script.exception: JSONDecodeError: Ex");
}

TEST(Python, HoldsTheClockOfTheRun) {
  const auto python = session();
  const auto shown = [&](std::string_view text) { return repr(evaluate(*python, text)); };
  EXPECT_EQ(shown("datetime.datetime.now()"), "datetime.datetime(2025, 11, 24, 16, 0)");
  EXPECT_EQ(shown("datetime.date.today()"), "datetime.date(2025, 11, 24)");
}

TEST(Python, DrawsFromTheStreamOfTheRow) {
  const auto python = session();
  const std::string first = repr(evaluate(*python, "[random.random(), random.randint(1, 6), str(uuid.uuid4())]"));
  EXPECT_EQ(first, repr(evaluate(*python, "[random.random(), random.randint(1, 6), str(uuid.uuid4())]")));
  EXPECT_EQ(repr(evaluate(*python, "random.random()")), repr(Value(unit(Stream(7, "path").draw({}, 0)))));
  EXPECT_EQ(repr(evaluate(*python, "random.Random(7).random()")), "0.32383276483316237");
}

TEST(Python, EvaluatesManyRowsAndStopsAtTheFirstThatFails) {
  const auto python = session();
  const auto made = python->compile({.text = "10 // n + len(t.name)", .constants = {}, .parameters = {"n", "t"}});
  ASSERT_TRUE(made);
  const auto column = [](std::vector<Value> values) {
    Column out;
    out.reset(Type::Dynamic, values.size());
    out.values = std::move(values);
    return out;
  };
  const Value map = Value::map({{"name", Value(std::string("abc"))}});
  const Column n = column({Value(std::int64_t{1}), Value(std::int64_t{2}), Value(std::int64_t{0}), Value()});
  const Column t = column({map, map, map, map});
  const std::array<Argument, 2> arguments{&n, &t};
  Column out;
  const auto failure = (*made)->evaluate(arguments, {.count = 4}, {}, Stream(), false, out);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->row, 2U);
  EXPECT_EQ(failure->finding.code, "script.zero_division");
  EXPECT_EQ(repr(value_at(out, 0)), "13");
  EXPECT_EQ(repr(value_at(out, 1)), "8");
}

TEST(Python, RunsFilesWhoseNamesAreShared) {
  const auto python = session();
  const auto names = python->execute(
      "count = 0\nseen = []\ndef inc():\n  global count\n  count += 1\n  seen.append(count)\n"
      "  return count\ndef twice(n):\n  return n * 2\n__hidden = 1\n",
      "lib.py", {}, Stream());
  ASSERT_TRUE(names) << names.error().message;
  EXPECT_EQ(find(*names, "__hidden"), nullptr);
  const ValueMap& known = *names;
  EXPECT_EQ(repr(evaluate(*python, "[inc(), inc(), count]", known)), "[1, 2, 0]");
  EXPECT_EQ(repr(evaluate(*python, "seen", known)), "[1, 2]");
  const auto effect = [&](std::string_view text) {
    return (*python->compile({.text = text, .constants = known, .parameters = {}}))->effect();
  };
  EXPECT_EQ(effect("inc()"), Effect::Writes);
  EXPECT_EQ(effect("twice(3)"), Effect::Pure);
  EXPECT_EQ(effect("len(seen)"), Effect::Reads);
  EXPECT_EQ(effect("seen.append(1)"), Effect::Writes);
  EXPECT_EQ(effect("random.randint(1, 2)"), Effect::Pure);
  EXPECT_EQ(effect("random.seed(1)"), Effect::Writes);
}

TEST(Python, NamesTheLineOfAFile) {
  const auto python = session();
  const auto names = python->execute("def f(n):\n  return 1 // n\n", "lib.py", {}, Stream());
  ASSERT_TRUE(names);
  EXPECT_EQ(repr(evaluate(*python, "f(0)", *names)),
            "script.zero_division: integer division or modulo by zero (lib.py, line 2, in f())");
  const auto broken = python->execute("x = 1\ndef (", "bad.py", {}, Stream());
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, "script.syntax");
  EXPECT_THAT(broken.error().message, HasSubstr("bad.py, line 2"));
}

TEST(Python, ImportsTheNamesThatOthersUse) {
  const auto python = session();
  const auto names = python->execute(
      "from datamimic_ce.domains.domain_core.base_literal_generator import BaseLiteralGenerator\n"
      "from datamimic_ce.converter.converter import Converter as Base\n"
      "class Mine(BaseLiteralGenerator):\n  def generate(self):\n    return 'x'\n"
      "class Yours(Base):\n  def convert(self, value):\n    return value + 1\n",
      "lib.py", {}, Stream());
  ASSERT_TRUE(names) << names.error().message;
  EXPECT_EQ(repr(evaluate(*python, "[Mine().generate(), Yours().convert(1)]", *names)), "['x', 2]");
}

}  // namespace
}  // namespace mimus::python
