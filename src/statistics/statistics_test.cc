#include "statistics/statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "statistics/drift.h"
#include "statistics/record_sketch.h"
#include "statistics/sort.h"

namespace mimus::statistics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Records with a number, a decimal, a text and a column that some rows lack, for rows first … first + count.
Record make_records(std::uint64_t first, std::size_t count) {
  Record out{.rows = count};
  out.fields.resize(4);
  out.fields[0].name = "number";
  out.fields[1].name = "price";
  out.fields[2].name = "text";
  out.fields[3].name = "rare";
  Column& number = out.fields[0].column;
  number.reset(Type::Int64, count);
  number.make_ints();
  Column& price = out.fields[1].column;
  price.reset(Type::Float64, count);
  price.make_ints();
  price.scale = 2;
  std::vector<Value> texts, rare;
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint64_t row = first + k;
    number.ints[k] = static_cast<std::int64_t>(row) - 5;
    price.ints[k] = static_cast<std::int64_t>(row * 7 % 10'000);
    texts.emplace_back("Größe " + std::to_string(row % 1000));
    rare.push_back(row % 4 == 0 ? Value() : row % 2 == 0 ? Value(static_cast<std::int64_t>(row)) : Value(true));
  }
  // The texts lie in the memory of the column that they are copied from.
  const auto owner = column_of(texts);
  out.fields[2].column = *owner;
  out.fields[2].column.owner = owner;
  out.fields[3].column = *column_of(rare);
  for (std::size_t k = 0; k < count; ++k) {
    if ((first + k) % 8 == 0) out.fields[3].column.make_present()[k] = 0;
  }
  return out;
}

std::vector<std::uint64_t> hashes_of(std::uint64_t first, std::size_t count) {
  std::vector<std::uint64_t> out(count);
  for (std::size_t k = 0; k < count; ++k) out[k] = mix(first + k + 1);
  return out;
}

// The records 0 … count, in batches, dealt out to several sketches that are merged in some order.
std::string sketch_in_parts(std::uint64_t count, std::size_t batch, std::size_t threads, bool is_counted) {
  const auto level = std::make_shared<SampleLevel>(is_counted ? count : 0);
  std::vector<RecordSketch> parts;
  for (std::size_t k = 0; k < threads; ++k) parts.emplace_back(level);
  for (std::uint64_t first = 0; first < count; first += batch) {
    const std::size_t rows = std::min<std::uint64_t>(batch, count - first);
    parts[first / batch % threads].add(make_records(first, rows), hashes_of(first, rows), first);
  }
  RecordSketch all(level);
  for (std::size_t k = threads; k > 0; --k) all.merge(std::move(parts[k - 1]));
  return statistics_json({summarise(std::move(all), "records")});
}

ProductStatistics sketch(std::uint64_t count) {
  RecordSketch all;
  all.add(make_records(0, count), hashes_of(0, count), 0);
  return summarise(std::move(all), "records");
}

const ColumnStatistics& column_of(const ProductStatistics& product, const std::string& path) {
  return *std::ranges::find(product.columns, path, &ColumnStatistics::path);
}

RecordSketch sketch_of_maps(const std::vector<Value>& maps) {
  Record record{.rows = maps.size(), .has_base = true};
  record.base.reset(Type::Dynamic, maps.size());
  record.base.values = maps;
  RecordSketch out;
  out.add(record, hashes_of(0, maps.size()), 0);
  return out;
}

TEST(Statistics, AreExactForFewRecords) {
  const ProductStatistics all = sketch(1000);
  EXPECT_EQ(all.records, 1000);
  const ColumnStatistics& number = column_of(all, "number");
  EXPECT_EQ(number.type, "int");
  EXPECT_EQ(number.values, 1000);
  EXPECT_EQ(*number.least->as_int(), -5);
  EXPECT_EQ(*number.most->as_int(), 994);
  EXPECT_EQ(number.distinct, 1000);
  EXPECT_TRUE(number.distinct_exact);
  EXPECT_FALSE(number.sampled);
  EXPECT_EQ(*number.quantiles[3].as_int(), 494);
  EXPECT_DOUBLE_EQ(*number.mean, 494.5);
  EXPECT_EQ(std::accumulate(number.histogram->counts.begin(), number.histogram->counts.end(), std::uint64_t{0}), 1000);
  const ColumnStatistics& price = column_of(all, "price");
  EXPECT_EQ(price.type, "float");
  EXPECT_EQ(*price.least->as_float(), 0.0);
  EXPECT_EQ(*price.most->as_float(), 69.93);
}

TEST(Statistics, CountCharactersOfTexts) {
  const ProductStatistics all = sketch(1000);
  const ColumnStatistics& text = column_of(all, "text");
  EXPECT_EQ(text.length->least, 7);
  EXPECT_EQ(text.length->most, 9);
  EXPECT_DOUBLE_EQ(text.length->mean, 6 + (10 * 1 + 90 * 2 + 900 * 3) / 1000.0);
  EXPECT_EQ(*text.least->as_text(), "Größe 0");
  EXPECT_EQ(*text.most->as_text(), "Größe 999");
}

// A column of these texts, each of them twice.
ProductStatistics sketch_texts(const std::vector<std::string>& texts) {
  Record record{.rows = texts.size() * 2};
  record.fields.resize(1);
  record.fields[0].name = "text";
  Column& column = record.fields[0].column;
  column.reset(Type::String, record.rows);
  column.make_texts();
  for (std::size_t k = 0; k < record.rows; ++k) column.texts[k] = texts[k % texts.size()];
  RecordSketch all;
  all.add(record, hashes_of(0, record.rows), 0);
  return summarise(std::move(all), "records");
}

TEST(Statistics, FindTheLeastAndTheGreatestText) {
  using namespace std::string_literals;
  const std::vector<std::vector<std::string>> cases = {
      {"b", "a", "c"},
      {"same start 2", "same start 1", "same start 3"},
      {"the same sixteen bytes, 2", "the same sixteen bytes, 1", "the same sixteen bytes, 3"},
      {"12345678", "1234567", "123456789"},
      {"a\0"s, "a", "a\0\0"s},
      {"b", "", "\xff\xff\xff\xff\xff\xff\xff\xff!"},
      {"abc", "ab", "abcd"},
      {"one", "one", "one"},
  };
  for (const auto& texts : cases) {
    const ProductStatistics read = sketch_texts(texts);
    EXPECT_EQ(*read.columns[0].least->as_text(), texts[1]);
    EXPECT_EQ(*read.columns[0].most->as_text(), texts[2]);
  }
}

TEST(Statistics, LeaveOutNumbersThatAreNotFinite) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const std::vector<double> numbers = {kInfinity, -0.0, std::nan(""), 2.5, -kInfinity};
  const Range<double> range = range_of(numbers);
  EXPECT_EQ(range.least, 0.0);
  EXPECT_FALSE(std::signbit(range.least));
  EXPECT_EQ(range.most, 2.5);
  EXPECT_TRUE(range_of(std::span(numbers).first(1)).is_empty());
}

TEST(Statistics, TellNullsFromAbsentFieldsAndCountKinds) {
  const ProductStatistics all = sketch(1000);
  const ColumnStatistics& rare = column_of(all, "rare");
  EXPECT_EQ(rare.type, "mixed");
  EXPECT_EQ(rare.absent, 125);
  EXPECT_EQ(rare.nulls, 125);
  EXPECT_EQ(rare.values, 750);
  EXPECT_THAT(rare.kinds, ElementsAre(std::pair("bool", 500U), std::pair("int", 250U)));
}

TEST(Statistics, AreTheSameForAnyCutAndOrder) {
  constexpr std::uint64_t kCount = 500'000;
  for (const bool is_counted : {false, true}) {
    const std::string expected = sketch_in_parts(kCount, 2048, 1, is_counted);
    EXPECT_THAT(expected, HasSubstr("\"sampled\":true"));
    EXPECT_TRUE(sketch_in_parts(kCount, 777, 3, is_counted) == expected);
    EXPECT_TRUE(sketch_in_parts(kCount, 30'000, 5, is_counted) == expected);
  }
}

TEST(Statistics, KeepFourFifthsOfTheSampleOrMore) {
  const auto read = parse_statistics(sketch_in_parts(500'000, 2048, 1, false), "test");
  ASSERT_TRUE(read);
  const ColumnStatistics& number = column_of(read->front(), "number");
  EXPECT_GT(number.sample_values, 100'000);
  EXPECT_LE(number.sample_values, 131'072);
  // No value of the sample is there twice; of the texts each is, and most of the prices are.
  EXPECT_EQ(number.distinct, 500'000);
  EXPECT_FALSE(number.distinct_exact);
  EXPECT_EQ(column_of(read->front(), "text").distinct, 1000);
  EXPECT_NEAR(static_cast<double>(*column_of(read->front(), "price").distinct), 10'000, 10'000 * 0.02);
  // Three standard errors of a median of so many values.
  EXPECT_NEAR(static_cast<double>(*number.quantiles[3].as_int()), 250'000, 2'500);
}

TEST(Statistics, KeepAllRecordsOfTablesThatAreNotLarge) {
  const auto read = parse_statistics(sketch_in_parts(200'000, 2048, 3, false), "test");
  ASSERT_TRUE(read);
  EXPECT_EQ(column_of(read->front(), "number").sample_values, 200'000);
  EXPECT_TRUE(column_of(read->front(), "number").distinct_exact);
}

TEST(Sample, GivesEachLevelTheHashesUpToItsGreatest) {
  for (int level = 0; level < kMostLevel; ++level) {
    const std::uint64_t greatest = greatest_hash(static_cast<std::uint8_t>(level));
    EXPECT_EQ(level_of(greatest), level);
    // Beyond the greatest hash of the first level begins the least one of the last.
    EXPECT_EQ(level_of(greatest + 1), level > 0 ? level - 1 : static_cast<int>(kMostLevel));
  }
  EXPECT_EQ(level_of(0), kMostLevel);
}

TEST(Sort, OrdersNumbersThatDifferInAnyBits) {
  for (const unsigned shift : {0U, 8U, 30U, 52U}) {
    std::vector<double> numbers(5000), other;
    for (std::size_t k = 0; k < numbers.size(); ++k) {
      const auto spread = static_cast<std::int64_t>(mix(k) >> shift);
      // Few that are far from the others, which hardly differ.
      numbers[k] = k % 100 == 0 ? -static_cast<double>(spread) : 1.0 + static_cast<double>(spread % 1000) * 0x1p-52;
    }
    std::vector<double> expected = numbers;
    std::ranges::sort(expected);
    sort_by_key(numbers, [](double number) { return number; }, other);
    EXPECT_TRUE(numbers == expected) << shift;
  }
}

TEST(Statistics, LookIntoDictsAndLists) {
  const auto item = [](std::int64_t price) { return Value::map({{"price", Value(price)}}); };
  RecordSketch all = sketch_of_maps({
      Value::map({{"id", Value(std::int64_t{1})}, {"items", Value::list({item(3), item(5)})}}),
      Value::map({{"id", Value(std::int64_t{2})},
                  {"items", Value::list({})},
                  {"tags", Value::list({Value(std::string("a"))})}}),
  });
  const ProductStatistics read = summarise(std::move(all), "orders");
  std::vector<std::string> paths;
  for (const ColumnStatistics& column : read.columns) paths.push_back(column.path);
  EXPECT_THAT(paths, ElementsAre("id", "items", "items[].price", "tags", "tags[]"));
  EXPECT_EQ(column_of(read, "items").elements->most, 2);
  EXPECT_DOUBLE_EQ(column_of(read, "items").elements->mean, 1);
  EXPECT_EQ(column_of(read, "items[].price").values, 2);
  EXPECT_EQ(column_of(read, "tags").absent, 1);
}

TEST(Statistics, StayBoundedForManyDifferentNames) {
  std::vector<Value> maps;
  for (int k = 0; k < 10; ++k) {
    ValueMap inner;
    for (int i = 0; i < 1000; ++i) inner.emplace_back(std::to_string(k * 1000 + i), Value(true));
    maps.push_back(Value::map({{"id", Value(std::int64_t{k})}, {"data", Value::map(std::move(inner))}}));
  }
  const ProductStatistics read = summarise(sketch_of_maps(maps), "records");
  EXPECT_TRUE(read.has_deeper);
  EXPECT_EQ(read.columns.size(), 2);
  EXPECT_EQ(column_of(read, "data").type, "dict");
}

TEST(Statistics, CutLongTextsOnABorder) {
  std::string text = "x";
  for (int k = 0; k < 150; ++k) text += "ö";
  RecordSketch all = sketch_of_maps({Value::map({{"text", Value(text)}})});
  const ProductStatistics read = summarise(std::move(all), "records");
  EXPECT_EQ(read.columns[0].least->as_text()->size(), 199 + std::string("…").size());
  EXPECT_THAT(*read.columns[0].least->as_text(), HasSubstr("ö…"));
  EXPECT_EQ(read.columns[0].length->most, 151);
}

TEST(Statistics, AreReadAsTheyWereWritten) {
  const std::string json = statistics_json({sketch(1000)});
  const auto read = parse_statistics(json, "test");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(statistics_json(*read), json);
}

TEST(Statistics, RefuseOtherDocuments) {
  for (const char* json : {"{}", "[]", R"({"format": "mimus.statistics", "version": 99})"}) {
    const auto read = parse_statistics(json, "other.json");
    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error().code, "statistics.format");
    EXPECT_THAT(read.error().message, HasSubstr("other.json"));
  }
  EXPECT_EQ(parse_statistics("{", "other.json").error().code, "json.syntax");
  // What is missing reads as nothing, and what is of another type.
  EXPECT_TRUE(
      parse_statistics(R"({"format": "mimus.statistics", "version": 1, "products": [{"columns": [{}, 1]}, 2]})", "x"));
}

TEST(Drift, IsNoneBetweenEqualStatistics) {
  const Drift drift = find_drift({sketch(1000)}, {sketch(1000)});
  EXPECT_TRUE(drift.is_same);
  EXPECT_THAT(drift.products[0].changed, IsEmpty());
  EXPECT_EQ(drift.products[0].columns, 4);
}

TEST(Drift, NamesWhatHasChanged) {
  ProductStatistics before = sketch(1000), after = sketch(1000);
  after.columns[0].most = Value(std::int64_t{2000});
  after.columns[1].path = "cost";
  const Drift drift = find_drift({before}, {after});
  EXPECT_FALSE(drift.is_same);
  ASSERT_EQ(drift.products[0].changed.size(), 3);
  EXPECT_EQ(drift.products[0].changed[0].changes[0].what, "max");
  EXPECT_EQ(drift.products[0].changed[0].stability_index, 0);
  EXPECT_EQ(drift.products[0].changed[1].fate, Fate::Removed);
  EXPECT_EQ(drift.products[0].changed[2].fate, Fate::Added);
}

TEST(Drift, MeasuresHowFarValuesHaveMoved) {
  const auto shifted = [](std::int64_t by) {
    std::vector<Value> maps;
    for (std::int64_t k = 0; k < 1000; ++k) maps.push_back(Value::map({{"n", Value(k + by)}}));
    return summarise(sketch_of_maps(maps), "records");
  };
  const auto index = [&](std::int64_t by) {
    const Drift drift = find_drift({shifted(0)}, {shifted(by)});
    return *drift.products[0].changed[0].stability_index;
  };
  EXPECT_LT(index(10), 0.1);
  EXPECT_GT(index(500), 0.25);
  EXPECT_GT(index(5000), index(500));
}

TEST(Drift, TellsOfProductsThatCameAndWent) {
  ProductStatistics other = sketch(10);
  other.name = "others";
  const auto json = diff_statistics(statistics_json({sketch(10)}), statistics_json({other}));
  ASSERT_TRUE(json);
  EXPECT_THAT(*json, HasSubstr(R"("name":"records","fate":"removed","records_before":10,"records_after":null)"));
  EXPECT_THAT(*json, HasSubstr(R"("name":"others","fate":"added","records_before":null,"records_after":10)"));
  EXPECT_THAT(*json, HasSubstr("\"same\":false"));
}

}  // namespace
}  // namespace mimus::statistics
