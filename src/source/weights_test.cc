#include "source/weights.h"

#include <gtest/gtest.h>

#include "source/test_files.h"

namespace mimus {
namespace {

TEST(ReadWeights, TakesValueAndWeight) {
  const Files files;
  const auto weights = read_weights(files.write("w.csv", "a|2\n\"b|c\"|0.5\nd\n"), {}, "w.csv");
  ASSERT_TRUE(weights);
  EXPECT_EQ(weights->values, (std::vector<std::string>{"a", "b|c", "d"}));
  EXPECT_EQ(weights->weights, (std::vector<double>{2, 0.5, 1}));
  for (const char* text : {"a|x\n", "a|-1\n", "a|nan\n", "a|1|2\n", "a|0\n", ""}) {
    EXPECT_EQ(read_weights(files.write("b.csv", text), {}, "b.csv").error().code, "source.weight") << text;
  }
}

TEST(ReadOptions, ValuesWithoutWeightShareWhatIsLeft) {
  const Files files;
  const auto weights = [&](std::string_view text) {
    const auto read = read_options(files.write("o.csv", text), {}, "o.csv");
    return read ? read->weights : std::vector<double>{};
  };
  EXPECT_EQ(weights("a\nb\nc|\nd\n"), (std::vector<double>{0.25, 0.25, 0.25, 0.25}));
  EXPECT_EQ(weights("a|0.5\nb\nc\n"), (std::vector<double>{0.5, 0.25, 0.25}));
  EXPECT_EQ(weights("a|50\nb|30\nc\nd\n"), (std::vector<double>{50, 30, 10, 10}));
  EXPECT_EQ(weights("a|0.7\nb|0.3\nc\n")[2], 0);
  EXPECT_EQ(weights("a|0.1\nb|0.2\n"), (std::vector<double>{0.1, 0.2}));
  for (const char* text : {"a|60\nb|50\n", "a|-1\n", "a|x\n", "a|1|2\n", "", "a|0\n"}) {
    EXPECT_EQ(read_options(files.write("o.csv", text), {}, "o.csv").error().code, "source.weight") << text;
  }
}

TEST(ReadWeightedRows, TakesTheWeightOutOfTheRow) {
  const Files files;
  const auto rows = read_weighted_rows(files.write("r.csv", "id|w|name\n1|2|x\n7\n2|0|y\n3|1\n"), {}, "w", "r.csv");
  ASSERT_TRUE(rows);
  std::string text;
  append_repr(text, Value::list(rows->rows));
  EXPECT_EQ(text, "[{'id': '1', 'name': 'x'}, {'id': '2', 'name': 'y'}, {'id': '3'}]");
  EXPECT_EQ(rows->weights, (std::vector<double>{2, 0, 1}));
}

TEST(ReadWeightedRows, RefusesFilesWithoutWeights) {
  const Files files;
  const auto error = [&](std::string_view text) {
    return read_weighted_rows(files.write("r.csv", text), {}, "weight", "r.csv").error();
  };
  EXPECT_EQ(error("id|w\n1|1\n").hint, "its columns: id, w");
  for (const char* text : {"", "weight\n", "weight\n0\n", "a|weight\n1|\n", "a|weight\n1|-1\n"}) {
    EXPECT_EQ(error(text).code, "source.weight") << text;
  }
  EXPECT_TRUE(error("a|weight\nx|1\ny|z\n").message.starts_with("r.csv:3: "));
}

}  // namespace
}  // namespace mimus
