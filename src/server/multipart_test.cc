#include "server/multipart.h"

#include <gtest/gtest.h>

#include <vector>

namespace mimus::server {
namespace {

struct Part {
  std::string name;
  std::string filename = "(none)";
  std::string data;
  bool ended = false;

  friend bool operator==(const Part&, const Part&) = default;
};

class Parts final : public PartSink {
 public:
  Status begin_part(const PartHead& head) override {
    all.push_back({.name = head.name, .filename = head.filename.value_or("(none)")});
    return {};
  }
  Status part_data(std::string_view bytes) override {
    all.back().data += bytes;
    return {};
  }
  Status end_part() override {
    all.back().ended = true;
    return {};
  }
  std::vector<Part> all;
};

const std::string kForm =
    "ignored\r\n--AaB03x\r\n"
    "Content-Disposition: form-data; name=\"note\"\r\n\r\n"
    "one\r\n--AaB03\r\n\r\n--AaB03x  \r\n"
    "content-disposition: form-data; name=\"file\"; filename=\"script/a b.json\"\r\n"
    "Content-Type: text/xml\r\n\r\n"
    "\r\n--\r\n--AaB03x\r\n"
    "Content-Disposition: form-data; name=empty\r\n\r\n"
    "\r\n--AaB03x--\r\nignored too";

const std::vector<Part> kParts{{"note", "(none)", "one\r\n--AaB03\r\n", true},
                               {"file", "script/a b.json", "\r\n--", true},
                               {"empty", "(none)", "", true}};

// The error's code, or "" when all pieces were taken.
std::string parse(const std::vector<std::string_view>& pieces, Parts& parts, MultipartLimits limits = {}) {
  MultipartParser parser("AaB03x", parts, limits);
  for (const std::string_view piece : pieces) {
    if (const Status status = parser.take(piece); !status) return status.error().code;
  }
  const Status status = parser.finish();
  return status ? "" : status.error().code;
}

std::string parse_part(const std::string& head, Parts& parts) {
  return parse({"--AaB03x\r\n" + head + "\r\n\r\nx\r\n--AaB03x--"}, parts);
}

TEST(Multipart, ReadsAllPartsAtEverySplit) {
  const std::string_view form = kForm;
  for (std::size_t at = 0; at <= form.size(); ++at) {
    Parts parts;
    EXPECT_EQ(parse({form.substr(0, at), form.substr(at)}, parts), "") << at;
    EXPECT_EQ(parts.all, kParts) << at;
  }
}

TEST(Multipart, ReadsAllPartsByteByByte) {
  std::vector<std::string_view> bytes;
  bytes.reserve(kForm.size());
  for (std::size_t i = 0; i < kForm.size(); ++i) bytes.push_back(std::string_view(kForm).substr(i, 1));
  Parts parts;
  EXPECT_EQ(parse(bytes, parts), "");
  EXPECT_EQ(parts.all, kParts);
}

TEST(Multipart, FailsWhenItEndsInTheMiddle) {
  const std::size_t complete = kForm.find("--AaB03x--") + 10;
  for (std::size_t size = 0; size < complete; ++size) {
    Parts parts;
    EXPECT_EQ(parse({std::string_view(kForm).substr(0, size)}, parts), "upload.part") << size;
  }
}

TEST(Multipart, UndoesTheEscapesOfFileNames) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"("a%22b.xml")", "a\"b.xml"},  {R"("a\"b.xml")", "a\"b.xml"},
      {R"("a\b.xml")", "a\\b.xml"},    {R"("a%41.xml")", "a%41.xml"},
      {R"("a;b=c.xml")", "a;b=c.xml"}, {R"("größe.xml")", "größe.xml"},
      {"plain.xml", "plain.xml"},      {R"("")", ""}};
  for (const auto& [sent, meant] : cases) {
    Parts parts;
    EXPECT_EQ(parse_part("Content-Disposition: form-data; name=\"file\"; filename=" + sent, parts), "") << sent;
    ASSERT_EQ(parts.all.size(), 1U) << sent;
    EXPECT_EQ(parts.all.front().filename, meant);
  }
}

TEST(Multipart, RefusesMalformedParts) {
  for (const std::string head : {"Content-Disposition: attachment; name=\"file\"", "Content-Disposition: form-data",
                                 "Content-Type: text/xml", "no colon", ""}) {
    Parts parts;
    EXPECT_EQ(parse_part(head, parts), "upload.part") << head;
  }
  Parts parts;
  EXPECT_EQ(parse({"--AaB03xyz\r\n"}, parts), "upload.part");
  EXPECT_EQ(parse({"--AaB03x-\r\n"}, parts), "upload.part");
}

TEST(Multipart, HoldsItsLimits) {
  const std::string part = "--AaB03x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
  std::string form;
  for (int i = 0; i < 20; ++i) form += part;
  Parts parts;
  EXPECT_EQ(parse({form, "--AaB03x--"}, parts), "");
  EXPECT_EQ(parts.all.size(), 20U);
  EXPECT_EQ(parse({form, part, "--AaB03x--"}, parts), "upload.part");
  EXPECT_EQ(parse({"--AaB03x\r\n", std::string(9000, 'h')}, parts), "upload.part");
  EXPECT_EQ(parse({"--AaB03x", std::string(9000, ' ')}, parts), "upload.part");
}

TEST(Multipart, KnowsBoundaries) {
  EXPECT_TRUE(MultipartParser::is_boundary("----WebKitFormBoundary7MA4YWxkTrZu0gW"));
  EXPECT_FALSE(MultipartParser::is_boundary(""));
  EXPECT_FALSE(MultipartParser::is_boundary(std::string(71, 'a')));
  EXPECT_FALSE(MultipartParser::is_boundary("a\r\nb"));
}

}  // namespace
}  // namespace mimus::server
