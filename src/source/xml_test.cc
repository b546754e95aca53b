#include "source/xml.h"

#include <gtest/gtest.h>

#include "source/test_files.h"

namespace mimus {
namespace {

std::string rows_of(std::string_view text) {
  const auto rows = parse_xml_rows(text, false, "f.xml");
  return rows ? shown_all(**rows) : rows.error().code + " " + rows.error().message;
}

TEST(XmlRows, ItemsOfAListAreRows) {
  EXPECT_EQ(rows_of("<list><item id=\"7\"><a> t </a><e/></item><item><a>2</a><a>3</a></item></list>"),
            "[{'@id': '7', 'a': 't', 'e': None}, {'a': ['2', '3']}]");
  EXPECT_EQ(rows_of("<list><item><a>1</a></item></list>"), "[{'a': '1'}]");
  EXPECT_EQ(rows_of("<list n=\"1\"> x <item/><other/><item><b/></item></list>"), "[{}, {'b': None}]");
}

TEST(XmlRows, AnyOtherDocumentIsOneRow) {
  EXPECT_EQ(rows_of("<root><a k=\"v\">x</a></root>"), "[{'root': {'a': {'@k': 'v', '#text': 'x'}}}]");
  EXPECT_EQ(rows_of("<list><entry>1</entry></list>"), "[{'list': {'entry': '1'}}]");
  EXPECT_EQ(rows_of("<list/>"), "[{'list': None}]");
  EXPECT_EQ(rows_of("<item><item>1</item></item>"), "[{'item': {'item': '1'}}]");
}

TEST(XmlRows, ElementsBecomeMapsListsAndTexts) {
  EXPECT_EQ(rows_of("<r>a<b/>c<!-- no --><?p i?><b> </b><b x='1'/> d </r>"),
            "[{'r': {'b': [None, None, {'@x': '1'}], '#text': 'ac d'}}]");
  EXPECT_EQ(rows_of("<r><![CDATA[ <x> ]]></r>"), "[{'r': '<x>'}]");
  EXPECT_EQ(rows_of("<n:r xmlns:n='u'><n:a>&#252;&amp;</n:a></n:r>"), "[{'n:r': {'@xmlns:n': 'u', 'n:a': '\u00fc&'}}]");
  std::string wide = "<r>";
  for (int i = 0; i < 100; ++i)
    wide += "<k" + std::to_string(i % 50) + ">" + std::to_string(i) + "</k" + std::to_string(i % 50) + ">";
  EXPECT_TRUE(rows_of(wide + "</r>").ends_with("'k49': ['49', '99']}}]"));
}

TEST(XmlRows, FlatItemsAreColumns) {
  const auto rows = parse_xml_rows("<list><item><a>1</a><b/></item><item><a>2</a><b>x</b></item></list>", false, "f");
  ASSERT_TRUE(rows);
  EXPECT_FALSE((*rows)->has_base());
  EXPECT_EQ(shown(**rows, {1, 0}), "[{'a': '2', 'b': 'x'}, {'a': '1', 'b': None}]");
}

TEST(XmlRows, ReadsTheEncodingOfTheDeclaration) {
  EXPECT_EQ(rows_of("<?xml version='1.0' encoding='iso-8859-1'?><r>\xFC</r>"), "[{'r': '\u00fc'}]");
  EXPECT_TRUE(rows_of("<?xml version='1.0' encoding='none-such'?><r/>").starts_with("xml.malformed f.xml:1:31: "));
}

TEST(XmlRows, RefusesWhatIsMalformedOrHostile) {
  EXPECT_TRUE(rows_of("<a>\n<b></a>").starts_with("xml.malformed f.xml:2:"));
  EXPECT_TRUE(rows_of("").starts_with("xml.malformed"));
  EXPECT_TRUE(rows_of("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").starts_with("xml.doctype f.xml:1:"));
  std::string deep;
  for (int i = 0; i < 201; ++i) deep += "<a>";
  EXPECT_TRUE(rows_of(deep).starts_with("xml.depth"));
  std::string wide = "<a";
  for (int i = 0; i < 1001; ++i) wide += " a" + std::to_string(i) + "=''";
  EXPECT_TRUE(rows_of(wide + "/>").starts_with("xml.attributes"));
  EXPECT_TRUE(rows_of("<list><item>text</item></list>").starts_with("source.shape f.xml:1:"));
}

}  // namespace
}  // namespace mimus
