#include "base/text.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/base32.h"

namespace mimus {
namespace {

TEST(FloatText, IsPythonsRepr) {
  EXPECT_EQ(float_text(1.0), "1.0");
  EXPECT_EQ(float_text(0.1), "0.1");
  EXPECT_EQ(float_text(-0.0), "-0.0");
  EXPECT_EQ(float_text(1e16), "1e+16");
  EXPECT_EQ(float_text(1e15), "1000000000000000.0");
  EXPECT_EQ(float_text(1e-7), "1e-07");
  EXPECT_EQ(float_text(0.0001), "0.0001");
  EXPECT_EQ(float_text(123456789012345680.0), "1.2345678901234568e+17");
  EXPECT_EQ(float_text(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(float_text(std::numeric_limits<double>::quiet_NaN()), "nan");
}

std::string repr(std::string_view text) {
  std::string out;
  append_repr(out, text);
  return out;
}

TEST(Repr, IsPythonsReprOfAString) {
  EXPECT_EQ(repr("it's"), "\"it's\"");
  EXPECT_EQ(repr("\""), "'\"'");
  EXPECT_EQ(repr("'\""), "'\\'\"'");
  EXPECT_EQ(repr("ü"), "'ü'");
  EXPECT_EQ(repr("a\nb\x01"), "'a\\nb\\x01'");
  EXPECT_EQ(repr("\u200b"), "'\\u200b'");
}

std::string json(std::string_view text, bool ascii = true) {
  std::string out;
  append_json_string(out, text, ascii);
  return out;
}

TEST(JsonString, IsPythonsJsonDumps) {
  EXPECT_EQ(json("ü€\"\\/\n\t\x01\x7f"), R"("\u00fc\u20ac\"\\/\n\t\u0001\u007f")");
  EXPECT_EQ(json("\U0001F600"), R"("\ud83d\ude00")");
  EXPECT_EQ(json("ü", false), "\"ü\"");
  EXPECT_EQ(json("\xff", false), "\"\xEF\xBF\xBD\"");
}

TEST(Utf8, RefusesWhatIsNot) {
  EXPECT_TRUE(is_utf8("aü€\U0001F600"));
  EXPECT_FALSE(is_utf8("\xC0\xAF"));          // overlong
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(is_utf8("\xE2\x82"));          // cut off
}

TEST(EscapeControls, LeavesNothingThatSteersATerminal) {
  EXPECT_EQ(escape_controls("a\x1b[31m\u202e\x9b"), "a\\x1b[31m\\u202e\\x9b");
  EXPECT_EQ(escape_controls("a\nb", true), "a\nb");
  EXPECT_EQ(escape_controls("a\nb"), "a\\x0ab");
}

TEST(FoldCase, EqualsOverCaseAndNormalisation) {
  EXPECT_EQ(fold_case("STRASSE"), fold_case("straße"));
  EXPECT_EQ(nfc("u\u0308"), "ü");
}

TEST(Numbers, TakeTheWholeText) {
  EXPECT_EQ(parse_int("+12"), 12);
  EXPECT_EQ(parse_int("12x"), std::nullopt);
  EXPECT_EQ(parse_int(""), std::nullopt);
  EXPECT_EQ(parse_float("1e3"), 1000.0);
  EXPECT_EQ(with_thousands(1234567), "1,234,567");
}

// RFC 4648, section 10, in small letters and without padding.
TEST(Base32, GivesTheVectorsOfTheRfc) {
  for (const auto& [bytes, text] : {std::pair<std::string, std::string>{"", ""},
                                    {"f", "my"},
                                    {"fo", "mzxq"},
                                    {"foo", "mzxw6"},
                                    {"foob", "mzxw6yq"},
                                    {"fooba", "mzxw6ytb"},
                                    {"foobar", "mzxw6ytboi"}}) {
    std::string out;
    append_base32(out, bytes);
    EXPECT_EQ(out, text);
    EXPECT_EQ(bytes_of_base32(text), bytes);
  }
  for (const char* text : {"m", "mz1q", "MY", "mz", "my======"}) EXPECT_FALSE(bytes_of_base32(text)) << text;
}

}  // namespace
}  // namespace mimus
