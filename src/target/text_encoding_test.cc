#include "target/text_encoding.h"

#include <gtest/gtest.h>

#include "target/target.h"

namespace mimus {
namespace {

std::string written(std::string_view encoding, std::string_view text) {
  const auto found = TextEncoding::find(encoding);
  if (!found) return "unknown";
  Buffer out;
  out.append(found->mark());
  if (const auto character = found->append(text, out)) return "no " + std::to_string(*character);
  EXPECT_EQ(found->decode(out.view().substr(found->mark().size())), text);
  return std::string(out.view());
}

TEST(TextEncoding, WritesCharactersOfAllKinds) {
  EXPECT_EQ(written("utf-8", "ü€😀"), "ü€😀");
  EXPECT_EQ(written("utf-8-sig", "ü"), "\xEF\xBB\xBFü");
  EXPECT_EQ(written("latin-1", "aü\u0085"), "a\xFC\x85");
  EXPECT_EQ(written("ISO-8859-15", "€"), "\xA4");
  EXPECT_EQ(written("cp1252", "€"), "\x80");
  EXPECT_EQ(written("koi8-r", "Я"), "\xF1");
  EXPECT_EQ(written("utf-16-le", "a😀"), std::string("a\0\x3D\xD8\0\xDE", 6));
  EXPECT_EQ(written("utf-16", "a"), std::string("\xFF\xFE\x61\0", 4));
  EXPECT_EQ(written("utf_16_be", "a"), std::string("\0a", 2));
  EXPECT_EQ(written("utf-32", "😀"), std::string("\xFF\xFE\0\0\0\xF6\x01\0", 8));
  EXPECT_EQ(written("utf-32-be", "😀"), std::string("\0\x01\xF6\0", 4));
  EXPECT_EQ(written("ascii", "a~"), "a~");
}

TEST(TextEncoding, TellsTheCharacterThatHasNoForm) {
  EXPECT_EQ(written("ascii", "aü"), "no 252");
  EXPECT_EQ(written("latin-1", "€"), "no 8364");
  EXPECT_EQ(written("latin-1", "😀"), "no 128512");
  EXPECT_EQ(written("koi8-r", "ü"), "no 252");
  EXPECT_EQ(written("none-such", "a"), "unknown");
}

TEST(EncodedTarget, StopsAtTheRecordThatHasNoForm) {
  Record records{.rows = 3};
  const auto column = column_of({Value(std::string("ü")), Value(std::string("b€")), Value(std::string("c"))});
  records.fields.push_back({"a", *column});
  records.fields.back().column.owner = column;
  const auto target = make_target(*find_target("CSV"), *parse_call("CSV(encoding='latin-1')"), {});
  const auto encoder = (*target)->bind(records);
  const auto state = encoder->make_state();
  Buffer out;
  std::vector<std::size_t> ends;
  const auto failure = encoder->encode(records, 3, *state, out, &ends);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->row, 1U);
  EXPECT_EQ(failure->finding.code, "target.encoding");
  EXPECT_EQ(out.view(), "\xFC\r\n");
  EXPECT_EQ(ends, std::vector<std::size_t>{3});
  // A header that cannot be written fails with the first record.
  records.fields[0].name = "€";
  const auto other = (*target)->bind(records);
  EXPECT_EQ(other->encode(records, 3, *other->make_state(), out, nullptr)->row, 0U);
  EXPECT_EQ(make_target(*find_target("XML"), *parse_call("XML(encoding='utf-9')"), {}).error().code, "target.argument");
}

}  // namespace
}  // namespace mimus
