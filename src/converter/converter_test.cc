#include "converter/converter.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace mimus {
namespace {

std::unique_ptr<Converter> made(const std::string& text) {
  const auto call = parse_call(text);
  EXPECT_TRUE(call) << text;
  auto converter = make_converter(*call);
  EXPECT_TRUE(converter) << text << ": " << (converter ? "" : converter.error().message);
  return converter ? std::move(*converter) : nullptr;
}

// A literal; a text of the form of RFC 3339 stands for a time.
Value literal(std::string_view text) {
  const auto parsed = parse_literals(text);
  EXPECT_TRUE(parsed) << text;
  Value value = parsed->is_sequence ? Value::list(parsed->items) : parsed->items[0];
  if (value.as_text() != nullptr && value.as_text()->contains('T') && value.as_text()->ends_with('Z')) {
    if (const auto time = parse_rfc3339(*value.as_text())) return Value(*time);
  }
  return value;
}

std::string shown(const Value& value) {
  std::string out;
  append_repr(out, value);
  return out;
}

constexpr Rows rows_of(std::size_t count) { return {.count = count}; }

std::string converted(const Converter& converter, Column column) {
  const auto failure = converter.convert(rows_of(column.size), Stream(7), column);
  if (failure) return "row " + std::to_string(failure->row) + ": " + failure->finding.code;
  ValueList values;
  for (std::size_t k = 0; k < column.size; ++k) values.push_back(value_at(column, k));
  return shown(Value::list(std::move(values)));
}

Column dynamic(const ValueList& values) {
  Column out;
  out.reset(Type::Dynamic, values.size());
  out.values = values;
  return out;
}

TEST(Converters, DoWhatTheirExamplesSay) {
  for (const ConverterDeclaration* declaration : converters()) {
    EXPECT_FALSE(declaration->examples.empty()) << declaration->name;
    for (const ConverterExample& example : declaration->examples) {
      const auto converter = made(std::string(example.call));
      ASSERT_TRUE(converter);
      EXPECT_EQ(converted(*converter, dynamic({literal(example.from)})), shown(Value::list({literal(example.to)})))
          << example.call;
    }
  }
}

// Flat, constant, by dictionary, or of any type: what comes out is the same.
TEST(Converters, GiveTheSameInEveryForm) {
  for (const ConverterDeclaration* declaration : converters()) {
    for (const ConverterExample& example : declaration->examples) {
      const auto converter = made(std::string(example.call));
      const Value value = literal(example.from);
      const ValueList four(4, value);
      const std::string wanted = converted(*converter, dynamic(four));
      const auto flat = column_of(four);
      EXPECT_EQ(converted(*converter, *flat), wanted) << example.call;
      Column constant = *column_of({value});
      constant.form = Form::Constant;
      constant.size = 4;
      if (constant.type == Type::String) constant.texts[0] = {constant.arena.data(), constant.arena.size()};
      EXPECT_EQ(converted(*converter, constant), wanted) << example.call;
      Column dictionary;
      dictionary.reset(flat->type, 4);
      const auto values = column_of({value});
      std::uint32_t* indices = dictionary.make_indices(values);
      std::fill(indices, indices + 4, 0);
      EXPECT_EQ(converted(*converter, dictionary), wanted) << example.call;
    }
  }
}

// Encoders keep the bytes of each dictionary that they see.
TEST(Converters, MakeOneDictionaryOfOne) {
  const auto converter = made("UpperCase");
  const auto values = column_of({Value(std::string("a")), Value(std::string("b"))});
  std::shared_ptr<const Column> before;
  for (const std::size_t rows : {4, 3, 1}) {
    Column column;
    column.reset(Type::String, rows);
    std::uint32_t* indices = column.make_indices(values);
    std::fill(indices, indices + rows, 1);
    ASSERT_FALSE(converter->convert(rows_of(rows), Stream(1), column));
    ASSERT_EQ(column.form, Form::Dictionary);
    EXPECT_EQ(shown(value_at(column, 0)), "'B'");
    if (before) {
      EXPECT_EQ(column.dictionary, before);
    }
    before = column.dictionary;
  }
}

TEST(Converters, LeaveAbsentRowsAlone) {
  const auto made_of = column_of({Value(std::string("a")), Value(), Value(std::string("c"))});
  Column column = *made_of;
  column.valid.clear();
  column.make_present()[1] = 0;
  ASSERT_FALSE(made("UpperCase")->convert(rows_of(3), Stream(1), column));
  EXPECT_FALSE(column.is_present(1));
  EXPECT_EQ(shown(value_at(column, 2)), "'C'");
}

TEST(Converters, ReportTheFirstRowThatFails) {
  const Value text(std::string("x"));
  EXPECT_EQ(converted(*made("UpperCase"), dynamic({text, Value(std::int64_t{5}), Value()})), "row 1: converter.value");
  EXPECT_EQ(converted(*made("Mask"), dynamic({text, text, Value()})), "row 2: converter.value");
  // A value of the dictionary that no row holds does no harm.
  Column column;
  column.reset(Type::String, 2);
  std::uint32_t* indices = column.make_indices(column_of({Value(), text}));
  indices[0] = indices[1] = 1;
  EXPECT_EQ(converted(*made("UpperCase"), column), "['X', 'X']");
  column.indices[1] = 0;
  EXPECT_EQ(converted(*made("UpperCase"), column), "row 1: converter.value");
}

TEST(Converters, RefuseValuesThatTheyAreNotFor) {
  const auto refused = [](const char* call, const Value& value) {
    return converted(*made(call), dynamic({value})) == "row 0: converter.value";
  };
  EXPECT_TRUE(refused("FormatEncrypt('k')", Value(std::string("12345"))));
  EXPECT_TRUE(refused("IBANMask('k')", Value(std::string("DE88370400440532013000"))));
  EXPECT_TRUE(refused("CardMask('k')", Value(std::string("4111111111111112"))));
  EXPECT_TRUE(refused("Band", Value(std::string("x"))));
  EXPECT_TRUE(refused("Round", Value()));
  EXPECT_TRUE(refused("Noise(1)", Value(true)));
  EXPECT_TRUE(refused("DateShift('k')", Value(std::int64_t{1})));
  EXPECT_TRUE(refused("DatePart", Value(1.5)));
  EXPECT_TRUE(refused("Timestamp2Date", Value(std::int64_t{1} << 60)));
}

TEST(DateShift, KeepsIntervalsWithinASubject) {
  const auto converter = made("DateShift('k', 100, subject='id', fields=['a', 'b'])");
  const auto record = [](const char* id, std::int64_t a, std::int64_t b) {
    return Value::map({{"id", Value(std::string(id))}, {"a", Value(Date{a})}, {"b", Value(Date{b})}});
  };
  Column column = dynamic({record("x", 10, 17), record("x", 30, 31), record("y", 10, 17)});
  ASSERT_FALSE(converter->convert(rows_of(3), Stream(1), column));
  const auto day = [&](std::size_t row, const char* name) {
    return find(*value_at(column, row).as_map(), name)->as_date()->days;
  };
  EXPECT_EQ(day(0, "b") - day(0, "a"), 7);
  EXPECT_EQ(day(1, "a") - day(0, "a"), 20);
  EXPECT_NE(day(0, "a"), 10);
  EXPECT_NE(day(0, "a"), day(2, "a"));
}

TEST(Noise, IsNormalAndTheSameForTheSameRow) {
  const auto converter = made("Noise(sd=2)");
  Column column = dynamic(ValueList(10'000, Value(100.0)));
  ASSERT_FALSE(converter->convert(rows_of(10'000), Stream(5), column));
  double sum = 0, squares = 0;
  for (std::size_t k = 0; k < column.size; ++k) {
    sum += column.floats[k] - 100;
    squares += (column.floats[k] - 100) * (column.floats[k] - 100);
  }
  EXPECT_NEAR(sum / 10'000, 0, 0.1);
  EXPECT_NEAR(squares / 10'000, 4, 0.3);
  Column tail = dynamic(ValueList(10, Value(100.0)));
  ASSERT_FALSE(converter->convert({.first = 500, .count = 10}, Stream(5), tail));
  EXPECT_EQ(tail.floats[3], column.floats[503]);
}

TEST(Converters, RefuseWrongArguments) {
  for (const char* text : {"Mask('')",
                           "Mask('**')",
                           "Mask(1)",
                           "MiddleMask(1)",
                           "MiddleMask(-1, 2)",
                           "CutLength('a')",
                           "CutLength",
                           "Append",
                           "Hash('md4', 'hex')",
                           "Hash('md5', 'octal')",
                           "DateFormat('%Q')",
                           "UpperCase(1)",
                           "Nothing",
                           "FormatEncrypt",
                           "FormatEncrypt('')",
                           "FormatEncrypt('hex:00')",
                           "FormatEncrypt('k', alphabet='aa')",
                           "Pseudonym('k', length=3)",
                           "DateShift('k', 0)",
                           "DateShift('k', subject='a')",
                           "Band(0)",
                           "Prefix(-1)",
                           "DatePart('week')",
                           "Round(0)",
                           "Noise(-1)",
                           "IBANMask('k', 31)",
                           "CardMask('k', -1)",
                           "Redact('names')"}) {
    const auto converter = make_converter(*parse_call(text));
    ASSERT_FALSE(converter) << text;
    EXPECT_TRUE(converter.error().code.starts_with("converter.")) << text;
  }
  EXPECT_TRUE(make_converter(*parse_call("Hash('SHA256', 'HEX')")));
}

}  // namespace
}  // namespace mimus
