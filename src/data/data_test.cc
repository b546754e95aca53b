#include <gtest/gtest.h>

#include "data/gather.h"

namespace mimus {
namespace {

std::vector<Value> values_of(const Column& column) {
  std::vector<Value> out;
  for (std::size_t k = 0; k < column.size; ++k) out.push_back(value_at(column, k));
  return out;
}

std::string shown(const std::vector<Value>& values) {
  std::string out;
  append_repr(out, Value::list(values));
  return out;
}

Column column_from(const std::vector<Value>& values) {
  const auto made = column_of(values);
  Column out = *made;
  out.owner = made;
  return out;
}

TEST(Gather, PicksRowsOfEveryType) {
  const std::vector<std::vector<Value>> columns = {
      {Value(true), Value(false), Value()},
      {Value(std::int64_t{1}), Value(), Value(std::int64_t{3})},
      {Value(1.5), Value(2.5), Value(3.5)},
      {Value(std::string("a")), Value(std::string("bb")), Value(std::string())},
      {Value(Timestamp{1}), Value(Timestamp{2}), Value()},
      {Value(std::int64_t{1}), Value(std::string("mixed")), Value(2.5)},
  };
  const std::vector<std::uint32_t> rows = {2, 0, 0, 1};
  for (const auto& values : columns) {
    const Column in = column_from(values);
    Column out;
    gather(in, rows, out);
    EXPECT_EQ(shown(values_of(out)), shown({values[2], values[0], values[0], values[1]}));
  }
}

TEST(Gather, KeepsAbsenceAndScale) {
  Column in;
  in.reset(Type::Float64, 2);
  in.scale = 2;
  in.make_ints()[0] = 150;
  in.ints[1] = 5;
  in.make_present()[1] = 0;
  Column out;
  gather(in, std::vector<std::uint32_t>{1, 0}, out);
  EXPECT_FALSE(out.is_present(0));
  EXPECT_EQ(shown({value_at(out, 1)}), "[1.5]");
}

TEST(Gather, FollowsDictionariesAndConstants) {
  Column in;
  in.reset(Type::String, 3);
  std::uint32_t* indices = in.make_indices(column_of({Value(std::string("x")), Value()}));
  indices[0] = 1;
  indices[1] = 0;
  indices[2] = 0;
  Column out;
  gather(in, std::vector<std::uint32_t>{0, 2}, out);
  EXPECT_EQ(shown(values_of(out)), "[None, 'x']");

  Column constant = column_from({Value(std::int64_t{7})});
  constant.form = Form::Constant;
  constant.size = 5;
  gather(constant, std::vector<std::uint32_t>{4, 4}, out);
  EXPECT_EQ(shown(values_of(out)), "[7, 7]");
}

// Two records with lists of one and of two elements.
Record record_with_lists() {
  Record inner;
  inner.rows = 3;
  inner.fields.push_back({"i", column_from({Value(std::int64_t{1}), Value(std::int64_t{2}), Value(std::int64_t{3})})});
  Record out;
  out.rows = 2;
  out.fields.push_back({"t", column_from({Value(std::string("one")), Value(std::string("two"))})});
  Column list;
  list.reset(Type::List, 2);
  list.offsets = {0, 1, 3};
  list.record = std::make_shared<Record>(std::move(inner));
  out.fields.push_back({"l", std::move(list)});
  return out;
}

TEST(Gather, RebuildsLists) {
  const Record record = record_with_lists();
  Record out;
  gather(record, std::vector<std::uint32_t>{1, 0, 1}, out);
  EXPECT_EQ(
      shown({map_at(out, 0), map_at(out, 1), map_at(out, 2)}),
      "[{'t': 'two', 'l': [{'i': 2}, {'i': 3}]}, {'t': 'one', 'l': [{'i': 1}]}, {'t': 'two', 'l': [{'i': 2}, {'i': "
      "3}]}]");
}

TEST(Own, OutlivesWhatItWasMadeFrom) {
  std::shared_ptr<const Record> copy;
  {
    Record record = record_with_lists();
    copy = own(record, 1);
    record.fields[0].column.arena.assign(record.fields[0].column.arena.size(), '#');
    record.fields[1].column.record->fields[0].column.ints.assign(3, -1);
  }
  EXPECT_EQ(copy->rows, 1U);
  EXPECT_EQ(shown({map_at(*copy, 0)}), "[{'t': 'one', 'l': [{'i': 1}]}]");
}

TEST(MapAt, FieldsOverrideTheBaseInPlace) {
  Record record;
  record.rows = 1;
  record.has_base = true;
  record.base = column_from({Value::map({{"a", Value(std::int64_t{1})}, {"b", Value(std::int64_t{2})}})});
  record.fields.push_back({"c", column_from({Value(std::int64_t{3})})});
  record.fields.push_back({"a", column_from({Value(std::string("new"))})});
  EXPECT_EQ(shown({map_at(record, 0)}), "[{'a': 'new', 'b': 2, 'c': 3}]");
}

}  // namespace
}  // namespace mimus
