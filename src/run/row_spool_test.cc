#include "run/row_spool.h"

#include <gtest/gtest.h>

#include "target/row_bytes.h"

namespace mimus {
namespace {

std::string row_of(std::int64_t number, std::size_t size) {
  Buffer out;
  RowWriter writer(out);
  const std::string text(size, 'x');
  writer.begin();
  writer.add(0, {.kind = SqlValue::Kind::Integer, .integer = number});
  writer.add(1, {.kind = SqlValue::Kind::Text, .bytes = text});
  writer.end();
  return std::string(out.view());
}

// Appends rows of these sizes, and reads them again in two parts.
void pass_through(RowSpool& spool, const std::vector<std::size_t>& sizes) {
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    ASSERT_TRUE(spool.append(row_of(static_cast<std::int64_t>(k), sizes[k])));
  }
  std::vector<SqlCell> cells;
  std::size_t row = 0;
  for (const std::size_t part : {sizes.size() / 3, sizes.size() - sizes.size() / 3}) {
    SpooledRows rows(spool, part);
    while (true) {
      const auto more = rows.next(cells);
      ASSERT_TRUE(more);
      if (!*more) break;
      ASSERT_EQ(cells[0].value.integer, static_cast<std::int64_t>(row));
      ASSERT_EQ(cells[1].value.bytes.size(), sizes[row]);
      ++row;
    }
  }
  EXPECT_EQ(row, sizes.size());
  spool.clear();
}

TEST(RowSpool, GivesBackWhatItTook) {
  RowSpool spool(std::filesystem::temp_directory_path());
  pass_through(spool, {0, 1, 100, 5});
  // More than memory keeps, with rows larger than the window of the reader; the last ones are in memory.
  std::vector<std::size_t> sizes;
  for (std::size_t k = 0; k < 30'000; ++k) sizes.push_back(k % 1000);
  sizes.push_back(3'000'000);
  for (std::size_t k = 0; k < 100; ++k) sizes.push_back(k);
  pass_through(spool, sizes);
  pass_through(spool, {7});
}

}  // namespace
}  // namespace mimus
