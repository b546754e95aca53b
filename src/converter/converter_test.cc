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

// What masks data by a key is a function of key and value alone: whatever the rows, the other values and the stream.
// (Two runs, and a part of the data, give the same.) Another key gives other values.
TEST(Masking, DependsOnKeyAndValueOnly) {
  struct Case {
    std::string name, rest;
    std::vector<std::string> values;
  };
  const std::vector<std::string> names{"Ada Lovelace", "Grace Hopper", "Alan Turing", "Ada Lovelace"};
  for (const Case& masking :
       {Case{"Pseudonym", "", names}, Case{"Tokenize", "", names},
        Case{"FormatEncrypt", "", {"4711-000123", "0000-000000", "9999-999999"}},
        Case{"FormatDecrypt", "", {"4711-000123", "0000-000000", "9999-999999"}},
        Case{"IBANMask", "", {"DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "FR1420041010050500013M02606"}},
        Case{"CardMask", "", {"4111111111111111", "5500 0000 0000 0004", "340000000000009"}},
        Case{"DateShift", ", 300", {"2024-02-29T01:02:03Z", "1999-12-31T00:00:00Z", "2024-02-29T01:02:03Z"}}}) {
    ValueList values;
    for (const std::string& text : masking.values) values.push_back(literal("'" + text + "'"));
    const auto converter = made(masking.name + "('k'" + masking.rest + ")");
    Column all = dynamic(values);
    ASSERT_FALSE(converter->convert(rows_of(values.size()), Stream(7), all)) << masking.name;
    std::string other;
    for (std::size_t k = 0; k < values.size(); ++k) {
      Column alone = dynamic({values[k]});
      // Made anew, elsewhere, with other draws.
      const auto again = made(masking.name + "('k'" + masking.rest + ")");
      ASSERT_FALSE(again->convert({.first = 1000 + k, .count = 1}, Stream(8), alone)) << masking.name;
      EXPECT_EQ(shown(value_at(alone, 0)), shown(value_at(all, k))) << masking.name;
      EXPECT_NE(shown(value_at(alone, 0)), shown(values[k])) << masking.name;
      Column elsewhere = dynamic({values[k]});
      ASSERT_FALSE(made(masking.name + "('l'" + masking.rest + ")")->convert(rows_of(1), Stream(7), elsewhere));
      other += shown(value_at(elsewhere, 0)) == shown(value_at(all, k)) ? "" : "x";
    }
    EXPECT_FALSE(other.empty()) << masking.name;
  }
}

TEST(Redact, TakesPatternsThatNoTextMakesSlow) {
  const auto one = [](const std::string& call, const std::string& text) {
    return converted(*made(call), dynamic({Value(text)}));
  };
  EXPECT_EQ(one("Redact(kinds='', patterns=['b+'])", "abba@example.org"), "['a[redacted]a@example.org']");
  // A word begins behind what was replaced as it did before.
  EXPECT_EQ(one("Redact(patterns=['id:'])", "id:a@b.org xid:a@b.org"), "['[redacted][email] x[redacted][email]']");
  EXPECT_EQ(one("Redact(kinds='', patterns=['\\\\bK\\\\b'])", "K OK K"), "['[redacted] OK [redacted]']");
  const std::string hostile(20'000, 'a');
  EXPECT_EQ(one("Redact(kinds='', patterns=['(a*)*b', '(a|aa)+c'])", hostile), "['" + hostile + "']");
  for (const char* text : {"Redact(patterns=['('])", "Redact(patterns=['a*'])", "Redact(patterns=['(a)\\\\1'])",
                           "Redact(patterns=['(a{1000}){1000}'])", "Redact(patterns='a')", "Redact(patterns=[1])"}) {
    const auto converter = make_converter(*parse_call(text));
    ASSERT_FALSE(converter) << text;
    EXPECT_EQ(converter.error().code, "converter.argument") << text;
  }
}

TEST(Tokenize, IsUndoneByTheOwnerOfTheKey) {
  const auto seal = made("Tokenize('k', prefix='')");
  const auto open = made("Detokenize('k', prefix='')");
  ValueList values;
  for (const std::size_t size : {0, 1, 2, 3, 4, 15, 16, 17, 1000}) values.emplace_back(std::string(size, 'a'));
  values.emplace_back(std::string("Zo\xC3\xAB"));
  Column column = dynamic(values);
  ASSERT_FALSE(seal->convert(rows_of(values.size()), Stream(1), column));
  for (std::size_t k = 0; k < values.size(); ++k) {
    const Value token = value_at(column, k);
    EXPECT_EQ(converted(*open, dynamic({token})), shown(Value::list({values[k]})));
    // Neither with another key, nor when a letter of the token is another one, or is missing.
    EXPECT_EQ(converted(*made("Detokenize('l', prefix='')"), dynamic({token})), "row 0: converter.value");
    std::string changed = *token.as_text();
    changed[3] = changed[3] == 'a' ? 'b' : 'a';
    EXPECT_EQ(converted(*open, dynamic({Value(changed)})), "row 0: converter.value");
    changed = *token.as_text();
    changed.pop_back();
    EXPECT_EQ(converted(*open, dynamic({Value(changed)})), "row 0: converter.value");
  }
  EXPECT_EQ(converted(*open, dynamic({Value(std::string())})), "row 0: converter.value");
  EXPECT_EQ(converted(*made("Detokenize('k')"), dynamic({Value(std::string("abc"))})), "row 0: converter.value");
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
                           "Redact('names')",
                           "Tokenize",
                           "Tokenize('')",
                           "Detokenize('hex:xy')"}) {
    const auto converter = make_converter(*parse_call(text));
    ASSERT_FALSE(converter) << text;
    EXPECT_TRUE(converter.error().code.starts_with("converter.")) << text;
  }
  EXPECT_TRUE(make_converter(*parse_call("Hash('SHA256', 'HEX')")));
}

}  // namespace
}  // namespace mimus
