#include "server/json_stream.h"

#include <gtest/gtest.h>

#include <array>

#include "base/text.h"
#include "server/base64.h"
#include "server/options.h"

namespace mimus::server {
namespace {

// Writes what it is told as one line.
class Told final : public JsonSink {
 public:
  Status begin(char bracket) override { return add(std::string(1, bracket)); }
  Status end(char bracket) override { return add(std::string(1, bracket)); }
  Status key(std::string_view name) override { return add(std::string(name) + ":"); }
  Status string(std::string_view piece, bool last) override {
    EXPECT_TRUE(is_utf8(piece));
    text_ += piece;
    if (!last) return {};
    return add("'" + std::exchange(text_, {}) + "'");
  }
  Status scalar(std::string_view text) override { return add(std::string(text)); }
  std::string line;

 private:
  Status add(const std::string& word) {
    line += (line.empty() ? "" : " ") + word;
    return {};
  }
  std::string text_;
};

std::string told(std::string_view first, std::string_view second = {}) {
  Told sink;
  JsonStream stream(sink);
  Status status = stream.take(first);
  if (status) status = stream.take(second);
  if (status) status = stream.finish();
  return status ? sink.line : status.error().code;
}

TEST(JsonStream, ReadsTheSameAtEverySplit) {
  const std::string_view text =
      R"( [{"a": "x\n\u00fcü\ud83d\ude00€😀", "b\"": [1, -2.5e+3, true]}, {}, [], null, ""] )";
  const std::string expected = "[ { a: 'x\nüü😀€😀' b\": [ 1 -2.5e+3 true ] } { } [ ] null '' ]";
  for (std::size_t at = 0; at <= text.size(); ++at) {
    EXPECT_EQ(told(text.substr(0, at), text.substr(at)), expected) << at;
  }
}

TEST(JsonStream, HandsLongStringsOnInPieces) {
  std::string text = "\"";
  for (int i = 0; i < 20'000; ++i) text += "€";
  const std::string expected = "'" + text.substr(1) + "'";
  EXPECT_EQ(told(text + "\""), expected);
  EXPECT_EQ(told(text.substr(0, 16'386), text.substr(16'386) + "\""), expected);
}

TEST(JsonStream, RefusesWhatIsNoJson) {
  for (const std::string text : {"",
                                 " ",
                                 "[",
                                 "]",
                                 "[1",
                                 "[1,]",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "{\"a\":1,}",
                                 "{a:1}",
                                 "[1 2]",
                                 "01",
                                 "+1",
                                 "1.",
                                 ".5",
                                 "1e",
                                 "nul",
                                 "truex",
                                 "\"",
                                 "\"\\x\"",
                                 "\"\\u12g4\"",
                                 "\"\\ud800\"",
                                 "\"\\ud800x\"",
                                 "\"\\udc00\"",
                                 "\"\\ud800\\n\"",
                                 "\"\n\"",
                                 "\"\xff\"",
                                 "\"\xc3\"",
                                 "1 2",
                                 "[}",
                                 "{]",
                                 "[\"a\":1]",
                                 "\"\xed\xa0\x80\""}) {
    EXPECT_EQ(told(text), "request.syntax") << text;
  }
  EXPECT_EQ(told(std::string(65, '[')), "request.syntax");
  EXPECT_EQ(told(std::string(100, '1')), "request.syntax");
}

TEST(Base64, GoesBothWaysAtEverySplit) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  for (std::size_t size = 250; size <= bytes.size(); ++size) {
    const std::string_view all = std::string_view(bytes).substr(0, size);
    for (const std::size_t at : std::array<std::size_t, 5>{0, 1, 2, 100, 249}) {
      Base64Encoder encoder;
      std::string text;
      encoder.take(all.substr(0, at), text);
      encoder.take(all.substr(at), text);
      encoder.finish(text);
      EXPECT_EQ(text.size(), (size + 2) / 3 * 4);
      Base64Decoder decoder;
      std::string back;
      EXPECT_TRUE(decoder.take(std::string_view(text).substr(0, at), back));
      EXPECT_TRUE(decoder.take(std::string_view(text).substr(at), back));
      EXPECT_TRUE(decoder.finish());
      EXPECT_EQ(back, all);
    }
  }
}

TEST(Base64, KnowsWhatIsNone) {
  const auto decoded = [](std::string_view text) -> std::string {
    Base64Decoder decoder;
    std::string out;
    return decoder.take(text, out) && decoder.finish() ? out : "error";
  };
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("YQ=="), "a");
  EXPECT_EQ(decoded("YQ"), "a");
  EXPECT_EQ(decoded("YW\nI=\r\n"), "ab");
  for (const char* text : {"Y", "Y===", "=", "YQ=", "YQ===", "YWI==", "YQ==YQ==", "Y Q=", "YQ-_", "YQ=a"}) {
    EXPECT_EQ(decoded(text), "error") << text;
  }
}

TEST(TaskRequest, ReadsAllOptions) {
  const auto request = parse_task_request(
      R"({"entry": "a.xml", "seed": 42, "now": "2026-01-01T00:00:00Z", "environment": "test",
          "parameters": {"s": "x", "i": -3, "d": 1.5, "b": true}, "count_factor": 2})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->options.entry, "a.xml");
  EXPECT_EQ(request->options.seed, 42U);
  EXPECT_EQ(request->options.now, parse_rfc3339("2026-01-01"));
  EXPECT_EQ(request->options.environment, "test");
  EXPECT_EQ(request->options.parameters.size(), 4U);
  EXPECT_EQ(request->options.count_factor, 2.0);
}

TEST(TaskRequest, MeansTheSameInAnyOrder) {
  EXPECT_EQ(parse_task_request("")->canonical, parse_task_request(" {} ")->canonical);
  EXPECT_EQ(parse_task_request(R"({"seed":1,"entry":"a"})")->canonical,
            parse_task_request(R"({ "entry": "a", "seed": 1 })")->canonical);
  EXPECT_NE(parse_task_request(R"({"seed":1})")->canonical, parse_task_request(R"({"seed":2})")->canonical);
}

TEST(TaskRequest, NamesEveryWrongMember) {
  const auto request = parse_task_request(
      R"({"seed": -1, "now": "soon", "entry": 1, "parameters": {"a": null}, "count_factor": "2", "other": 1})");
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().code, "request.invalid");
  std::string fields;
  for (const auto& [field, message] : request.error().fields) fields += field + " ";
  EXPECT_EQ(fields, "count_factor entry now other parameters.a seed ");
  for (const char* body : {R"({"seed": 9007199254740992})", R"({"seed": 1.5})", R"({"seed": "1"})", "[]", "1",
                           R"({"parameters": []})", R"({"parameters": {"a": 18446744073709551615}})"}) {
    EXPECT_EQ(parse_task_request(body).error().code, "request.invalid") << body;
  }
  EXPECT_EQ(parse_task_request("{").error().code, "request.syntax");
}

TEST(Force, IsFalseByDefault) {
  EXPECT_EQ(parse_force(""), false);
  EXPECT_EQ(parse_force("{}"), false);
  EXPECT_EQ(parse_force(R"({"force": true})"), true);
  EXPECT_FALSE(parse_force(R"({"force": 1})"));
  EXPECT_FALSE(parse_force(R"({"forced": true})"));
}

}  // namespace
}  // namespace mimus::server
