#include "source/memstore.h"

#include <gtest/gtest.h>

#include <random>

#include "data/gather.h"
#include "source/test_files.h"

namespace mimus {
namespace {

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

// Batches as a run keeps them.
StoredBatches kept(BatchStorage& storage, const RecordBatches& batches) {
  StoredBatches out;
  for (const auto& record : batches) {
    auto stored = storage.keep(record);
    EXPECT_TRUE(stored);
    if (stored) out.push_back(std::move(*stored));
  }
  return out;
}

class Stores : public testing::TestWithParam<std::uint64_t> {
 protected:
  Files files_;
  BatchStorage storage_{GetParam(), files_.folder()};
  MemoryStore store_;
};

TEST_P(Stores, JoinBatchesOfDifferentShapes) {
  EXPECT_EQ(store_.open("t"), nullptr);
  store_.append("t", kept(storage_, {batch({{"a", {Value(std::int64_t{1}), Value(std::int64_t{2})}}})}));
  const auto before = store_.open("t");
  store_.append(
      "t", kept(storage_, {batch({{"b", {Value(std::string("x"))}}, {"a", {Value(1.5)}}}), batch({{"a", {Value()}}})}));
  EXPECT_EQ(before->length(), 2U);
  EXPECT_EQ(shown(*before, {1}), "[{'a': 2}]");
  const auto after = store_.open("t");
  EXPECT_EQ(after->length(), 4U);
  EXPECT_EQ(shown(*after, {0, 1, 2, 3}), "[{'a': 1}, {'a': 2}, {'a': 1.5, 'b': 'x'}, {'a': None}]");
  EXPECT_EQ(shown(*after, {3, 0}), "[{'a': None}, {'a': 1}]");
  EXPECT_EQ(shown(*after, {1, 0, 1}), "[{'a': 2}, {'a': 1}, {'a': 2}]");
}

Value number(std::int64_t value) { return Value(value); }
Value text(std::string value) { return Value(std::move(value)); }

TEST_P(Stores, KeepValuesOfAllKinds) {
  const ValueList values = {Value(),
                            Value(true),
                            number(-5),
                            Value(BigInteger{"12345678901234567890"}),
                            Value(0.1),
                            text("a\nü"),
                            Value(Timestamp{1'700'000'000'000'000}),
                            Value::list({number(1), Value::map({{"k", Value::list({})}})}),
                            Value::map({{"b", number(1)}, {"a", Value()}}),
                            Value(Date{3}),
                            Value(Duration{5}),
                            Value(ClockTime{7}),
                            Value(Bytes{std::string("\0x", 2)}),
                            Value::tuple({number(1)}),
                            Value::set({number(1), text("s")}),
                            Value(Uuid{{1, 2, 3}}),
                            Value(std::make_shared<const Digest>(Digest{"md5", "ab"}))};
  RecordBatches batches = {batch({{"mixed", values}})};
  for (const Value& value : values) batches.push_back(batch({{"one", {value, Value(), value}}}));
  Record base;
  base.rows = 2;
  base.has_base = true;
  base.base.reset(Type::Dynamic, 2);
  base.base.values = {Value::map({{"x", number(1)}}), Value::map({{"y", text("z")}})};
  store_.append("t", kept(storage_, batches));
  MemoryStore plain;
  BatchStorage memory(UINT64_MAX, {});
  plain.append("t", kept(memory, batches));
  EXPECT_EQ(shown_all(*store_.open("t")), shown_all(*plain.open("t")));
  batches.push_back(own(base, 2));
  store_.append("u", kept(storage_, batches));
  plain.append("u", kept(memory, batches));
  EXPECT_TRUE(store_.open("u")->has_base());
  EXPECT_EQ(shown_all(*store_.open("u")), shown_all(*plain.open("u")));
}

TEST_P(Stores, GiveRowsInAnyOrder) {
  RecordBatches batches;
  std::int64_t id = 0;
  for (int b = 0; b < 50; ++b) {
    std::vector<Value> ids;
    std::vector<Value> texts;
    for (int k = 0; k < 100; ++k, ++id) {
      ids.push_back(id % 7 == 0 ? Value() : number(id));
      texts.push_back(text(std::string(static_cast<std::size_t>(id % 30), 'x') + std::to_string(id)));
    }
    batches.push_back(batch({{"id", ids}, {"text", texts}}));
  }
  store_.append("t", kept(storage_, batches));
  const auto rows = store_.open("t");
  std::mt19937 random(3);  // NOLINT: the same order every time
  for (int round = 0; round < 20; ++round) {
    std::vector<std::uint64_t> wanted;
    std::string expected;
    for (int k = 0; k < 300; ++k) {
      const std::uint64_t row = random() % 5000;
      wanted.push_back(row);
      expected += (expected.empty() ? "[" : ", ") + std::string("{'id': ") +
                  (row % 7 == 0 ? "None" : std::to_string(row)) + ", 'text': '" + std::string(row % 30, 'x') +
                  std::to_string(row) + "'}";
    }
    EXPECT_TRUE(shown(*rows, wanted) == expected + "]");
  }
}

// All in memory, the first batches in memory, all in a file.
INSTANTIATE_TEST_SUITE_P(Budgets, Stores, testing::Values(UINT64_MAX, 2000, 0));

TEST(BatchStorage, TellsWhenThereIsNoPlace) {
  const Files files;
  const fs::path file = files.write("file", "x");
  BatchStorage storage(0, file / "folder");
  EXPECT_EQ(storage.keep(batch({{"a", {number(1)}}})).error().code, "source.scratch");
}

}  // namespace
}  // namespace mimus
