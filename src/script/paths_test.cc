// Dotted paths over columns against the evaluation of single values.
#include "script/paths.h"

#include <gtest/gtest.h>

#include "script/evaluate.h"
#include "script/parse.h"

namespace mimus::script {
namespace {

class OneName final : public Names {
 public:
  explicit OneName(Value value) : value_(std::move(value)) {}
  [[nodiscard]] std::optional<Value> find(std::string_view name) const override {
    return name == "p" ? std::optional(value_) : std::nullopt;
  }

 private:
  Value value_;
};

Value text(const char* value) { return Value(std::string(value)); }

// {'a': n, 'b': {'c': 'x'}, 'l': [{'d': 1}]}
Value map_of(std::int64_t number) {
  return Value::map({{"a", Value(number)},
                     {"b", Value::map({{"c", text("x")}})},
                     {"l", Value::list({Value::map({{"d", Value(std::int64_t{1})}})})},
                     {"keys", text("hidden")}});
}

Column filled(const std::vector<Value>& values) {
  const auto made = column_of(values);
  Column out = *made;
  out.owner = made;
  return out;
}

std::string shown(const Value& value) {
  std::string out;
  append_repr(out, value);
  return out;
}

TEST(Paths, GiveWhatTheEvaluationOfSingleValuesGives) {
  const std::vector<Value> rows{map_of(1), map_of(2), map_of(3)};
  const Column column = filled(rows);
  for (const std::string_view path : {"p.a", "p.b", "p.b.c", "p.l"}) {
    const auto tree = parse_expression(path);
    ASSERT_TRUE(tree);
    EXPECT_EQ(root_of_path(**tree), "p");
    const auto values = values_of_path(**tree, column, {});
    ASSERT_TRUE(values) << path;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const auto single = evaluate(**tree, {.names = OneName(rows[k]), .now = {}});
      ASSERT_TRUE(single);
      EXPECT_EQ(shown((*values)[k]), shown(*single)) << path;
    }
  }
}

TEST(Paths, LeaveWhatIsNoEntryOfAMap) {
  const Column column = filled({map_of(1), Value(), map_of(3)});
  const std::vector<std::uint8_t> skip{0, 1, 0};
  const auto values_at = [&](std::string_view path, std::span<const std::uint8_t> left_out) {
    const auto tree = parse_expression(path);
    return tree ? values_of_path(**tree, column, left_out) : std::nullopt;
  };
  EXPECT_TRUE(values_at("p.a", skip));
  EXPECT_FALSE(values_at("p.a", {}));  // the null's failure is told elsewhere
  EXPECT_FALSE(values_at("p.missing", skip));
  EXPECT_FALSE(values_at("p.keys", skip));  // a method
  EXPECT_FALSE(values_at("p.a.b", skip));
  EXPECT_FALSE(values_at("p.l.d", skip));
  const auto call = parse_expression("p.a()");
  ASSERT_TRUE(call);
  EXPECT_EQ(root_of_path(**call), "");
}

}  // namespace
}  // namespace mimus::script
