#include <gtest/gtest.h>

#include "descriptor/literal.h"
#include "descriptor/load.h"
#include "descriptor/schema.h"
#include "descriptor/xml.h"

namespace mimus {
namespace {

std::string literals(std::string_view text) {
  const auto parsed = parse_literals(text);
  if (!parsed) return "error at " + std::to_string(parsed.error().where.column);
  std::string out;
  append_repr(out, Value::list(parsed->items));
  return out;
}

TEST(ParseLiterals, ReadsPythonsLiterals) {
  EXPECT_EQ(literals("1, -2.5, 'a', \"b\", True, False, None"), "[1, -2.5, 'a', 'b', True, False, None]");
  EXPECT_EQ(literals("[1, (2, 3)], {'k': [None]}"), "[[1, [2, 3]], {'k': [None]}]");
  EXPECT_EQ(literals("'it''s'"), "['its']");
  EXPECT_EQ(literals(R"('\n\t\x41\u00fc\\\'')"), "[\"\\n\\tA\u00fc\\\\'\"]");
  EXPECT_EQ(literals("7, 1e3, 1.50"), "[7, 1000.0, 1.5]");
  EXPECT_EQ(literals("'abc'"), "['abc']");
}

TEST(ParseLiterals, TellsWhereItStops) {
  for (const char* text : {"a", "1, b", "'open", "[1", "{1}", "1 2", "1 +", "'a'; 'b'"}) {
    EXPECT_TRUE(literals(text).starts_with("error at")) << text << " gives " << literals(text);
  }
  EXPECT_EQ(literals("1, b"), "error at 3");
  EXPECT_EQ(parse_literals("1, b").error().code, "literal.syntax");
  EXPECT_TRUE(literals(std::string(1000, '[')).starts_with("error"));
}

TEST(ParseCall, ReadsNamesAndArguments) {
  const auto call = parse_call("a.B(1, x='y', z=[2])");
  ASSERT_TRUE(call);
  EXPECT_EQ(call->name, "a.B");
  ASSERT_EQ(call->arguments.size(), 3U);
  EXPECT_EQ(call->arguments[1].name, "x");
  EXPECT_EQ(call->arguments[1].offset, 7U);
  EXPECT_FALSE(parse_call("B(1")) << "open bracket";
  EXPECT_TRUE(parse_call("B(f())")) << "any expression";
  EXPECT_FALSE(parse_call("B(f(]))")) << "brackets that do not match";
  const auto calls = parse_calls("JSON, CSV(delimiter=',')");
  ASSERT_TRUE(calls);
  EXPECT_EQ(calls->size(), 2U);
  EXPECT_EQ((*calls)[1].offset, 6U);
}

TEST(ParseXml, KnowsThePlaceOfEverything) {
  const auto document = parse_xml("<a\n  b='1'\n  cd=\"x &lt; y\"><e/>text<f>in</f> more</a>", "d.xml");
  ASSERT_TRUE(document);
  const XmlElement& root = document->root;
  ASSERT_EQ(root.attributes.size(), 2U);
  EXPECT_EQ(root.attributes[1].value, "x < y");
  EXPECT_EQ(root.attributes[1].name_at.line, 3);
  EXPECT_EQ(root.attributes[1].name_at.column, 3);
  EXPECT_EQ(root.attributes[1].value_at.column, 7);
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.children[1].text, "in");
  EXPECT_EQ(root.text, "text more");
}

std::string refused(std::string text) {
  const auto document = parse_xml(std::move(text), "d.xml");
  return document ? "accepted" : document.error()[0].code;
}

TEST(ParseXml, RefusesHostileInput) {
  EXPECT_EQ(refused("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "xml.doctype");
  EXPECT_EQ(refused("<a>&undefined;</a>"), "xml.malformed");
  EXPECT_EQ(refused("<a><b></a></b>"), "xml.malformed");
  EXPECT_EQ(refused("<a x='1' x='2'/>"), "xml.malformed");
  EXPECT_EQ(refused(""), "xml.malformed");
  EXPECT_EQ(refused("<a>" + std::string(kMaxDescriptorBytes, ' ') + "</a>"), "xml.too_large");
  std::string deep;
  for (std::size_t i = 0; i <= kMaxDepth; ++i) deep += "<a>";
  EXPECT_EQ(refused(deep), "xml.depth");
  std::string wide = "<a";
  for (std::size_t i = 0; i <= kMaxAttributes; ++i) wide += " a" + std::to_string(i) + "=''";
  EXPECT_EQ(refused(wide + "/>"), "xml.attributes");
}

TEST(ParseProperties, SplitsAtTheFirstEqualsSign) {
  const auto properties = parse_properties("\xEF\xBB\xBF# comment\n a = b=c \n\nempty=\n", "p");
  ASSERT_TRUE(properties);
  EXPECT_EQ(*properties, (Properties{{"a", "b=c"}, {"empty", ""}}));
  const auto wrong = parse_properties("a=1\nb\n", "p");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where.line, 2);
}

TEST(Schema, NamesChildrenThatExist) {
  for (const ElementDeclaration& element : elements()) {
    EXPECT_FALSE(element.summary.empty()) << element.name;
    for (const std::string_view child : element.children) EXPECT_NE(find_element(child), nullptr) << child;
    for (const AttributeDeclaration& attribute : element.attributes) {
      EXPECT_FALSE(attribute.summary.empty()) << element.name << " " << attribute.name;
      EXPECT_EQ(find_attribute(element, attribute.name), &attribute) << "twice: " << attribute.name;
    }
  }
}

}  // namespace
}  // namespace mimus
