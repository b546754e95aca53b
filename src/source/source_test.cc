#include "source/source.h"

#include <gtest/gtest.h>

#include "data/json.h"
#include "source/csv.h"
#include "source/filtered.h"
#include "source/test_files.h"

namespace mimus {
namespace {

std::string cells_of(std::string_view text, char separator) {
  std::deque<std::string> unquoted;
  CsvReader reader(text, separator, unquoted);
  std::string out;
  while (reader.next_row()) {
    out += std::to_string(reader.line()) + ":";
    std::string_view cell;
    while (reader.next_cell(cell)) out += "[" + std::string(cell) + "]";
  }
  return out;
}

TEST(CsvReader, ReadsAsPythonsCsvModule) {
  EXPECT_EQ(cells_of("a|b\n1|2\n", '|'), "1:[a][b]2:[1][2]");
  EXPECT_EQ(cells_of("a|b\r\n1|2", '|'), "1:[a][b]2:[1][2]");
  EXPECT_EQ(cells_of("a|b\r1|2\r", '|'), "1:[a][b]2:[1][2]");
  EXPECT_EQ(cells_of("a|\n|b\n", '|'), "1:[a][]2:[][b]");
  EXPECT_EQ(cells_of("a|", '|'), "1:[a][]");
  EXPECT_EQ(cells_of("\n\na\n\r\n\nb\n", '|'), "3:[a]6:[b]");
  EXPECT_EQ(cells_of("\"x|y\"|z", '|'), "1:[x|y][z]");
  EXPECT_EQ(cells_of("\"q\"\"q\"|1", '|'), "1:[q\"q][1]");
  EXPECT_EQ(cells_of("\"l1\nl2\"|1\nc", '|'), "1:[l1\nl2][1]3:[c]");
  EXPECT_EQ(cells_of("a\"b|c", '|'), "1:[a\"b][c]");
  EXPECT_EQ(cells_of("\"a\"b|c", '|'), "1:[ab][c]");
  EXPECT_EQ(cells_of("\"open|c\nd", '|'), "1:[open|c\nd]");
  EXPECT_EQ(cells_of("\"\"|\"\"", '|'), "1:[][]");
  EXPECT_EQ(cells_of("", '|'), "");
}

TEST(OpenCsv, ReadsRowsInAnyOrder) {
  const Files files;
  const auto source = open_csv(files.write("a.csv",
                                           "\xEF\xBB\xBF"
                                           "a,b\n1,x\n2,y\n3,z\n"),
                               {.separator = ','}, "a.csv");
  ASSERT_TRUE(source);
  EXPECT_EQ(source->rows->length(), 3U);
  EXPECT_EQ(shown(*source->rows, {2, 0, 0}), "[{'a': '3', 'b': 'z'}, {'a': '1', 'b': 'x'}, {'a': '1', 'b': 'x'}]");
}

TEST(OpenCsv, UnevenRowsLackFieldsAndTheLastOfTwoNamesCounts) {
  const Files files;
  const auto source = open_csv(files.write("a.csv", "a|b|b\n1|2|3\n4\n5|6|7|8\n"), {}, "a.csv");
  ASSERT_TRUE(source);
  EXPECT_EQ(shown(*source->rows, {0, 1, 2}), "[{'a': '1', 'b': '3'}, {'a': '4'}, {'a': '5', 'b': '7'}]");
}

TEST(OpenCsv, RefusesWhatItCannotRead) {
  const Files files;
  EXPECT_EQ(open_csv(files.folder() / "none.csv", {}, "none.csv").error().code, "source.not_found");
  EXPECT_EQ(open_csv(files.folder(), {}, "folder").error().code, "source.not_found");
  const auto latin = open_csv(files.write("l.csv", "a\nb\n\xFC\n"), {.encoding = "utf-8"}, "l.csv");
  EXPECT_EQ(latin.error().code, "source.encoding");
  EXPECT_NE(latin.error().message.find("line 3"), std::string::npos);
}

TEST(OpenCsv, AHeaderAloneHasNoRows) {
  const Files files;
  EXPECT_EQ(open_csv(files.write("h.csv", "a|b\n"), {}, "h.csv")->rows->length(), 0U);
  EXPECT_EQ(open_csv(files.write("e.csv", ""), {}, "e.csv")->rows->length(), 0U);
}

std::string parsed(std::string_view text) {
  const auto value = parse_json(text, "f.json");
  if (!value) return value.error().code + " " + value.error().message;
  std::string out;
  append_repr(out, *value);
  return out;
}

TEST(ParseJson, KeepsKindsAndDigits) {
  EXPECT_EQ(parsed("[1, 1.0, \"1\", true, null, -0, 1e2, 9223372036854775808]"),
            "[1, 1.0, '1', True, None, 0, 100.0, 9223372036854775808]");
  EXPECT_EQ(parsed("{\"b\": 1, \"a\": 2, \"b\": 3}"), "{'b': 3, 'a': 2}");
  EXPECT_EQ(parsed("\"\\u00fc\\ud83d\\ude00\""), "'\u00fc\U0001F600'");
}

TEST(ParseJson, TellsThePlaceOfAMistake) {
  EXPECT_TRUE(parsed("[{\"a\": 1},\n {\"b\": }]").starts_with("json.syntax f.json:2:8: "));
  EXPECT_TRUE(parsed("[1] x").starts_with("json.syntax f.json:1:5: "));
  EXPECT_TRUE(parsed(std::string(600, '[')).starts_with("json.depth"));
  EXPECT_TRUE(parsed("").starts_with("json.syntax"));
}

TEST(OpenJson, WantsObjects) {
  const Files files;
  EXPECT_EQ(open_json(files.write("l.json", "[{\"a\": 1}, {}]"), {}, "l.json")->rows->length(), 2U);
  const auto object = open_json(files.write("o.json", "{\"a\": 1}"), {}, "o.json");
  EXPECT_FALSE(object->is_list);
  EXPECT_EQ(open_json(files.write("s.json", "[{}, 2]"), {}, "s.json").error().code, "source.shape");
  EXPECT_EQ(open_json(files.write("t.json", "\"text\""), {}, "t.json").error().code, "source.shape");
}

TEST(OpenJson, FlatRowsOfOneShapeAreColumns) {
  const Files files;
  const auto rows = [&](std::string_view text) { return open_json(files.write("u.json", text), {}, "u.json")->rows; };
  const auto flat = rows(R"([{"a": 1, "b": null, "c": 1.5}, {"a": 2, "b": "x", "c": true}])");
  EXPECT_FALSE(flat->has_base());
  EXPECT_EQ(flat->names(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(shown(*flat, {1, 0}), "[{'a': 2, 'b': 'x', 'c': True}, {'a': 1, 'b': None, 'c': 1.5}]");
  for (const char* text : {R"([{"a": 1}, {"b": 1}])", R"([{"a": 1}, {"a": 1, "b": 2}])", R"([{"a": [1]}])",
                           R"([{"a": {}}])", R"([{}])", R"([{"@a": 1}])", R"([{"a": 1, "b": 2}, {"b": 2, "a": 1}])"}) {
    EXPECT_TRUE(rows(text)->has_base()) << text;
  }
}

TEST(FilteredSource, KnowsWhatIsLeft) {
  const Files files;
  const auto all = open_json(files.write("f.json", R"([{"a": 0}, {"a": 1}, {"a": 2}, {"a": 3}])"), {}, "f.json")->rows;
  const FilteredSource some(all, {1, 3});
  EXPECT_EQ(some.length(), 2U);
  EXPECT_EQ(some.whole_length(), 4U);
  EXPECT_EQ(shown(some, {1, 0, 1}), "[{'a': 3}, {'a': 1}, {'a': 3}]");
  EXPECT_EQ(some.kept_before(0), 0U);
  EXPECT_EQ(some.kept_before(2), 1U);
  EXPECT_EQ(some.kept_before(4), 2U);
  EXPECT_TRUE(some.is_kept(3));
  EXPECT_FALSE(some.is_kept(2));
}

}  // namespace
}  // namespace mimus
