#include "source/json_rows.h"

#include <gtest/gtest.h>

#include <cmath>

#include "data/json.h"
#include "source/test_files.h"

namespace mimus {
namespace {

FileOptions large(std::uint64_t piece = 64) {
  FileOptions options;
  options.load_bytes = 0;
  options.index = {.threads = 3, .piece_bytes = piece, .entry_bytes = 16};
  return options;
}

std::string shown_or_error(const Result<JsonSource>& json, bool backwards = false) {
  if (!json) return json.error().code + " " + json.error().message;
  std::vector<std::uint64_t> rows(json->rows->length());
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = backwards ? rows.size() - 1 - k : k;
  if (backwards) rows.insert(rows.end(), rows.begin(), rows.end());
  return shown(*json->rows, rows);
}

void expect_same(const Files& files, std::string_view text, bool lines) {
  const fs::path file = files.write("j.json", text);
  const auto open = lines ? open_json_lines : open_json;
  const auto loaded = open(file, {}, "j.json");
  for (const std::uint64_t piece : {text.size() / 50 + 1, text.size() / 7 + 1}) {
    const auto indexed = open(file, large(piece), "j.json");
    EXPECT_EQ(shown_or_error(loaded), shown_or_error(indexed)) << text;
    if (!loaded || !indexed) continue;
    EXPECT_EQ(loaded->rows->names(), indexed->rows->names()) << text;
    EXPECT_EQ(shown_or_error(loaded, true), shown_or_error(indexed, true));
  }
}

TEST(IndexedJson, HasTheRowsOfALoadedArray) {
  const Files files;
  for (const char* text :
       {"[]", " [ ] ", "[{}]", "[{\"a\": 1}]", "[{\"a\": 1},{\"a\": 2.5}]", "[{\"a\": 1} , {\"a\": null}\n]\n",
        "[{\"a\": \"x]},{\\\"[\", \"b\": true}, {\"a\": \"\\\\\", \"b\": false}]",
        "[{\"a\": [1, {\"b\": []}]}, {\"c\": {}}]", "[{\"a\": 9223372036854775808}, {\"a\": 1}]",
        "[{\"a\": \"ü\"}, {\"a\": 1}, {\"a\": true}, {\"a\": null}]", "[{\"a\": null}, {\"a\": null}]",
        "[{\"a\": true}, {\"a\": null}]", "[{\"a\": NaN}, {\"a\": -Infinity}, {\"a\": 1.5}]"}) {
    expect_same(files, text, false);
  }
}

TEST(IndexedJson, HasTheRowsOfLoadedLines) {
  const Files files;
  for (const char* text :
       {"", "\n\n", "{\"a\": 1}", "{\"a\": 1}\n{\"a\": 2}\n", "{\"a\": 1}\r\n\r\n {\"a\": \"x\"} \r\n",
        "{\"a\": [1]}\n{\"b\": {\"c\": \"\\n\"}}\n", "{\"a\": Infinity}\n{\"a\": 2}\n"}) {
    expect_same(files, text, true);
  }
}

TEST(IndexedJson, FindsManyRows) {
  const Files files;
  std::string array = "[";
  std::string lines;
  for (int k = 0; k < 3000; ++k) {
    const std::string object = "{\"id\": " + std::to_string(k) + ", \"text\": \"" + std::string(k % 60, 'x') + "\"}";
    array += (k == 0 ? "" : ",\n ") + object;
    lines += object + "\n";
  }
  expect_same(files, array + "]", false);
  expect_same(files, lines, true);
}

TEST(IndexedJson, TellsThePlaceOfAMistake) {
  const Files files;
  const auto array = [&](std::string_view text) {
    return shown_or_error(open_json(files.write("j", text), large(), "j"));
  };
  EXPECT_TRUE(array("[{\"a\": 1},\n {\"a\": }]").starts_with("json.syntax j:2:8: "));
  EXPECT_TRUE(array("[{},\n 2]").starts_with("source.shape j:2:2: "));
  EXPECT_EQ(array("[{} {}]").substr(0, 22), "json.syntax j:1:5: Mis");
  EXPECT_TRUE(array("[{} [{}]").starts_with("json.syntax"));
  EXPECT_TRUE(array("[{} [ ]").starts_with("json.syntax j:1:"));
  EXPECT_TRUE(array("[{},]").starts_with("json.syntax"));
  EXPECT_TRUE(array("[,{}]").starts_with("json.syntax"));
  EXPECT_TRUE(array("[{},,{}]").starts_with("json.syntax"));
  EXPECT_TRUE(array("[{}}]").starts_with("json.syntax"));
  EXPECT_TRUE(array("[{}").starts_with("json.syntax j:1:4: "));
  EXPECT_TRUE(array("[{\"a\": \"").starts_with("json.syntax"));
  EXPECT_TRUE(array("[{}]\n x").starts_with("json.syntax j:2:2: "));
  EXPECT_TRUE(array("[\n{\"a\": \"\xFC\"}]").starts_with("[{'a': 'ü'}]"));
  EXPECT_TRUE(array("{\"a\": 1}").starts_with("source.too_large"));
  EXPECT_TRUE(array("[" + std::string(600, '[')).starts_with("json.depth"));
  const auto lines = [&](std::string_view text, const FileOptions& options) {
    return shown_or_error(open_json_lines(files.write("j", text), options, "j"));
  };
  for (const FileOptions& options : {large(), large(1), FileOptions()}) {
    EXPECT_TRUE(lines("{}\n\n{\"a\": }\n", options).starts_with("json.syntax j:3:7: "));
    EXPECT_TRUE(lines("{}\n{} {}\n", options).starts_with("json.syntax j:2:4: "));
    EXPECT_TRUE(lines("{}\n3\n", options).starts_with("source.shape j:2:1: "));
    EXPECT_TRUE(lines("[\n{}\n]\n", options).starts_with("json.syntax j:1:2: "));
  }
}

TEST(OpenJson, TellsOfLinesInAJsonFile) {
  const Files files;
  const auto json = open_json(files.write("l.json", "{\"a\": 1}\n{\"a\": 2}\n"), {}, "l.json");
  EXPECT_EQ(json.error().code, "json.syntax");
  EXPECT_NE(json.error().hint.find(".ndjson"), std::string::npos);
}

TEST(ParseJson, TakesPythonsSpecialNumbers) {
  const auto value =
      parse_json("{\"a\": [[[[{}]]]], \"b\": NaN, \"NaN\": [Infinity, -Infinity, 0.0, \"-Infinity\"]}", "f");
  ASSERT_TRUE(value);
  std::string text;
  append_repr(text, *value);
  EXPECT_EQ(text, "{'a': [[[[{}]]]], 'b': nan, 'NaN': [inf, -inf, 0.0, '-Infinity']}");
  EXPECT_FALSE(parse_json("[NaNa]", "f"));
  EXPECT_FALSE(parse_json("[xNaN]", "f"));
  EXPECT_FALSE(parse_json("[--Infinity]", "f"));
}

}  // namespace
}  // namespace mimus
