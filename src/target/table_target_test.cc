#include "target/table_target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "target/row_bytes.h"
#include "target/sql_values.h"

namespace mimus {
namespace {

// What a value becomes, as a text with its kind; "-": it is refused.
std::string stored(const Value& value, ColumnKind kind) {
  std::string memory;
  const auto taken = sql_value(value, kind, memory);
  if (!taken) return "-";
  switch (taken->kind) {
    case SqlValue::Kind::Null:
      return "null";
    case SqlValue::Kind::Integer:
      return "int " + std::to_string(taken->integer);
    case SqlValue::Kind::Real:
      return "real " + std::to_string(taken->real);
    case SqlValue::Kind::Text:
      return "text " + std::string(taken->bytes);
    case SqlValue::Kind::Bytes:
      return "bytes " + std::string(taken->bytes);
  }
  return {};
}

Value text(const char* value) { return Value(std::string(value)); }

TEST(SqlValue, IsWhatTheColumnTakes) {
  using enum ColumnKind;
  EXPECT_EQ(stored({}, DateTime), "null");
  EXPECT_EQ(stored(Value(true), Plain), "int 1");
  EXPECT_EQ(stored(Value(std::int64_t{1}), Boolean), "int 1");
  EXPECT_EQ(stored(Value(std::int64_t{2}), Boolean), "-");
  EXPECT_EQ(stored(text("TRUE"), Boolean), "int 1");
  EXPECT_EQ(stored(text("yes"), Boolean), "-");
  EXPECT_EQ(stored(Value(0.1 + 0.2), Text), "text 0.30000000000000004");
  EXPECT_EQ(stored(Value(0.5), Decimal), "real 0.500000");
  EXPECT_EQ(stored(Value(BigInteger{"99999999999999999999"}), Text), "text 99999999999999999999");
  EXPECT_EQ(stored(Value(BigInteger{"99999999999999999999"}), Plain), "-");
  EXPECT_EQ(stored(Value(Bytes{"ab"}), Plain), "bytes ab");
}

TEST(SqlValue, OfTimes) {
  using enum ColumnKind;
  const Value time(Timestamp{-1});
  EXPECT_EQ(stored(time, DateTime), "text 1969-12-31 23:59:59.999999");
  EXPECT_EQ(stored(time, Date), "text 1969-12-31");
  EXPECT_EQ(stored(time, Time), "-");
  EXPECT_EQ(stored(time, Plain), "text 1969-12-31 23:59:59.999999");
  EXPECT_EQ(stored(Value(mimus::Date{1}), DateTime), "text 1970-01-02 00:00:00.000000");
  EXPECT_EQ(stored(Value(ClockTime{1}), Time), "text 00:00:00.000001");
  EXPECT_EQ(stored(text("2024-02-30"), Date), "-");
  EXPECT_EQ(stored(Value(std::int64_t{5}), DateTime), "-");
}

TEST(SqlValue, OfListsIsJson) {
  using enum ColumnKind;
  const Value list = Value::list({Value(std::int64_t{1}), {}, Value(mimus::Date{0})});
  EXPECT_EQ(stored(Value::map({{"k", text("\"")}}), Plain), R"(text {"k": "\""})");
  EXPECT_EQ(stored(text("x"), Json), "text \"x\"");
  EXPECT_EQ(stored({}, Json), "text null");
  EXPECT_EQ(stored(Value(mimus::Date{0}), Json), "text \"1970-01-01\"");
  EXPECT_EQ(stored(list, Text), R"(text [1, null, "1970-01-01"])");
}

TEST(RowBytes, ComeBackAsTheyWere) {
  Buffer out;
  RowWriter writer(out);
  writer.begin();
  writer.add(3, {.kind = SqlValue::Kind::Integer, .integer = INT64_MIN});
  writer.add(70'000, {.kind = SqlValue::Kind::Text, .bytes = std::string_view("a\0b", 3)});
  writer.end();
  writer.begin();
  writer.add(1, {.kind = SqlValue::Kind::Real, .real = -0.5});
  writer.drop();
  writer.begin();
  writer.end();
  const std::size_t size = row_size(out.view());
  std::vector<SqlCell> cells;
  read_row(out.view().substr(0, size), cells);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0].column, 3U);
  EXPECT_EQ(cells[0].value.integer, INT64_MIN);
  EXPECT_EQ(cells[1].column, 70'000U);
  EXPECT_EQ(cells[1].value.bytes, std::string_view("a\0b", 3));
  EXPECT_EQ(out.size(), size + kRowHead);
  read_row(out.view().substr(size), cells);
  EXPECT_TRUE(cells.empty());
}

TEST(TableTarget, TellsTheRowThatTheTableDoesNotTake) {
  const TableShape table{
      .name = "t", .columns = {{.name = "d", .kind = ColumnKind::Date, .declared = "DATE"}}, .order = {}};
  const TableTarget target(nullptr, table, {});
  Record records;
  records.rows = 3;
  records.fields.push_back({"D", {}});
  Column& column = records.fields[0].column;
  const auto values = column_of({text("2024-01-01"), text("2024-01-02"), text("soon")});
  column = *values;
  const auto encoder = target.bind(records);
  const auto state = encoder->make_state();
  Buffer out;
  std::vector<std::size_t> ends;
  const auto failure = encoder->encode(records, 3, *state, out, &ends);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->row, 2U);
  EXPECT_EQ(failure->finding.code, "database.type");
  EXPECT_EQ(ends.size(), 2U);
  EXPECT_EQ(out.size(), ends.back());
}

}  // namespace
}  // namespace mimus
