#include "source/csv_rows.h"

#include <gtest/gtest.h>

#include <random>

#include "source/test_files.h"

namespace mimus {
namespace {

// Everything is large, and pieces and entries are small.
FileOptions large(std::uint64_t piece = 64, int threads = 3) {
  FileOptions options;
  options.load_bytes = 0;
  options.index = {.threads = threads, .piece_bytes = piece, .entry_bytes = 16};
  return options;
}

// The same rows, whether a file is loaded or read by an index, in order, backwards and with repeats.
void expect_same(const Files& files, std::string_view text, const FileOptions& options) {
  const fs::path file = files.write("s.csv", text);
  const auto loaded = open_csv(file, {}, "s.csv");
  const auto indexed = open_csv(file, options, "s.csv");
  ASSERT_TRUE(loaded);
  ASSERT_TRUE(indexed) << indexed.error().message;
  const Source& one = *loaded->rows;
  const Source& other = *indexed->rows;
  ASSERT_EQ(one.names(), other.names()) << text;
  ASSERT_EQ(one.length(), other.length()) << text;
  EXPECT_TRUE(shown_all(one) == shown_all(other)) << shown_all(one) << "\n" << shown_all(other);
  std::vector<std::uint64_t> rows;
  for (std::uint64_t k = one.length(); k > 0; --k) rows.insert(rows.end(), {k - 1, (k * 7) % one.length()});
  EXPECT_TRUE(shown(one, rows) == shown(other, rows));
  EXPECT_TRUE(other.status());
}

TEST(IndexedCsv, HasTheRowsOfALoadedFile) {
  const Files files;
  for (const char* text :
       {"a|b\n1|2\n", "a|b\r\n1|2", "a|b\r1|2\r", "a|\n|b\n", "a|", "\n\na\n\r\n\nb\n", "\"x|y\"|z\n1|\"2\n3\"\n4|5\n",
        "a\n\"q\"\"q\"\n\"\"\n1\n", "a\"b|c\n1\"2|\"3\n\"|4\n", "\"a\"b|c\n\"1\"2|\"3\"\"4\"x\n", "a\n\"open|c\nd",
        "a\n\"open\"\"", "a\n\"open\"", "\"\"|\"\"\n", "", "\n", "a",
        "\xEF\xBB\xBF"
        "a|b|b\n1|2|3\n4\n5|6|7|8\n"}) {
    for (const std::uint64_t piece : {1U, 2U, 3U, 5U, 64U}) expect_same(files, text, large(piece));
  }
}

TEST(IndexedCsv, RefusesARowThatFillsTheMemory) {
  const Files files;
  const fs::path file = files.write("s.csv", "a\n1\n\"open" + std::string(2 * kMaxRowBytes, 'x') + "\n2\n");
  const auto source = open_csv(file, large(std::uint64_t{1} << 20U), "s.csv");
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, "source.row_size");
}

TEST(IndexedCsv, FindsRowsOfRandomTexts) {
  const Files files;
  std::mt19937 random(7);  // NOLINT: the same texts every time
  for (int round = 0; round < 60; ++round) {
    std::string text = "a|b|c\n";
    for (int k = 0; k < 400; ++k) {
      constexpr std::string_view kPieces[] = {"x", "|", "\n", "\r\n", "\"", "\"\"", "\"a\nb\"", "12345678", "ü", "\r"};
      text += kPieces[random() % std::size(kPieces)];
    }
    expect_same(files, text, large(1 + random() % 100, 1 + static_cast<int>(random() % 4)));
  }
}

TEST(IndexedCsv, PiecesMayBeginInsideOfQuotes) {
  const Files files;
  std::string text = "a|b\n";
  for (int k = 0; k < 3000; ++k)
    text += std::to_string(k) + "|\"one\ntwo \"\"" + std::string(k % 50, 'x') + "\"\" \n\n\"\n";
  expect_same(files, text, large(300));
  expect_same(files, text, large(5000, 2));
}

TEST(IndexedCsv, TellsWhereATextIsNotOfItsEncoding) {
  const Files files;
  std::string text = "a|b\n";
  for (int k = 0; k < 100; ++k) text += std::to_string(k) + "|x\n";
  FileOptions options = large();
  options.encoding = "utf-8";
  const auto bad = open_csv(files.write("s.csv", text + "1|\xFC\n"), options, "s.csv");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, "source.encoding");
  EXPECT_EQ(bad.error().message, "s.csv:102:3: not UTF-8");
  options.encoding.clear();
  const auto guessed = open_csv(files.write("s.csv", text + "1|M\xFCller\n"), options, "s.csv");
  ASSERT_TRUE(guessed);
  EXPECT_EQ(shown(*guessed->rows, {100}), "[{'a': '1', 'b': 'Müller'}]");
  EXPECT_EQ(guessed->warnings.size(), 1U);
}

TEST(IndexedCsv, AFileThatShrinksMakesItsRowsFail) {
  const Files files;
  std::string text = "a\n";
  for (int k = 0; k < 100; ++k) text += "0123456789\n";
  const fs::path file = files.write("s.csv", text);
  const auto opened = open_csv(file, large(), "s.csv");
  ASSERT_TRUE(opened);
  fs::resize_file(file, 500);
  EXPECT_EQ(shown(*opened->rows, {0}), "[{'a': '0123456789'}]");
  EXPECT_TRUE(opened->rows->status());
  EXPECT_EQ(shown(*opened->rows, {99}), "[{}]");
  EXPECT_EQ(opened->rows->status().error().code, "source.unreadable");
}

}  // namespace
}  // namespace mimus
