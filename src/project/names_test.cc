#include "project/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "store/testing.h"

namespace mimus::project {
namespace {

using store::code_of;

TEST(Names, ThatFilesCanHave) {
  const std::string segment(255, 's');
  const std::string longest = segment + "/" + segment + "/" + segment + "/" + segment.substr(0, 253) + "/é";
  ASSERT_EQ(longest.size(), 1024U);
  for (const std::string& name :
       {std::string("datamimic.xml"), std::string("script/person.wgt.csv"), std::string("a"), std::string("..a"),
        std::string("..."), std::string(".profile"), std::string("a b/c d"), std::string("größe/Ж/日本.csv"),
        std::string("a%2Fb"), std::string("a:b*c?\"<>|"), std::string(" "), longest}) {
    const auto checked = check_file_name(name);
    ASSERT_TRUE(checked) << name << ": " << checked.error().message;
    EXPECT_EQ(*checked, name);
  }
}

TEST(Names, ThatAreRefused) {
  using namespace std::string_literals;
  const std::string long_segment(256, 's');
  const std::string long_name = std::string(250, 'a') + "/" + std::string(250, 'b') + "/" + std::string(250, 'c') +
                                "/" + std::string(250, 'd') + "/" + std::string(21, 'e');
  ASSERT_EQ(long_name.size(), 1025U);
  for (const std::string& name : {""s,
                                  "/"s,
                                  "/a"s,
                                  "a/"s,
                                  "a//b"s,
                                  "."s,
                                  ".."s,
                                  "a/.."s,
                                  "../a"s,
                                  "a/../b"s,
                                  "./a"s,
                                  "a/."s,
                                  "\0"s,
                                  "a\0b"s,
                                  "a\nb"s,
                                  "a\tb"s,
                                  "a\x1b[0mb"s,
                                  "a\x7f"s,
                                  "a\u0085b"s,
                                  "a\u009bb"s,
                                  "a\\b"s,
                                  "\\"s,
                                  "C:\\a"s,
                                  "\xff"s,
                                  "a\xc3"s,
                                  "a\xc0\xaf"
                                  "b"s,
                                  "\xed\xa0\x80"s,
                                  "a/\xe2\x82"s,
                                  "x/"s + long_segment,
                                  long_segment,
                                  long_name,
                                  std::string(1U << 20U, 'a'),
                                  std::string(5000, '/')}) {
    const auto checked = check_file_name(name);
    EXPECT_EQ(code_of(checked), "file.bad_name") << escape_controls(name.substr(0, 40));
    if (checked) continue;
    EXPECT_TRUE(is_utf8(checked.error().message));
    EXPECT_EQ(escape_controls(checked.error().message), checked.error().message);
    EXPECT_LT(checked.error().message.size(), 600U);
  }
}

TEST(Names, BecomeComposed) {
  EXPECT_EQ(*check_file_name("Cafe\u0301.csv"), "Caf\u00e9.csv");
  // The limit holds for the composed form: 255 bytes of it are 382 or more before.
  std::string decomposed;
  for (int i = 0; i < 127; ++i) decomposed += "e\u0301";
  EXPECT_EQ(check_file_name(decomposed)->size(), 254U);
  decomposed += "e\u0301";
  EXPECT_EQ(code_of(check_file_name(decomposed)), "file.bad_name");
}

TEST(Names, AreEqualWithoutCaseAndNormalisation) {
  EXPECT_EQ(file_key("Script/A.XML"), file_key("script/a.xml"));
  EXPECT_EQ(file_key("Stra\u00dfe"), file_key("STRASSE"));
  EXPECT_EQ(file_key("\u00c9t\u00e9"), file_key("e\u0301te\u0301"));
  EXPECT_NE(file_key("a"), file_key("b"));
  EXPECT_NE(file_key("e"), file_key("\u00e9"));
}

TEST(Names, Extensions) {
  EXPECT_EQ(file_extension("script/abc.json"), ".json");
  EXPECT_EQ(file_extension("a.wgt.csv"), ".csv");
  EXPECT_EQ(file_extension("a"), "");
  EXPECT_EQ(file_extension("a.b/c"), "");
  EXPECT_EQ(file_extension(".profile"), "");
  EXPECT_EQ(file_extension("...x"), "");
  EXPECT_EQ(file_extension("x/.profile.bak"), ".bak");
  EXPECT_EQ(file_extension("a."), "");
}

TEST(Names, MediaTypesAreFixedAndHarmless) {
  EXPECT_EQ(media_type("datamimic.xml"), "application/xml");
  EXPECT_EQ(media_type("a/b.JSON"), "application/json");
  EXPECT_EQ(media_type("a.ndjson"), "application/x-ndjson");
  EXPECT_EQ(media_type("a.csv"), "text/csv");
  EXPECT_EQ(media_type("a.zip"), "application/zip");
  EXPECT_EQ(media_type("a.properties"), "text/plain");
  EXPECT_EQ(media_type("a.html"), "text/plain");
  for (const char* name : {"a", "a.svg", "a.xhtml", "a.exe", "a.js", "json", "a.json.", "a.json "}) {
    EXPECT_EQ(media_type(name), "application/octet-stream") << name;
  }
}

}  // namespace
}  // namespace mimus::project
