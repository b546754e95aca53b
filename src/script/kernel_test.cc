// The kernels against the evaluation of single values: random expressions, the same results.
#include "script/kernel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "script/draw_columns.h"
#include "script/evaluate.h"
#include "script/operators.h"
#include "script/parse.h"

namespace mimus::script {
namespace {

constexpr std::size_t kRows = 7;

struct Named {
  std::string name;
  Column column;
};

class TestColumns final : public ColumnNames {
 public:
  explicit TestColumns(const std::vector<Named>& columns) : columns_(columns) {}
  [[nodiscard]] const Column* find(const Node& node) const override {
    for (const Named& named : columns_) {
      if (node.kind == NodeKind::Name && named.name == node.text) return &named.column;
    }
    return nullptr;
  }
  [[nodiscard]] std::size_t rows() const override { return kRows; }
  [[nodiscard]] bool is_data_name(std::string_view name) const override {
    return std::ranges::any_of(columns_, [&](const Named& named) { return named.name == name; });
  }

 private:
  const std::vector<Named>& columns_;
};

class TestNames final : public Names {
 public:
  TestNames(const std::vector<Named>& columns, std::size_t row) : columns_(columns), row_(row) {}
  [[nodiscard]] std::optional<Value> find(std::string_view name) const override {
    for (const Named& named : columns_) {
      if (named.name == name) return value_at(named.column, row_);
    }
    return std::nullopt;
  }

 private:
  const std::vector<Named>& columns_;
  std::size_t row_;
};

Column filled(const std::vector<Value>& values) {
  const auto made = column_of(values);
  Column out = *made;
  out.owner = made;
  return out;
}

std::vector<Named> random_columns(std::mt19937_64& random) {
  const std::vector<std::int64_t> edges = {
      0, 1, -1, 7, -13, 100, 1'000'000'007, INT64_MAX, INT64_MIN, std::int64_t{1} << 53};
  const auto integer = [&] {
    return random() % 3 == 0 ? edges[random() % edges.size()] : static_cast<std::int64_t>(random() % 2001) - 1000;
  };
  std::vector<Value> i, j, f, s, t, b, d;
  Column scaled;
  scaled.reset(Type::Float64, kRows);
  scaled.scale = 2;
  scaled.make_ints();
  for (std::size_t k = 0; k < kRows; ++k) {
    i.emplace_back(integer());
    j.emplace_back(static_cast<std::int64_t>(random() % 9 + 1));
    f.emplace_back(static_cast<double>(static_cast<std::int64_t>(random() % 20001) - 10000) / 8.0);
    s.emplace_back(std::string(random() % 4, 'a') + (random() % 5 == 0 ? "\u00fc" : ""));
    t.emplace_back(std::string(random() % 3, 'b'));
    b.emplace_back(random() % 2 == 0);
    d.emplace_back(Timestamp{static_cast<std::int64_t>(random() % 4'000'000'000) * 1'000'000});
    scaled.ints[k] = static_cast<std::int64_t>(random() % 100'000) - 50'000;
  }
  Column one = filled({Value(std::int64_t{3})});
  one.form = Form::Constant;
  one.size = kRows;
  Column pick;
  pick.reset(Type::String, kRows);
  std::uint32_t* indices = pick.make_indices(column_of({Value(std::string("x")), Value(std::string("yy"))}));
  for (std::size_t k = 0; k < kRows; ++k) indices[k] = static_cast<std::uint32_t>(random() % 2);
  return {{"i", filled(i)}, {"j", filled(j)}, {"f", filled(f)}, {"s", filled(s)}, {"t", filled(t)},
          {"b", filled(b)}, {"d", filled(d)}, {"c", one},       {"p", pick},      {"m", scaled}};
}

// A random expression of a kind: n(umber), t(ext), b(oolean), d(ate).
std::string expression(std::mt19937_64& random, char kind, int depth) {
  const auto pick = [&](std::initializer_list<const char*> all) {
    return std::string(all.begin()[random() % all.size()]);
  };
  const auto sub = [&](char of) { return "(" + expression(random, of, depth - 1) + ")"; };
  if (kind == 'n') {
    if (depth == 0) return pick({"i", "j", "f", "c", "m", "2", "10", "100", "0.5", "-3", "1.19"});
    switch (random() % 8) {
      case 0:
        return "-" + sub('n');
      case 1:
        return "round(" + sub('n') + " * 1.0, " + pick({"0", "1", "2", "3"}) + ")";
      case 2:
        return sub('n') + " if " + sub('b') + " else " + sub('n');
      case 3:
        return "d." + pick({"year", "month", "day", "hour", "minute", "second"});
      default:
        return sub('n') + pick({" + ", " - ", " * ", " / ", " // ", " % "}) + sub('n');
    }
  }
  if (kind == 't') {
    if (depth == 0) return pick({"s", "t", "p", "'q'", "''"});
    switch (random() % 4) {
      case 0:
        return "str(" + sub('n') + ")";
      case 1:
        return sub('t') + " if " + sub('b') + " else " + sub('t');
      case 2:
        return "f'" + pick({"x{i}", "{s}-{j}", "{m}{d}", "{f}"}) + "'";
      default:
        return sub('t') + " + " + sub('t');
    }
  }
  if (kind == 'b') {
    if (depth == 0) return pick({"b", "True", "False"});
    const std::string op = pick({" == ", " != ", " < ", " <= ", " > ", " >= "});
    switch (random() % 4) {
      case 0:
        return sub('n') + op + sub('n');
      case 1:
        return sub('t') + op + sub('t');
      case 2:
        return "not " + sub('b');
      default:
        return sub('b') + pick({" and ", " or "}) + sub('b');
    }
  }
  if (depth == 0) return "d";
  return "d + datetime.timedelta(" + pick({"days", "hours", "minutes", "seconds", "weeks"}) + "=" + sub('n') + ")";
}

std::string shown(const Value& value) {
  std::string out = std::string(type_name_of(value)) + " ";
  append_repr(out, value);
  return out;
}

TEST(Kernels, GiveWhatSingleValuesGive) {
  std::mt19937_64 random(20'26);
  const int rounds = 10'000;
  int covered = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::vector<Named> columns = random_columns(random);
    const std::string text = expression(random, "ntbd"[random() % 4], static_cast<int>(random() % 4));
    const auto tree = parse_expression(text);
    ASSERT_TRUE(tree) << text;
    const auto column = evaluate_columns(**tree, TestColumns(columns));
    if (!column) continue;
    ++covered;
    ASSERT_EQ(column->size, kRows) << text;
    for (std::size_t k = 0; k < kRows; ++k) {
      const auto value = evaluate(**tree, {.names = TestNames(columns, k), .now = {}});
      ASSERT_TRUE(value) << text << ": " << value.error().message;
      ASSERT_EQ(shown(value_at(*column, k)), shown(*value)) << text;
    }
  }
  // Most of what is made here has kernels; the rest leaves their domain (overflow, division by zero, mixed types).
  EXPECT_GT(covered, rounds / 3);
}

TEST(Kernels, LeaveTheirDomainToOthers) {
  std::mt19937_64 random(1);
  const std::vector<Named> columns = random_columns(random);
  for (const char* text : {"i * i * i * i * i * 99999999999", "1 / (j - j)", "s * 2", "len(s)", "nothing", "i + s",
                           "b + 1", "i if b else s"}) {
    const auto tree = parse_expression(text);
    ASSERT_TRUE(tree) << text;
    EXPECT_FALSE(evaluate_columns(**tree, TestColumns(columns))) << text;
  }
}

TEST(DrawColumns, GiveWhatTheEvaluationOfSingleValuesGives) {
  const std::vector<Named> columns;
  const TestColumns names(columns);
  const Rows rows{.first = 5, .count = kRows};
  const Stream stream(11, "path");
  for (const char* text : {"random.random()", "random.uniform(-1, 2.5)", "random.randint(-3, 3)",
                           "random.randrange(10)", "random.randrange(10, 0, -3)", "random.choice(['a', 'bb', ''])",
                           "random.choice((1, 2))", "random.choice('xyz')"}) {
    const auto tree = parse_expression(text);
    ASSERT_TRUE(tree) << text;
    const auto drawn = draw_columns(**tree, names, rows, stream);
    ASSERT_TRUE(drawn) << text;
    for (std::size_t k = 0; k < kRows; ++k) {
      const auto single =
          evaluate(**tree, {.names = TestNames(columns, k), .now = {}, .stream = stream, .row = rows[k]});
      ASSERT_TRUE(single) << text;
      EXPECT_EQ(text_of(value_at(*drawn, k)), text_of(*single)) << text;
    }
  }
  for (const char* text : {"random.randint(3, 1)", "random.choice([])", "random.choice([1, 'a'])", "random.gauss(0, 1)",
                           "random.randint(a=1, b=2)", "1 + random.random()"}) {
    const auto tree = parse_expression(text);
    ASSERT_TRUE(tree) << text;
    EXPECT_FALSE(draw_columns(**tree, names, rows, stream)) << text;
  }
}

}  // namespace
}  // namespace mimus::script
