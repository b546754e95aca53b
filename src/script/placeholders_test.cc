#include "script/placeholders.h"

#include <gtest/gtest.h>

namespace mimus::script {
namespace {

// Literals as they are, expressions in <>, those in doubled marks in <<>>.
std::string shown(std::string_view text, const PlaceholderMarks& marks = {}) {
  const auto pieces = split_placeholders(text, marks);
  if (!pieces) return pieces.error().code;
  std::string out;
  for (const TextPiece& piece : *pieces) {
    if (piece.source.empty()) {
      out += piece.literal;
    } else {
      out += (piece.is_fresh ? "<<" : "<") + piece.source + (piece.is_fresh ? ">>" : ">");
    }
  }
  return out;
}

TEST(Placeholders, AreExpressionsInMarks) {
  EXPECT_EQ(shown("a {b} c{d.e[0]}"), "a <b> c<d.e[0]>");
  EXPECT_EQ(shown("{a + '}' + b}"), "<a + '}' + b>");
  EXPECT_EQ(shown("{{ now() }}|{ x }"), "<< now() >>|< x >");
  EXPECT_EQ(shown("{x:.2f} {x!r:>10} {d:%Y-%m}"),
            "<f\"\"\"{x:.2f}\"\"\"> <f\"\"\"{x!r:>10}\"\"\"> <f\"\"\"{d:%Y-%m}\"\"\">");
  EXPECT_EQ(shown("${a} {a} ${{b}}", {"${", "}"}), "<a> {a} <<b>>");
  EXPECT_EQ(shown("[%a%] [%%b%%]", {"[%", "%]"}), "<a> <<b>>");
}

TEST(Placeholders, LeaveOtherTextsInBracesAsTheyAre) {
  for (const char* text :
       {"{1:F01BANKBEBBAXXX0000000000}{2:I103BANKDEFFXXXXN}{4:", "-}{5:{MAC:00000000}{CHK:123456789ABC}}", "{}", "{ }",
        "{\"a\": 1}", "{\"flag\": true, \"l\": [1, 2]}", "{ color: red }", "\\d{4}", "{a\nb}", "{", "}", "{a", "a}",
        "{'x'}", "{a, b}", "{x=}", "{{}}", "{a b}"}) {
    EXPECT_EQ(shown(text), text);
  }
  EXPECT_EQ(shown("{\"a\": {b}, \"c\": [{d}]}"), "{\"a\": <b>, \"c\": [<d>]}");
  EXPECT_EQ(shown("{\"x\":{\"a\": {b}}}"), "{\"x\":{\"a\": <b>}}");
  EXPECT_EQ(shown("{4:\n:20:{ref}\n-}"), "{4:\n:20:<ref>\n-}");
  EXPECT_EQ(shown("{ {a} }"), "{ <a> }");
}

TEST(Placeholders, LoseTheirMeaningBehindABackslash) {
  EXPECT_EQ(shown("\\{a} \\\\{a} \\\\\\{a}"), "{a} \\<a> \\{a}");
  EXPECT_EQ(shown("c:\\d \\"), "c:\\d \\");
}

TEST(Placeholders, KnowWhereTheyStand) {
  const auto pieces = split_placeholders("ab{ c }{d:>3}", {});
  ASSERT_TRUE(pieces);
  ASSERT_EQ(pieces->size(), 3U);
  EXPECT_EQ((*pieces)[1].offset, 3U);
  EXPECT_EQ((*pieces)[2].offset, 8U);
  EXPECT_EQ((*pieces)[2].source.substr((*pieces)[2].lead, 4), "d:>3");
}

TEST(Placeholders, DoNotTakeForEver) {
  EXPECT_EQ(shown(std::string(200'000, '{')), std::string(200'000, '{'));
  std::string hostile;
  for (int k = 0; k < 50'000; ++k) hostile += "{}}}}}}}}";
  EXPECT_EQ(shown(hostile), "script.placeholders");
}

}  // namespace
}  // namespace mimus::script
