#include "source/source.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "data/gather.h"
#include "source/csv.h"
#include "source/json.h"
#include "source/memstore.h"

namespace mimus {
namespace {

// A file in a folder of its own, removed at the end.
class Files {
 public:
  Files() : folder_(fs::temp_directory_path() / ("source-test-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Files() { fs::remove_all(folder_); }
  [[nodiscard]] fs::path write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

std::string shown(const Source& source, std::vector<std::uint64_t> rows) {
  Record record;
  for (const std::string& name : source.names()) record.fields.push_back({name, {}});
  source.read(rows, record);
  record.rows = rows.size();
  ValueList out;
  for (std::size_t k = 0; k < rows.size(); ++k) out.push_back(map_at(record, k));
  std::string text;
  append_repr(text, Value::list(std::move(out)));
  return text;
}

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
                               ',', "a.csv");
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->length(), 3U);
  EXPECT_EQ(shown(**source, {2, 0, 0}), "[{'a': '3', 'b': 'z'}, {'a': '1', 'b': 'x'}, {'a': '1', 'b': 'x'}]");
}

TEST(OpenCsv, UnevenRowsLackFieldsAndTheLastOfTwoNamesCounts) {
  const Files files;
  const auto source = open_csv(files.write("a.csv", "a|b|b\n1|2|3\n4\n5|6|7|8\n"), '|', "a.csv");
  ASSERT_TRUE(source);
  EXPECT_EQ(shown(**source, {0, 1, 2}), "[{'a': '1', 'b': '3'}, {'a': '4'}, {'a': '5', 'b': '7'}]");
}

TEST(OpenCsv, RefusesWhatItCannotRead) {
  const Files files;
  EXPECT_EQ(open_csv(files.folder() / "none.csv", '|', "none.csv").error().code, "source.not_found");
  EXPECT_EQ(open_csv(files.folder(), '|', "folder").error().code, "source.not_found");
  const auto latin = open_csv(files.write("l.csv", "a\nb\n\xFC\n"), '|', "l.csv");
  EXPECT_EQ(latin.error().code, "source.encoding");
  EXPECT_NE(latin.error().message.find("line 3"), std::string::npos);
}

TEST(OpenCsv, AHeaderAloneHasNoRows) {
  const Files files;
  EXPECT_EQ((*open_csv(files.write("h.csv", "a|b\n"), '|', "h.csv"))->length(), 0U);
  EXPECT_EQ((*open_csv(files.write("e.csv", ""), '|', "e.csv"))->length(), 0U);
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
  EXPECT_EQ((*open_json(files.write("l.json", "[{\"a\": 1}, {}]"), "l.json")).rows->length(), 2U);
  const auto object = open_json(files.write("o.json", "{\"a\": 1}"), "o.json");
  EXPECT_FALSE(object->is_list);
  EXPECT_EQ(open_json(files.write("s.json", "[{}, 2]"), "s.json").error().code, "source.shape");
  EXPECT_EQ(open_json(files.write("t.json", "\"text\""), "t.json").error().code, "source.shape");
}

TEST(ReadWeights, TakesValueAndWeight) {
  const Files files;
  const auto weights = read_weights(files.write("w.csv", "a|2\n\"b|c\"|0.5\nd\n"), '|', "w.csv");
  ASSERT_TRUE(weights);
  EXPECT_EQ(weights->values, (std::vector<std::string>{"a", "b|c", "d"}));
  EXPECT_EQ(weights->weights, (std::vector<double>{2, 0.5, 1}));
  for (const char* text : {"a|x\n", "a|-1\n", "a|nan\n", "a|1|2\n", "a|0\n", ""}) {
    EXPECT_EQ(read_weights(files.write("b.csv", text), '|', "b.csv").error().code, "source.weight") << text;
  }
}

std::shared_ptr<const Record> batch(const std::vector<std::pair<std::string, std::vector<Value>>>& fields) {
  Record record;
  for (const auto& [name, values] : fields) {
    record.rows = values.size();
    const auto column = column_of(values);
    record.fields.push_back({name, *column});
    record.fields.back().column.owner = column;
  }
  return own(record, record.rows);
}

TEST(MemoryStore, JoinsBatchesOfDifferentShapes) {
  MemoryStore store;
  EXPECT_EQ(store.open("t"), nullptr);
  store.append("t", {batch({{"a", {Value(std::int64_t{1}), Value(std::int64_t{2})}}})});
  const auto before = store.open("t");
  store.append("t", {batch({{"b", {Value(std::string("x"))}}, {"a", {Value(1.5)}}}), batch({{"a", {Value()}}})});
  EXPECT_EQ(before->length(), 2U);
  const auto after = store.open("t");
  EXPECT_EQ(after->length(), 4U);
  EXPECT_EQ(shown(*after, {0, 1, 2, 3}), "[{'a': 1}, {'a': 2}, {'a': 1.5, 'b': 'x'}, {'a': None}]");
  EXPECT_EQ(shown(*after, {3, 0}), "[{'a': None}, {'a': 1}]");
  EXPECT_EQ(shown(*after, {1, 0, 1}), "[{'a': 2}, {'a': 1}, {'a': 2}]");
}

}  // namespace
}  // namespace mimus
