// The columns of lineitem.xml, hard-coded: what a program can do on this machine that knows its columns beforehand. The
// engine is measured against it.
//
//   lineitem_floor ROWS FILE     writes the CSV; prints {"rows", "bytes", "seconds"} to stdout
//
// A column at a time, 2,048 rows a batch; every column and row has its own draw (Philox4x32-10, scalar).
#include <cstdlib>

#include "floor.h"

namespace {

using namespace floor_program;

constexpr std::size_t kColumns = 15;    // random ones
constexpr std::size_t kRowBytes = 512;  // more than any row
constexpr std::size_t kTextDraws = 6;   // 8 characters each

constexpr std::array<std::string_view, 4> kInstructions = {"DELIVER IN PERSON", "COLLECT COD", "NONE",
                                                           "TAKE BACK RETURN"};
constexpr std::array<std::string_view, 7> kModes = {"REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"};
constexpr std::array<std::uint64_t, kColumns> kBounds = {200'000,
                                                         10'000,
                                                         7,
                                                         50,
                                                         10'410'001,
                                                         11,
                                                         9,
                                                         3,
                                                         2,
                                                         2'526 * kSecondsPerDay,
                                                         2'466 * kSecondsPerDay,
                                                         2'555 * kSecondsPerDay,
                                                         4,
                                                         7,
                                                         34};

struct Batch {
  std::array<std::array<std::uint64_t, kBatch>, kColumns> columns;
  std::array<std::array<std::uint64_t, kBatch>, kTextDraws> text;
};

void draw(Batch& batch, std::uint64_t first, std::size_t rows) {
  for (std::size_t c = 0; c < kColumns; ++c) {
    const std::uint64_t key = 0x9E3779B97F4A7C15U * (c + 1);
    for (std::size_t i = 0; i < rows; ++i) batch.columns[c][i] = bounded(philox(key, first + i, 0).low, kBounds[c]);
  }
  for (std::size_t t = 0; t < kTextDraws; t += 2) {
    const std::uint64_t key = 0x9E3779B97F4A7C15U * (kColumns + 1);
    for (std::size_t i = 0; i < rows; ++i) {
      const Block block = philox(key, first + i, static_cast<std::uint32_t>(t / 2));
      batch.text[t][i] = block.low;
      batch.text[t + 1][i] = block.high;
    }
  }
}

char* put_row(char* out, const Batch& batch, std::uint64_t row, std::size_t i) {
  const auto& c = batch.columns;
  const auto comma = [](char* at) {
    *at = ',';
    return at + 1;
  };
  out = comma(put_number(out, row + 1));
  for (std::size_t k = 0; k < 4; ++k) out = comma(put_number(out, c[k][i] + 1));
  out = comma(put_hundredths(out, c[4][i] + 90'000));
  out = comma(put_hundredths(out, c[5][i]));
  out = comma(put_hundredths(out, c[6][i]));
  *out++ = "ARN"[c[7][i]];
  *out++ = ',';
  *out++ = "OF"[c[8][i]];
  *out++ = ',';
  out = comma(put_time(out, c[9][i]));
  out = comma(put_time(out, c[10][i] + 29 * kSecondsPerDay));
  out = comma(put_time(out, c[11][i] + kSecondsPerDay));
  out = comma(put_text(out, kInstructions[c[12][i]]));
  out = comma(put_text(out, kModes[c[13][i]]));
  std::size_t left = 10 + c[14][i];
  for (std::size_t t = 0; left > 0; ++t) {
    const std::size_t count = left < 8 ? left : 8;
    out = put_letters(out, batch.text[t][i], count);
    left -= count;
  }
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

}  // namespace

int main(int count, char** values) {
  if (count != 3) {
    std::fputs("usage: lineitem_floor ROWS FILE\n", stderr);
    return 2;
  }
  static Batch batch;
  return write_rows(std::strtoull(values[1], nullptr, 10), values[2], kRowBytes, {}, {},
                    [&](std::uint64_t first, std::size_t rows, char* out) {
                      draw(batch, first, rows);
                      for (std::size_t i = 0; i < rows; ++i) out = put_row(out, batch, first + i, i);
                      return out;
                    });
}
